"""Addresses on the web that an operator sets: of the published site, and of its repository."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, unquote, urlsplit

_USUAL_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_KEPT = "/%:@&=+,;~"
"""What stays in a path, beside letters, digits, ``-``, ``.`` and ``_``: no more, since addresses
stand in quoted strings of several languages too (code to copy, citations, Turtle)."""


def parse_web_address(text: str) -> str:
    """An address as it can stand in HTML, XML, JSON and Turtle alike, without a slash at its end.

    Scheme and host are in small letters and in ASCII (IDNA), a port that goes without saying is
    left out, and whatever a path cannot hold is percent-encoded.

    Raises:
        ValueError: it is not http or https, or has a user, a query, a fragment, a path with empty
            parts or dots, or no host that could be one.
    """
    text = text.strip(" ")
    if not text.isprintable() or "?" in text or "#" in text or "\\" in text:
        raise ValueError(text)
    scheme, separator, rest = text.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in _USUAL_PORTS:
        raise ValueError(text)
    parts = urlsplit(f"{scheme}://{rest}")
    if "@" in parts.netloc or not parts.hostname:
        raise ValueError(text)
    port = f":{parts.port}" if parts.port not in (None, _USUAL_PORTS[scheme]) else ""
    return f"{scheme}://{_host(parts.hostname)}{port}{_path(parts.path)}"


def _host(name: str) -> str:
    if ":" in name:
        if "%" in name:  # a zone, which only this machine knows
            raise ValueError(name)
        return f"[{ipaddress.IPv6Address(name)}]"
    ascii_name = name.encode("idna").decode("ascii").lower()
    labels = ascii_name.split(".")
    if not all(map(_LABEL.fullmatch, labels)):
        raise ValueError(name)
    if labels[-1].isdecimal():
        return str(ipaddress.IPv4Address(ascii_name))
    return ascii_name


def _path(typed: str) -> str:
    """A path, percent-encoded once; what is encoded already stays."""
    path = typed.rstrip("/")
    if any(unquote(part) in ("", ".", "..") for part in path.split("/")[1:]):
        raise ValueError(typed)
    encoded = quote(_STRAY_PERCENT.sub("%25", path), safe=_KEPT)
    return _ESCAPE.sub(lambda escape: escape[0].upper(), encoded)
