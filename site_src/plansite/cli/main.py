"""The command line: arguments in, an exit code out.

Only what ``--help`` needs is imported here; each command imports the rest for itself.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plansite.cli.arguments import make_parser, message_language, with_verb
from plansite.cli.streams import SafeStream, print_report, safe_streams
from plansite.model.errors import BuildError, DataError, ExitCode, PlansiteError, UsageError
from plansite.model.translations import Words

if TYPE_CHECKING:
    from plansite.pipeline.check.faults import SiteFault
    from plansite.pipeline.options import BuildOptions


def build_options(
    arguments: argparse.Namespace, out: Path, *, compress: bool = False
) -> BuildOptions:
    """What the arguments ask to build."""
    from plansite.model.site_settings import EngineName  # noqa: PLC0415
    from plansite.pipeline.options import BuildOptions  # noqa: PLC0415
    from plansite.util.process_pool import available_cores  # noqa: PLC0415

    return BuildOptions(
        Path.cwd(),
        arguments.package,
        out,
        arguments.as_of,
        arguments.jobs or available_cores(),
        arguments.cache,
        compress,
        EngineName(arguments.engine),
    )


def run_build(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Build the site."""
    from plansite.cli.messages import (  # noqa: PLC0415
        Reporter,
        print_error,
        print_limits,
        print_problems,
    )
    from plansite.pipeline.build import build_site  # noqa: PLC0415

    try:
        options = build_options(arguments, arguments.out, compress=arguments.compress)
        result = build_site(options, Reporter(t).step)
    except (BuildError, DataError, OSError) as error:
        print_error(error, t)
        print(t("cli.not_built", out=arguments.out), file=sys.stderr)
        return error.exit_code if isinstance(error, PlansiteError) else ExitCode.BUILD_FAILED
    if result.warnings:
        print_problems(result.warnings, t)
    if result.undrawable:
        print(t("cli.undrawable", characters=" ".join(sorted(result.undrawable))), file=sys.stderr)
    if result.unreadable:
        print(t("cli.unreadable_tags", tags=" ".join(result.unreadable)), file=sys.stderr)
    print_limits(result.limits, "text", t)
    done = "cli.built" if result.is_new else "cli.unchanged"
    print(t(done, pages=result.pages, out=arguments.out))
    return ExitCode.FINE


