"""Ticks and seconds. A tick is 1/30 s and tick 0 is the horn, so that time is `tick / 30`."""

import math

TICKS_PER_SECOND = 30
TICK_SECONDS = 1.0 / TICKS_PER_SECOND


def seconds(tick: int) -> float:
    """Returns the game clock in seconds at `tick`; negative before the horn."""
    return tick / TICKS_PER_SECOND


def ticks(seconds: float) -> int:
    """Returns the first whole tick at or after `seconds`."""
    return math.ceil(seconds * TICKS_PER_SECOND - 1e-9)


def clock_text(tick: int) -> str:
    """Returns the game clock as the game shows it: "-1:30", "12:05"."""
    whole = abs(tick) // TICKS_PER_SECOND
    return f"{'-' if tick < 0 else ''}{whole // 60}:{whole % 60:02d}"
