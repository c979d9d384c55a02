"""What argparse itself says, in the language of all other messages."""

from __future__ import annotations

import argparse
import contextlib

from plansite.model.translations import Words


def speak(t: Words) -> None:
    """Have argparse say its sentences in a language from now on.

    It asks gettext for them, by two names of its own. gettext would look for a compiled catalogue,
    in the language of the system and not in that of ``--lang``. A sentence that is not among our
    words, as a later Python may have, stays English.
    """

    def sentence(text: str) -> str:
        """A sentence of argparse in our words."""
        with contextlib.suppress(KeyError):
            return t(f"argparse.{text}")
        return text

    def counted(one: str, many: str, count: int) -> str:
        """The same where it counts something."""
        return sentence(one if count == 1 else many)

    vars(argparse).update(_=sentence, ngettext=counted)
