"""Whether every package that the site's program uses may be used under its licence.

Run in the environment that has them: ``python scripts/licences.py``. Takes the names from
``requirements-zensical.lock``, which has all of ``requirements.lock`` and the other engine; the
licences from what the installed packages say of themselves; the rules from ``licences.toml``. Asks
nobody.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
_TOKEN = re.compile(r"[()]|[^\s()]+")


@dataclass(frozen=True)
class Rules:
    """What is allowed."""

    allowed: frozenset[str]
    """SPDX identifiers."""
    words: dict[str, str]
    """Identifiers by what packages write instead."""
    reviewed: frozenset[str]
    """Packages that somebody has looked at."""


@dataclass(frozen=True)
class Package:
    """An installed package and what it says of its licence."""

    name: str
    expression: str = ""
    """The field ``License-Expression``."""
    classifiers: tuple[str, ...] = ()
    """The last part of each classifier of a licence."""
    text: str = ""
    """The field ``License``, which holds anything from a word to a whole licence."""


def read_rules(path: Path) -> Rules:
    """The rules of a file such as ``licences.toml``."""
    content = tomllib.loads(path.read_text("utf-8"))
    return Rules(frozenset(content["allowed"]), content["words"], frozenset(content["reviewed"]))


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Whether an SPDX expression leaves a choice whose parts are all allowed.

    Raises:
        InvalidLicenseExpression: it is no such expression.
    """
    tokens = _TOKEN.findall(canonicalize_license_expression(expression))

    def either() -> bool:
        """Parts between which ``OR`` leaves the choice."""
        found = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            found = both() or found
        return found

    def both() -> bool:
        """Parts that ``AND`` binds together."""
        found = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            found = one() and found
        return found

    def one() -> bool:
        """A licence, or an expression in brackets."""
        word = tokens.pop(0)
        if word == "(":
            found = either()
            tokens.pop(0)
            return found
        if tokens and tokens[0] == "WITH":  # an exception only adds permissions
            del tokens[:2]
        return word in allowed

    return either()


def fault(package: Package, rules: Rules) -> str | None:
    """Why a package may not be used as far as is known; ``None`` where it may."""
    if package.name in rules.reviewed:
        return None
    said = [package.expression] if package.expression else [*package.classifiers]
    said = said or [package.text]
    try:
        good = [is_allowed(rules.words.get(each, each), rules.allowed) for each in said]
    except InvalidLicenseExpression:
        good = [False]
    return None if all(good) else f"{package.name}: {' / '.join(said) or 'no licence'}"


def installed(lock: Path) -> Iterator[Package]:
    """The packages of a lock file that this machine's system and Python call for."""
    for line in lock.read_text("utf-8").splitlines():
        if not re.match(r"\w", line):
            continue
        wanted = Requirement(line.rstrip(" \\"))
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        said = importlib.metadata.metadata(wanted.name)
        classifiers = [each.split(" :: ") for each in said.get_all("Classifier") or []]
        yield Package(
            wanted.name,
            "".join(said.get_all("License-Expression") or []),
            tuple(parts[-1] for parts in classifiers if parts[0] == "License"),
            "".join(said.get_all("License") or []).strip().partition("\n")[0],
        )


def main() -> int:
    """Print every package that nobody has allowed."""
    rules = read_rules(ROOT / "scripts" / "licences.toml")
    packages = [*installed(ROOT / "requirements-zensical.lock")]
    faults = [said for package in packages if (said := fault(package, rules))]
    for said in faults:
        print(said, file=sys.stderr)
    if faults:
        print(
            "licences.py: not allowed by scripts/licences.toml (above). Do without the package, or "
            "look at its licence and note there what will do and why.",
            file=sys.stderr,
        )
        return 1
    print(f"The licences of {len(packages)} packages are allowed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
