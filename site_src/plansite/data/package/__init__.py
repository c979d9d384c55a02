"""How data is stored: a Frictionless data package of CSV files, read and validated."""

from plansite.data.package.descriptor import FILE_NAME
from plansite.data.package.id_rules import address_faults, names_files
from plansite.data.package.raw_tables import Key, RawPackage, RawRow, RawTable, raw_rows
from plansite.data.package.row_numbers import RowNumbers, key_of
from plansite.data.package.skeleton import TO_FILL_IN, new_package_files
from plansite.data.package.snapshot import PackageSnapshot, take_snapshot
from plansite.data.package.typed_rows import make_records

__all__ = [
    "FILE_NAME",
    "TO_FILL_IN",
    "Key",
    "PackageSnapshot",
    "RawPackage",
    "RawRow",
    "RawTable",
    "RowNumbers",
    "address_faults",
    "key_of",
    "make_records",
    "names_files",
    "new_package_files",
    "raw_rows",
    "take_snapshot",
]
