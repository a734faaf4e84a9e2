"""Entry point of `script/*`: `python script/lib COMMAND [ARGUMENT…]`."""

import sys

from devtools.main import main

sys.exit(main(sys.argv[1:]))
