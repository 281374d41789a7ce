"""``python -m docparse.cli``, where the program ``docparse`` is not on the path."""

import sys

from docparse.cli import main

sys.exit(main())
