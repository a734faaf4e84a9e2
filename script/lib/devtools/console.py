"""What a person sees while we work. All of it goes to standard error.

Standard output is left to the commands whose output somebody may want to read by
machine (`script/odoo shell`).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str = "") -> None:
    """Print one line of progress."""
    print(text, file=sys.stderr, flush=True)


def warn(text: str) -> None:
    """Print one line that should not be overlooked."""
    say(f"warning: {text}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step and tell how long it took."""
    say(f"{title} …")
    start = time.monotonic()
    yield
    say(f"{title}: done in {time.monotonic() - start:.1f} s")
