"""What can be typed on the command line, explained in one language.

Imports nothing that takes time: ``--help`` must answer at once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from plansite.model import Language
from plansite.model.site_settings import EngineName
from plansite.model.translations import Words

PACKAGE_FOLDER = "datapackage"
"""What the folder of a package is called within its plan's folder."""
_DESCRIPTOR = "datapackage.json"  # not from the package's own module, whose import takes time
VERBS = ("build", "serve", "validate", "diff", "template", "import", "check", "init")


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


def _path(t: Words) -> Callable[[str], Path]:
    """Takes a path as typed; links that lead in a circle are said to."""

    def path(text: str) -> Path:
        try:
            Path(text).resolve(strict=True)
        except (OSError, RuntimeError) as error:  # the second up to Python 3.12
            if getattr(error, "errno", errno.ELOOP) == errno.ELOOP:
                raise argparse.ArgumentTypeError(t("cli.link_circle", typed=text)) from None
        return Path(text)

    return path


def _package(t: Words) -> Callable[[str], Path]:
    """Takes a package's folder as typed; a plan's folder stands for the package in it."""
    path = _path(t)

    def package(text: str) -> Path:
        typed = path(text)
        inside = typed / PACKAGE_FOLDER
        is_plan = not (typed / _DESCRIPTOR).exists() and (inside / _DESCRIPTOR).is_file()
        return inside if is_plan else typed

    return package


def _shared_options(
    t: Words, default_package: object, default_lang: object
) -> argparse.ArgumentParser:
    """The options that stand before a command as well as after it."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--package",
        type=_package(t),
        metavar="DIR",
        default=default_package,
        help=t("cli.package_option"),
    )
    options.add_argument(
        "--lang", choices=list(Language), default=default_lang, help=t("cli.lang_option")
    )
    return options


def make_parser(t: Words, program: str) -> argparse.ArgumentParser:
    """The arguments of every command, explained in one language.

    Args:
        t: the language.
        program: how the user calls the program.
    """
    parser = argparse.ArgumentParser(
        prog=program.removeprefix("python "),
        description=t("cli.description"),
        parents=[_shared_options(t, Path(PACKAGE_FOLDER), t.language)],
    )
    after = _shared_options(t, argparse.SUPPRESS, argparse.SUPPRESS)
    verbs = parser.add_subparsers(dest="verb", metavar="|".join(VERBS))
    commands = {
        verb: verbs.add_parser(
            verb, help=t(f"cli.{verb}"), description=t(f"cli.{verb}"), parents=[after]
        )
        for verb in VERBS
    }
    _add_options(commands, t)
    _add_build_options(commands, t)
    _add_package_options(commands, t)
    parser.set_defaults(program=program)
    return parser


def _add_options(commands: Mapping[str, argparse.ArgumentParser], t: Words) -> None:
    """The arguments that only some commands have."""

    def day(text: str) -> dt.date:
        """A day as typed; ``argparse`` says what is wrong with it."""
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(t("cli.bad_date")) from None

    for verb in ("build", "serve", "validate", "diff"):
        commands[verb].add_argument(
            "--as-of",
            type=day,
            metavar="DATE",
            help=t("cli.as_of_option"),
        )
    forms = {
        "validate": ["text", "json", "github", "markdown"],
        "diff": ["text", "json", "markdown"],
    }
    for verb, choices in forms.items():
        commands[verb].add_argument(
            "--format", choices=choices, default="text", help=t("cli.format_option")
        )
    commands["validate"].add_argument("--against", metavar="REF", help=t("cli.against_option"))
    commands["diff"].add_argument("base", metavar="BASE", help=t("cli.diff_base"))
    commands["diff"].add_argument("head", metavar="HEAD", nargs="?", help=t("cli.diff_head"))
    commands["check"].add_argument(
        "site", type=_path(t), nargs="?", default=Path("site"), help=t("cli.site_argument")
    )
    commands["check"].add_argument("--previous", metavar="SITE", help=t("cli.previous_option"))


def _add_build_options(commands: Mapping[str, argparse.ArgumentParser], t: Words) -> None:
    """The arguments of the commands that make a site."""

    def count(text: str) -> int:
        """A number of processes as typed."""
        if not text.isdecimal() or int(text) < 1:
            raise argparse.ArgumentTypeError(t("cli.bad_count", typed=text))
        return int(text)

    for verb in ("build", "serve"):
        commands[verb].add_argument(
            "--jobs", type=count, metavar="N", default=0, help=t("cli.jobs_option")
        )
        commands[verb].add_argument(
            "--no-cache", dest="cache", action="store_false", help=t("cli.no_cache_option")
        )
        commands[verb].add_argument(
            "--engine",
            choices=[name.value for name in EngineName],
            default=EngineName.MKDOCS,
            help=t("cli.engine_option"),
        )
    commands["build"].add_argument(
        "--out", type=_path(t), default=Path("site"), metavar="DIR", help=t("cli.out_option")
    )
    commands["build"].add_argument("--compress", action="store_true", help=t("cli.compress_option"))
    commands["serve"].add_argument("--port", type=int, default=8000, help=t("cli.port_option"))


def _add_package_options(commands: Mapping[str, argparse.ArgumentParser], t: Words) -> None:
    """The arguments of the commands that fill a package."""
    commands["template"].add_argument("--filled", action="store_true", help=t("cli.filled_option"))
    commands["template"].add_argument(
        "--out",
        type=Path,
        default=Path("template.xlsx"),
        metavar="FILE",
        help=t("cli.template_out_option"),
    )
    commands["import"].add_argument("file", type=Path, metavar="FILE", help=t("cli.file_argument"))
    commands["import"].add_argument(
        "--allow-removals", action="store_true", help=t("cli.removals_option")
    )
    commands["init"].add_argument(
        "folder", type=_path(t), metavar="DIR", help=t("cli.init_argument")
    )
    for option, key in (("--title", "title_option"), ("--title-en", "title_en_option")):
        commands["init"].add_argument(option, default="", metavar="TEXT", help=t(f"cli.{key}"))
    commands["import"].add_argument("--dry-run", action="store_true", help=t("cli.dry_run_option"))


def with_verb(arguments: Sequence[str]) -> list[str]:
    """Arguments with ``build`` put in where no command is named."""
    if set(arguments) & {*VERBS, "-h", "--help"}:
        return list(arguments)
    return ["build", *arguments]
