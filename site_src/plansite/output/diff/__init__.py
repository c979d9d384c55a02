"""What changed in the data between two states, losses first; as text, Markdown and JSON."""

from plansite.output.diff.comparison import (
    Comparison,
    Flip,
    PackageState,
    ValueChange,
    compare_states,
)
from plansite.output.diff.renderings import FORMATS, as_json, as_markdown, as_text

__all__ = [
    "FORMATS",
    "Comparison",
    "Flip",
    "PackageState",
    "ValueChange",
    "as_json",
    "as_markdown",
    "as_text",
    "compare_states",
]
