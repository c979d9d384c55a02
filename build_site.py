#!/usr/bin/env python3
"""The command line: arguments, messages and exit codes.

0 fine · 1 our bug · 2 usage · 10 the data is wrong · 11 the build failed · 12 the site is wrong
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "site_src"))

# Only what --help needs is imported here; each command imports the rest for itself.
from plansite.model import Language  # noqa: E402
from plansite.words import Words  # noqa: E402

if TYPE_CHECKING:
    from plansite.build import Order
    from plansite.preview import Preview
    from plansite.problems import Problem

FINE, BUG, USAGE, BAD_DATA, BUILD_FAILED, BAD_SITE = 0, 1, 2, 10, 11, 12
VERBS = ("build", "serve", "validate", "check")


def message_language(arguments: Sequence[str]) -> Language:
    """The language asked for, else English where the system's locale is, else Chinese."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2]
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if argument.startswith("--lang") and value in set(Language):
            return Language(value)
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.EN if locale.startswith("en") else Language.ZH


def make_parser(t: Words) -> argparse.ArgumentParser:
    """The arguments of every command, explained in one language."""

    def day(text: str) -> dt.date:
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(t("cli.bad_date")) from None

    def shared(default_package: object, default_lang: object) -> argparse.ArgumentParser:
        options = argparse.ArgumentParser(add_help=False)
        options.add_argument(
            "--package",
            type=Path,
            metavar="DIR",
            default=default_package,
            help=t("cli.package_option"),
        )
        options.add_argument(
            "--lang", choices=list(Language), default=default_lang, help=t("cli.lang_option")
        )
        return options

    parser = argparse.ArgumentParser(
        prog="build_site.py",
        description=t("cli.description"),
        parents=[shared(Path("datapackage"), t.language)],
    )
    after = shared(argparse.SUPPRESS, argparse.SUPPRESS)
    verbs = parser.add_subparsers(dest="verb", metavar="|".join(VERBS))
    commands = {
        verb: verbs.add_parser(
            verb, help=t(f"cli.{verb}"), description=t(f"cli.{verb}"), parents=[after]
        )
        for verb in VERBS
    }
    for verb in ("build", "serve", "validate"):
        commands[verb].add_argument("--as-of", type=day, metavar="DATE", help=t("cli.as_of_option"))
    commands["build"].add_argument(
        "--out", type=Path, default=Path("site"), metavar="DIR", help=t("cli.out_option")
    )
    commands["serve"].add_argument("--port", type=int, default=8000, help=t("cli.port_option"))
    commands["validate"].add_argument(
        "--format",
        choices=["text", "json", "github", "markdown"],
        default="text",
        help=t("cli.format_option"),
    )
    commands["check"].add_argument(
        "site", type=Path, nargs="?", default=Path("site"), help=t("cli.site_argument")
    )
    return parser


def with_verb(arguments: Sequence[str]) -> list[str]:
    """Arguments with ``build`` put in where no command is named."""
    if set(arguments) & {*VERBS, "-h", "--help"}:
        return list(arguments)
    return ["build", *arguments]


