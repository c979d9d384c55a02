"""What axe finds wrong with a page, rule by rule."""

from __future__ import annotations

import functools

from playwright.sync_api import Page

from tests.support.page_checkers import checker

_EXPERIMENTAL = (
    "css-orientation-lock",
    "focus-order-semantics",
    "label-content-name-mismatch",
    "p-as-heading",
    "table-fake-caption",
    "td-has-header",
    "target-size",
)
"""Rules that axe leaves off unless asked; every other rule, best practices included, is on."""

_RUN = """async rules => {
  const found = await axe.run(document, {
    resultTypes: ["violations"], iframes: false,
    rules: Object.fromEntries(rules.map(rule => [rule, { enabled: true }])),
  })
  return found.violations.flatMap(({ id, impact, nodes }) => nodes.map(
    node => `${id} (${impact}): ${node.target.join(" ")} | ${node.failureSummary.split("\\n")[1]}`))
}"""


@functools.cache
def _program() -> str:
    return checker("axe-core/axe.min.js").read_text("utf-8")


def bring_axe(page: Page) -> None:
    """Have axe wherever the page goes from now on.

    The driver hands it to the browser once and beside the pages, so no page's own policy need allow
    it; half a megabyte for each look would take longer than the look.
    """
    page.add_init_script(_program())


def violations(page: Page) -> list[str]:
    """Every element that breaks a rule, whatever the impact; :func:`bring_axe` went before."""
    found: list[str] = page.evaluate(_RUN, [*_EXPERIMENTAL])
    return found
