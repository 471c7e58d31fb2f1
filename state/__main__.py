"""Runs the command line: python -m state."""

import sys

from state.cli import main

sys.exit(main())
