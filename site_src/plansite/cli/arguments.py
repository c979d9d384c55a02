"""What can be typed on the command line, explained in one language.

Imports nothing that takes time: ``--help`` must answer at once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from plansite.cli.argparse_texts import speak
from plansite.model import Language
from plansite.model.site_settings import EngineName
from plansite.model.translations import Words

PACKAGE_FOLDER = "datapackage"
"""What the folder of a package is called within its plan's folder."""
_DESCRIPTOR = "datapackage.json"  # not from the package's own module, whose import takes time
_MOST_JOBS = 256
_YEARS = range(1900, 2101)
_DAY_LENGTH = len("2026-11-23")
_PORTS = 65_535
_BEFORE_VERB = ("--package", "--lang")
"""Options, each with a value, that may stand before a command."""
VERBS = ("build", "serve", "validate", "diff", "template", "import", "check", "init")


def message_language(arguments: Sequence[str], *, chinese: bool = True) -> Language:
    """The language asked for, else English where the system's locale is, else Chinese.

    Args:
        arguments: what was typed.
        chinese: whether the output can hold it; where not, nobody gets it unasked.
    """
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2]
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if argument.startswith("--lang") and value in set(Language):
            return Language(value)
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.EN if locale.startswith("en") or not chinese else Language.ZH


def _path(t: Words) -> Callable[[str], Path]:
    """Takes a path as typed; links that lead in a circle are said to, and what is no name."""

    def path(text: str) -> Path:
        """The path, if the system can have one of that name."""
        try:
            Path(text).stat()
        except ValueError:  # a NUL, or half a character
            raise argparse.ArgumentTypeError(t("cli.bad_path", typed=text)) from None
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise argparse.ArgumentTypeError(t("cli.link_circle", typed=text)) from None
            if error.errno == errno.ENAMETOOLONG:
                raise argparse.ArgumentTypeError(t("cli.long_path", typed=text)) from None
        return Path(text)

    return path


def _whole_number(t: Words, lowest: int, highest: int) -> Callable[[str], int]:
    """Takes a whole number within bounds as typed."""

    def number(text: str) -> int:
        """The number, if it is within the bounds."""
        digits = len(str(highest))
        if re.fullmatch(f"[0-9]{{1,{digits}}}", text) and lowest <= int(text) <= highest:
            return int(text)
        words = t("cli.bad_count", typed=text, lowest=lowest, highest=highest)
        raise argparse.ArgumentTypeError(words)

    return number


def _day(t: Words) -> Callable[[str], dt.date]:
    """Takes a day as typed, within the years that a table may speak of."""

    def day(text: str) -> dt.date:
        """The day, if the calendar has it."""
        try:
            found = dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            found = dt.date.min
        if len(text) != _DAY_LENGTH or not text.isascii() or found.year not in _YEARS:
            raise argparse.ArgumentTypeError(t("cli.bad_date", typed=text))
        return found

    return day


def _package(t: Words) -> Callable[[str], Path]:
    """Takes a package's folder as typed; a plan's folder stands for the package in it."""
    path = _path(t)

    def package(text: str) -> Path:
        """The folder, or the one named ``datapackage`` in it."""
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
        "--lang", choices=[*map(str, Language)], default=default_lang, help=t("cli.lang_option")
    )
    return options


def make_parser(t: Words, program: str) -> argparse.ArgumentParser:
    """The arguments of every command, explained in one language.

    Args:
        t: the language.
        program: how the user calls the program.
    """
    speak(t)
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
    for each in (parser, *commands.values()):
        vars(each)["color"] = False  # Python 3.14 has colours, of which a safe stream makes text
    return parser


def _add_options(commands: Mapping[str, argparse.ArgumentParser], t: Words) -> None:
    """The arguments that only some commands have."""
    for verb in ("build", "serve", "validate", "diff"):
        commands[verb].add_argument(
            "--as-of",
            type=_day(t),
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
    jobs, port = _whole_number(t, 1, _MOST_JOBS), _whole_number(t, 0, _PORTS)
    for verb in ("build", "serve"):
        commands[verb].add_argument(
            "--jobs", type=jobs, metavar="N", default=0, help=t("cli.jobs_option")
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
    commands["serve"].add_argument(
        "--port", type=port, metavar="N", default=8000, help=t("cli.port_option")
    )


def _add_package_options(commands: Mapping[str, argparse.ArgumentParser], t: Words) -> None:
    """The arguments of the commands that fill a package."""
    commands["template"].add_argument("--filled", action="store_true", help=t("cli.filled_option"))
    commands["template"].add_argument(
        "--out",
        type=_path(t),
        default=Path("template.xlsx"),
        metavar="FILE",
        help=t("cli.template_out_option"),
    )
    commands["import"].add_argument(
        "file", type=_path(t), metavar="FILE", help=t("cli.file_argument")
    )
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
    position = 0
    while position < len(arguments):
        argument = arguments[position]
        if argument.partition("=")[0] not in _BEFORE_VERB:
            break
        position += 1 if "=" in argument else 2
    if position > len(arguments):  # an option without its value, which no command must become
        position = 0
    following = arguments[position : position + 1]
    if following and (following[0] in ("-h", "--help") or not following[0].startswith("-")):
        return list(arguments)
    return [*arguments[:position], "build", *arguments[position:]]
