"""Descriptions by which machines and people find the data: DCAT, schema.org, CSVW, RO-Crate."""

from plansite.output.catalogue.catalogue_files import Described, describe, describe_page

__all__ = ["Described", "describe", "describe_page"]
