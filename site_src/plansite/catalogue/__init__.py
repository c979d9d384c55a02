"""Descriptions by which machines and people find the data: DCAT, schema.org, CSVW, RO-Crate."""

from plansite.catalogue.make import Described, describe

__all__ = ["Described", "describe"]
