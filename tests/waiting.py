"""Waiting for what another process does, in a test that fails in a sentence if it does not."""

import time

LOOK_EVERY = 0.1


def until(holds, what, *, within):
    """Ask again until the answer is true, and give it; fail after `within` seconds."""
    give_up_at = time.monotonic() + within
    while not (found := holds()):
        assert time.monotonic() < give_up_at, f"not within {within:.0f} s: {what}"
        time.sleep(LOOK_EVERY)
    return found
