"""What the site's program is made of, as a CycloneDX bill of materials: ``sbom.py PYTHON OUT``.

Run in ``.venv-audit``; PYTHON is the interpreter of the environment to look at. That may hold tools
that check and test as well, so only what ``requirements.lock`` names is kept.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def locked(lock: str) -> set[str]:
    """The names in a lock file."""
    return set(re.findall(r"(?m)^([\w.-]+)==", lock))


def reduced(bill: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """A bill with its subject and those of its components that are named.

    Args:
        bill: as CycloneDX writes it in JSON.
        names: in small letters, with hyphens.
    """
    plain = {each["bom-ref"]: each["name"].lower() for each in bill["components"]}
    kept = {ref for ref, name in plain.items() if re.sub(r"[-_.]+", "-", name) in names}
    refs = kept | {bill["metadata"]["component"]["bom-ref"]}
    dependencies = [
        {**each, "dependsOn": [ref for ref in each.get("dependsOn", []) if ref in kept]}
        for each in bill["dependencies"]
        if each["ref"] in refs
    ]
    components = [each for each in bill["components"] if each["bom-ref"] in kept]
    return {**bill, "components": components, "dependencies": dependencies}


def main(python: str, out: Path) -> None:
    """Write the bill: the same bytes for the same packages."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", python]
    options = ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"]
    told = subprocess.run([*command, *options], stdout=subprocess.PIPE, check=True)  # noqa: S603
    names = locked((ROOT / "requirements.lock").read_text("utf-8"))
    bill = reduced(json.loads(told.stdout), names)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(bill, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"{out}: {len(bill['components'])} packages")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
