#!/usr/bin/env python3
"""The command line in a checkout; where the program is installed, ``plansite`` is the same."""

import sys

from plansite.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], program="python build_site.py"))
