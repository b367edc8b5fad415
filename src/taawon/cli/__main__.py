import sys

from taawon.cli import main

sys.exit(main())
