"""Files that people take away: tables, each indicator's values, verdicts, the whole package."""

from plansite.downloads.columns import VALUES, VERDICTS, Column
from plansite.downloads.frozen import release_files
from plansite.downloads.make import make_downloads
from plansite.downloads.tidy import tidy_tables

__all__ = ["VALUES", "VERDICTS", "Column", "make_downloads", "release_files", "tidy_tables"]
