"""The Nu validator has nothing to say of any page, neither error nor warning."""

from __future__ import annotations

import json
import subprocess

from tests.conftest import Serve
from tests.site.built_site import Site
from tests.support.page_checkers import checker


def complaints(addresses: list[str]) -> list[str]:
    """What the validator says of all pages; in one run, as starting Java takes the longest.

    The pages are fetched from a server, so that what their own policy lets in is judged as well.
    """
    command = [
        "java",
        # Translated once, not twice: in a few seconds the second pays for nothing.
        *("-XX:TieredStopAtLevel=1", "-Xss4m"),
        "-Dnu.validator.servlet.allow-forbidden-hosts=true",  # this machine is such a host
        "-jar",
        str(checker("vnu-jar/build/dist/vnu.jar")),
        *("--format", "json", "--exit-zero-always", "--stdout"),
        *addresses,
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [
        f"{entry['type']}: {entry['message']} | {entry.get('extract', '')!r} | {entry['url']}"
        for entry in json.loads(done.stdout)["messages"]
    ]


def test_every_page_of_two_plans_is_valid_html(real: Site, library: Site, server: Serve) -> None:
    addresses = [
        f"{server(site.folder)}{name}"
        for site in (real, library)
        for name in [*site.names, *site.embeds, "404.html", "en/404.html"]
    ]
    assert len(addresses) > 200
    found = complaints(addresses)
    assert found[:20] == [], f"{len(found)} in all"
