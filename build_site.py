#!/usr/bin/env python3
"""The command line: arguments, messages and exit codes.

0 fine · 1 our bug · 2 usage · 10 the data is wrong · 11 the build failed · 12 the site is wrong
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "site_src"))

# Only what --help needs is imported here; each command imports the rest for itself.
from plansite.cli.arguments import (  # noqa: E402
    make_parser,
    message_language,
    with_verb,
)
from plansite.model.translations import UsageError, Words  # noqa: E402

if TYPE_CHECKING:
    from plansite.pipeline.options import BuildOptions

FINE, BUG, USAGE, BAD_DATA, BUILD_FAILED, BAD_SITE = 0, 1, 2, 10, 11, 12


def order_from(options: argparse.Namespace, out: Path, *, compress: bool = False) -> BuildOptions:
    """What the arguments ask to build."""
    from plansite.model.site_settings import EngineName  # noqa: PLC0415
    from plansite.pipeline.options import BuildOptions  # noqa: PLC0415
    from plansite.util.process_pool import available_cores  # noqa: PLC0415

    jobs = options.jobs or available_cores()
    return BuildOptions(
        ROOT,
        options.package,
        out,
        options.as_of,
        jobs,
        options.cache,
        compress,
        EngineName(options.engine),
    )


def run_build(options: argparse.Namespace, t: Words) -> int:
    """Build the site."""
    from plansite.cli.messages import (  # noqa: PLC0415
        Reporter,
        failure,
        print_faults,
        print_problems,
    )
    from plansite.pipeline.build import SiteError, build_site  # noqa: PLC0415
    from plansite.pipeline.engine import EngineError  # noqa: PLC0415
    from plansite.pipeline.prepare import DataError  # noqa: PLC0415
    from plansite.pipeline.search.pagefind import IndexingError  # noqa: PLC0415

    try:
        order = order_from(options, options.out, compress=options.compress)
        result = build_site(order, Reporter(t).step)
    except DataError as error:
        print_problems(error.problems, t)
        print(t("cli.not_built", out=options.out), file=sys.stderr)
        return BAD_DATA
    except (EngineError, IndexingError) as error:
        failed = "cli.engine_failed" if isinstance(error, EngineError) else "cli.index_failed"
        print(t(failed), error, t("cli.not_built", out=options.out), sep="\n", file=sys.stderr)
        return BUILD_FAILED
    except OSError as error:
        print(failure(error, t), t("cli.not_built", out=options.out), sep="\n", file=sys.stderr)
        return BUILD_FAILED
    except SiteError as error:
        print_faults(error.faults, t)
        return BAD_SITE
    if result.warnings:
        print_problems(result.warnings, t)
    if result.undrawable:
        print(t("cli.undrawable", characters=" ".join(sorted(result.undrawable))), file=sys.stderr)
    if result.unreadable:
        print(t("cli.unreadable_tags", tags=" ".join(result.unreadable)), file=sys.stderr)
    done = "cli.built" if result.is_new else "cli.unchanged"
    print(t(done, pages=result.pages, out=options.out))
    return FINE


def run_validate(options: argparse.Namespace, t: Words) -> int:
    """Check the data package."""
    from plansite.cli.messages import print_problems  # noqa: PLC0415
    from plansite.cli.problem_reports import FORMATS  # noqa: PLC0415
    from plansite.data.checks import validate  # noqa: PLC0415
    from plansite.model.problems import blockers  # noqa: PLC0415

    _, problems = validate(options.package, options.as_of)
    if options.against is not None:
        from plansite.cli.revisions import problems_against  # noqa: PLC0415

        problems += problems_against(options.package, options.against)
    if options.format == "text":
        print_problems(problems, t)
    else:
        print(FORMATS[options.format](problems, t.language))
    return BAD_DATA if blockers(problems) else FINE


def run_diff(options: argparse.Namespace, t: Words) -> int:
    """Tell what changed in the data between two revisions."""
    from plansite.cli.revisions import compare_revisions  # noqa: PLC0415
    from plansite.output.diff import FORMATS  # noqa: PLC0415

    states = (options.package, options.base, options.head)
    comparison = compare_revisions(*states, options.as_of)
    print(FORMATS[options.format](comparison, t.language))
    return FINE


def run_workbook(options: argparse.Namespace, t: Words) -> int:
    """Write a template for Excel, or take in a filled-in one."""
    from plansite.cli.workbook import (  # noqa: PLC0415
        Import,
        import_file,
        write_template,
    )

    if options.verb == "template":
        done = write_template(options.package, options.out, t, filled=options.filled)
    else:
        removals, dry_run = options.allow_removals, options.dry_run
        today = dt.date.today()  # noqa: DTZ011
        order = Import(options.package, options.file, today, removals, dry_run)
        done = import_file(order, t)
    return FINE if done else BAD_DATA


def run_init(options: argparse.Namespace, t: Words) -> int:
    """Start another plan's package."""
    from plansite.cli.init import start_package  # noqa: PLC0415
    from plansite.model import Bilingual  # noqa: PLC0415

    start_package(options.folder, Bilingual(options.title, options.title_en), t)
    return FINE


def run_check(options: argparse.Namespace, t: Words) -> int:
    """Check a built site."""
    from plansite.cli.messages import print_faults  # noqa: PLC0415
    from plansite.pipeline.check.links import check_folder  # noqa: PLC0415
    from plansite.pipeline.check.permanence import (  # noqa: PLC0415
        check_checksums,
        check_copies,
        check_previous,
        files_of_earlier,
    )

    if not options.site.is_dir():
        raise UsageError("cli.no_site", site=options.site)
    faults = [*check_folder(options.site), *check_checksums(options.site)]
    faults += check_copies(options.site)
    if options.previous is not None:
        earlier = files_of_earlier(options.previous)
        if earlier is None:
            print(t("cli.nothing_published", previous=options.previous), file=sys.stderr)
        faults += check_previous(options.site, earlier or {})
    if faults:
        print_faults(faults, t)
        return BAD_SITE
    print(t("cli.site_fine", site=options.site))
    return FINE


def run_serve(options: argparse.Namespace, t: Words) -> int:
    """Preview the site until interrupted."""
    from plansite.cli.serve import serve  # noqa: PLC0415

    serve(order_from(options, ROOT / "build" / "preview"), options.port, t)
    return FINE


COMMANDS = {
    "build": run_build,
    "serve": run_serve,
    "validate": run_validate,
    "diff": run_diff,
    "template": run_workbook,
    "import": run_workbook,
    "check": run_check,
    "init": run_init,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    t = Words(message_language(arguments))
    options = make_parser(t).parse_args(with_verb(arguments))
    try:
        return COMMANDS[options.verb](options, t)
    except UsageError as error:
        print(t(error.key, **error.values), file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return BUILD_FAILED
    except Exception:
        print(t("cli.bug"), file=sys.stderr)
        traceback.print_exc()
        return BUG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
