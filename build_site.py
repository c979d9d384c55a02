#!/usr/bin/env python3
"""The command line in a checkout; where the program is installed, ``plansite`` is the same."""

import sys

NOT_INSTALLED = """程序还没有安装到这个 Python 中：先运行 make venv，再用 .venv/bin/python。
The program is not installed here: run make venv, then use .venv/bin/python."""

try:
    from plansite.cli.main import main
except ModuleNotFoundError as error:
    if error.name != "plansite":
        raise
    print(NOT_INSTALLED, file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], program="python build_site.py"))
