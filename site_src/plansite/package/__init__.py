"""How data is stored: a Frictionless data package of CSV files, read and validated."""

from plansite.package.reading import Reading, read_package

__all__ = ["Reading", "read_package"]
