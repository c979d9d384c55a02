"""Every field of the contract says how far a published cell of it may be edited, and why."""

from __future__ import annotations

import pytest

from plansite.model.contract import (
    CONTRACT,
    PROTECTION,
    WITHDRAWN_BY,
    Protection,
    protection_of,
)


def test_every_field_is_classified_with_a_reason() -> None:
    assert {name: set(fields) for name, fields in PROTECTION.items()} == {
        name: set(rule.field_names) for name, rule in CONTRACT.items()
    }
    reasons = [field.reason for fields in PROTECTION.values() for field in fields.values()]
    assert all(len(reason.split()) > 1 for reason in reasons)


def test_keys_are_those_of_the_contract() -> None:
    for name, rule in CONTRACT.items():
        keys = [field for field in rule.field_names if protection_of(name, field) is Protection.KEY]
        assert sorted(keys) == sorted(rule.primary_key)
    for name, field in WITHDRAWN_BY.items():
        assert protection_of(name, field).needs_correction


@pytest.mark.parametrize(
    ("field", "others"),
    [("name_zh", "name_en"), ("unit_zh", "unit_en"), ("title", "title_en")],
)
def test_translations_of_what_is_protected_lead_and_are_not_refused(
    field: str, others: str
) -> None:
    for name in ("indicators", "sources"):
        if field in PROTECTION[name]:
            assert protection_of(name, field) is Protection.MEANING
            assert protection_of(name, others) is Protection.LEADING


def test_a_column_of_the_package_s_own_is_free() -> None:
    assert protection_of("observations", "checked_by") is Protection.FREE