class Reporter:
    """Says what goes on: a moving line on a terminal, plain lines elsewhere."""

    def __init__(self, t: Words) -> None:
        self._t = t
        self._terminal = sys.stderr.isatty() and not os.environ.get("CI")

    @contextlib.contextmanager
    def step(self, key: str) -> Iterator[None]:
        """Announce a step, and say how long it took."""
        name = self._t(f"cli.step_{key}")
        start = time.perf_counter()
        with self._moving(name):
            yield
        print(f"{name} {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)

    @contextlib.contextmanager
    def _moving(self, name: str) -> Iterator[None]:
        if not self._terminal:
            yield
            return
        from rich.console import Console  # noqa: PLC0415

        with Console(stderr=True).status(name):
            yield


def order_from(options: argparse.Namespace, out: Path) -> Order:
    """What the arguments ask to build."""
    from plansite.build import Order  # noqa: PLC0415

    return Order(ROOT, options.package, out, options.as_of or dt.date.today())  # noqa: DTZ011


def print_problems(problems: list[Problem], t: Words) -> None:
    """Problems as text, then how many there are."""
    from plansite.problem_formats import as_text  # noqa: PLC0415
    from plansite.problems import blockers  # noqa: PLC0415

    if problems:
        print(as_text(problems, t.language), file=sys.stderr)
    stopped = len(blockers(problems))
    key = "cli.invalid" if stopped else "cli.valid"
    print(t(key, blockers=stopped, warnings=len(problems) - stopped), file=sys.stderr)


def run_build(options: argparse.Namespace, t: Words) -> int:
    """Build the site."""
    from plansite.build import DataError, SiteError, build_site  # noqa: PLC0415
    from plansite.engine import EngineError  # noqa: PLC0415

    try:
        result = build_site(order_from(options, options.out), Reporter(t).step)
    except DataError as error:
        print_problems(error.problems, t)
        print(t("cli.not_built", out=options.out), file=sys.stderr)
        return BAD_DATA
    except EngineError as error:
        print(t("cli.engine_failed"), error, t("cli.not_built", out=options.out), sep="\n")
        return BUILD_FAILED
    except OSError as error:
        print(t("cli.cannot_write", reason=error), file=sys.stderr)
        return BUILD_FAILED
    except SiteError as error:
        print(*(fault.render(t.language) for fault in error.faults), sep="\n", file=sys.stderr)
        print(t("cli.site_wrong", count=len(error.faults)), file=sys.stderr)
        return BAD_SITE
    if result.warnings:
        print_problems(result.warnings, t)
    print(t("cli.built", pages=result.pages, out=options.out))
    return FINE


def run_validate(options: argparse.Namespace, t: Words) -> int:
    """Check the data package."""
    from plansite.build import validate  # noqa: PLC0415
    from plansite.problem_formats import FORMATS  # noqa: PLC0415
    from plansite.problems import blockers  # noqa: PLC0415

    _, problems = validate(options.package, options.as_of or dt.date.today())  # noqa: DTZ011
    if options.format == "text":
        print_problems(problems, t)
    else:
        print(FORMATS[options.format](problems, t.language))
    return BAD_DATA if blockers(problems) else FINE


def run_check(options: argparse.Namespace, t: Words) -> int:
    """Check a built site."""
    from plansite.site_check import check_site  # noqa: PLC0415

    if not options.site.is_dir():
        print(t("cli.no_site", site=options.site), file=sys.stderr)
        return USAGE
    faults = check_site(options.site)
    for fault in faults:
        print(fault.render(t.language), file=sys.stderr)
    if faults:
        print(t("cli.site_wrong", count=len(faults)), file=sys.stderr)
        return BAD_SITE
    print(t("cli.site_fine", site=options.site))
    return FINE


def run_serve(options: argparse.Namespace, t: Words) -> int:
    """Preview the site until interrupted."""
    from plansite.preview import Preview, changes, start_server  # noqa: PLC0415

    order = order_from(options, ROOT / "build" / "preview")
    preview = Preview(order.out)
    shutil.rmtree(order.out, ignore_errors=True)  # it may be another package's
    order.out.mkdir(parents=True)
    try:
        server = start_server(preview, options.port)
    except OSError:
        print(t("cli.port_taken", port=options.port), file=sys.stderr)
        return USAGE
    print(t("cli.serving", address=f"http://127.0.0.1:{server.server_port}/"), flush=True)
    rebuild = rebuilder(order, preview, t)
    rebuild()
    watched = [
        options.package,
        *(ROOT / name for name in ("site_src", "mkdocs.yml", "mkdocs.en.yml")),
    ]
    with contextlib.suppress(KeyboardInterrupt):
        for _ in changes(watched):
            rebuild()
    server.shutdown()
    return FINE


def rebuilder(order: Order, preview: Preview, t: Words) -> Callable[[], None]:
    """A function that builds the preview and tells browser and terminal how it went."""
    from plansite.build import DataError, SiteError, build_site  # noqa: PLC0415
    from plansite.engine import EngineError  # noqa: PLC0415
    from plansite.problem_formats import as_text  # noqa: PLC0415

    def rebuild() -> None:
        start = time.perf_counter()
        try:
            build_site(order, lambda key: contextlib.nullcontext())
        except DataError as error:
            preview.failed(as_text(error.problems, t.language))
            print_problems(error.problems, t)
        except (EngineError, SiteError, OSError) as error:
            preview.failed(str(error))
            print(error, file=sys.stderr)
        else:
            preview.built()
            print(t("cli.rebuilt", seconds=f"{time.perf_counter() - start:.1f}"), flush=True)

    return rebuild


COMMANDS = {
    "build": run_build,
    "serve": run_serve,
    "validate": run_validate,
    "check": run_check,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    t = Words(message_language(arguments))
    options = make_parser(t).parse_args(with_verb(arguments))
    try:
        return COMMANDS[options.verb](options, t)
    except KeyboardInterrupt:
        return BUILD_FAILED
    except Exception:
        print(t("cli.bug"), file=sys.stderr)
        traceback.print_exc()
        return BUG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
