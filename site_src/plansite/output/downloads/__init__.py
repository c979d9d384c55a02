"""Files that people take away: tables, each indicator's values, verdicts, the whole package."""

from plansite.output.downloads.download_files import make_downloads
from plansite.output.downloads.formats.columns import VALUES, VERDICTS, Column
from plansite.output.downloads.release_files import release_files
from plansite.output.downloads.tidy_tables import tidy_tables

__all__ = ["VALUES", "VERDICTS", "Column", "make_downloads", "release_files", "tidy_tables"]