def run_validate(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Check the data package."""
    from plansite.cli.messages import print_limits, print_places, print_problems  # noqa: PLC0415
    from plansite.cli.problem_reports import FORMATS  # noqa: PLC0415
    from plansite.data.checks import validate_snapshot  # noqa: PLC0415
    from plansite.data.history.limits import clone_limits  # noqa: PLC0415
    from plansite.data.package import PackageSnapshot  # noqa: PLC0415
    from plansite.data.validation.time_zone import plan_today  # noqa: PLC0415
    from plansite.model.problems import blockers  # noqa: PLC0415

    snapshot = PackageSnapshot(arguments.package)
    _, problems = validate_snapshot(snapshot, arguments.as_of or plan_today(snapshot))
    places: list[str] = []
    if arguments.against is not None:
        from plansite.cli.revisions import problems_against  # noqa: PLC0415

        lost, places = problems_against(arguments.package, arguments.against, t)
        problems += lost
    if arguments.format == "text":
        print_problems(problems, t)
    else:
        print_report(FORMATS[arguments.format](problems, t.language), arguments.format)
    print_places(places, arguments.format, t)
    print_limits(clone_limits(arguments.package), arguments.format, t)
    return ExitCode.BAD_DATA if blockers(problems) else ExitCode.FINE


def run_diff(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Tell what changed in the data between two revisions."""
    from plansite.cli.revisions import compare_revisions  # noqa: PLC0415
    from plansite.output.diff import FORMATS  # noqa: PLC0415

    states = (arguments.package, arguments.base, arguments.head)
    comparison = compare_revisions(*states, arguments.as_of)
    print_report(FORMATS[arguments.format](comparison, t.language), arguments.format)
    return ExitCode.FINE


def run_template(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Write a template for Excel."""
    from plansite.cli.workbook import write_template  # noqa: PLC0415

    write_template(arguments.package, arguments.out, t, filled=arguments.filled)
    return ExitCode.FINE


def run_import(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Take in a filled-in template, or a table as a CSV file."""
    from plansite.cli.workbook import Import, import_file  # noqa: PLC0415

    removals, dry_run = arguments.allow_removals, arguments.dry_run
    job = Import(arguments.package, arguments.file, removals, dry_run)
    return ExitCode.FINE if import_file(job, t) else ExitCode.BAD_DATA


def run_init(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Start another plan's package."""
    from plansite.cli.init import start_package  # noqa: PLC0415
    from plansite.model import Bilingual  # noqa: PLC0415

    title = Bilingual(arguments.title, arguments.title_en)
    start_package(arguments.folder, title, t, arguments.program)
    return ExitCode.FINE


def run_check(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Check a built site."""
    from plansite.pipeline.check.faults import SiteError  # noqa: PLC0415
    from plansite.pipeline.check.links import check_folder  # noqa: PLC0415
    from plansite.pipeline.check.permanence import check_checksums, check_copies  # noqa: PLC0415

    site = arguments.site
    if not site.is_dir():
        raise UsageError("cli.no_site", site=site)
    faults = [*check_folder(site), *check_checksums(site), *check_copies(site)]
    if arguments.previous is not None:
        faults += _faults_against(site, arguments.previous, t)
    if faults:
        raise SiteError(faults)
    print(t("cli.site_fine", site=site))
    return ExitCode.FINE


def _faults_against(site: Path, previous: str, t: Words) -> Iterator[SiteFault]:
    """What of an earlier site is gone or altered, the data first; says what cannot be compared."""
    from plansite.pipeline.check.permanence import check_previous  # noqa: PLC0415
    from plansite.pipeline.check.published_data import check_published_data  # noqa: PLC0415
    from plansite.pipeline.check.published_site import find_published  # noqa: PLC0415

    earlier = find_published(previous)
    if earlier is None:
        print(t("cli.nothing_published", previous=previous), file=sys.stderr)
        return
    of_data = check_published_data(site, earlier)
    if of_data is None:
        print(t("cli.data_not_compared", previous=previous), file=sys.stderr)
    yield from of_data or ()
    yield from check_previous(site, earlier.checksums)


def run_serve(arguments: argparse.Namespace, t: Words) -> ExitCode:
    """Preview the site until interrupted."""
    from plansite.cli.serve import serve  # noqa: PLC0415

    serve(build_options(arguments, Path.cwd() / "build" / "preview"), arguments.port, t)
    return ExitCode.FINE


COMMANDS = {
    "build": run_build,
    "serve": run_serve,
    "validate": run_validate,
    "diff": run_diff,
    "template": run_template,
    "import": run_import,
    "check": run_check,
    "init": run_init,
}


def main(typed: Sequence[str], program: str = "plansite") -> ExitCode:
    """Run one command and give its exit code.

    Args:
        typed: what follows the program's name.
        program: how the user calls it, for what is said of other commands.
    """
    with safe_streams() as (out, _):
        t = Words(message_language(typed, chinese=out.can_write("中文")))
        try:
            code = _run(typed, program, t)
            out.flush()
            return _with_output(code, out, t)
        except KeyboardInterrupt:
            print(t("cli.interrupted"), file=sys.stderr)
            return ExitCode.INTERRUPTED


def _run(typed: Sequence[str], program: str, t: Words) -> ExitCode:
    """Run the command, and say what kept it from coming to its end."""
    try:
        arguments = make_parser(t, program).parse_args(with_verb(typed))
    except SystemExit as stop:  # help was printed, or what is wrong with the arguments
        return ExitCode(int(stop.code or 0))
    try:
        return COMMANDS[arguments.verb](arguments, t)
    except (PlansiteError, OSError) as error:
        from plansite.cli.messages import print_error  # noqa: PLC0415

        print_error(error, t)
        return error.exit_code if isinstance(error, PlansiteError) else ExitCode.USAGE
    except Exception:
        print(t("cli.bug"), file=sys.stderr)
        traceback.print_exc()
        return ExitCode.BUG


def _with_output(code: ExitCode, out: SafeStream, t: Words) -> ExitCode:
    """The exit code of a command, unless what it found could not be written."""
    if out.failure is None or code is not ExitCode.FINE:
        return code
    print(t("cli.output_lost", reason=out.failure.strerror or out.failure), file=sys.stderr)
    return ExitCode.USAGE


def plansite() -> ExitCode:
    """What the installed command runs."""
    return main(sys.argv[1:])
