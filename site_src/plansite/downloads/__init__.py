"""Files that people take away: tables, each indicator's values, verdicts, the whole package."""

from plansite.downloads.frozen import release_files
from plansite.downloads.make import make_downloads

__all__ = ["make_downloads", "release_files"]
