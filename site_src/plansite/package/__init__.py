"""How data is stored: a Frictionless data package of CSV files, read and validated."""

from plansite.package.addresses import address_faults, names_files
from plansite.package.beginning import TO_FILL_IN, begin_package
from plansite.package.descriptor import FILE_NAME, package_files
from plansite.package.keys import closest
from plansite.package.places import Places, key_of
from plansite.package.raw import Key, RawPackage, RawRow, RawTable, raw_rows, read_raw
from plansite.package.reading import Reading, read_package
from plansite.package.rows import make_records

__all__ = [
    "FILE_NAME",
    "TO_FILL_IN",
    "Key",
    "Places",
    "RawPackage",
    "RawRow",
    "RawTable",
    "Reading",
    "address_faults",
    "begin_package",
    "closest",
    "key_of",
    "make_records",
    "names_files",
    "package_files",
    "raw_rows",
    "read_package",
    "read_raw",
]
