"""What the values of two times say about whether they clash: signals for a learned judge."""

from __future__ import annotations

import math

from consistency.facts.time.values import Duration, Time
from consistency.model import Fact

_FARTHEST = 4.0  # log of the ratio of two lengths; more tells no more
_APART = 1000  # days


def measure(left: Fact, right: Fact) -> dict[str, float] | None:
    """Return what two times, or two lengths of time, signal, the same from either side.

    ``None`` for one of each, and for two times in the same words.

    >>> from consistency.model import Kind
    >>> import datetime
    >>> days = (datetime.date(2024, 5, day) for day in (1, 2))
    >>> from consistency.facts.time.values import Grain
    >>> may, day = (Fact(Kind.TIME, 0, 1, str(day), Time(Grain.DAY, day, day)) for day in days)
    >>> measure(may, day)["grain_same"]
    1.0
    """
    one, other = left.value, right.value
    if isinstance(one, Duration) and isinstance(other, Duration):
        low, high = sorted(max(length.low or length.high or 0.0, 1e-6) for length in (one, other))
        return {
            "length": 1.0,
            "unit_same": float(one.unit == other.unit),
            "side_same": float(one.side == other.side),
            "ratio": min(math.log(high / low), _FARTHEST) / _FARTHEST,
        }
    if not (isinstance(one, Time) and isinstance(other, Time)) or left.text.casefold() == right.text.casefold():
        return None  # "today" of two days: a report sent again
    apart = abs((one.first - other.first).days) if one.first and other.first else None
    return {
        "grain_same": float(one.grain is other.grain),
        "grain": math.log1p(min(one.grain.value, other.grain.value)) / 10,
        "absolute": (one.absolute + other.absolute) / 2,
        "named_days": ((one.weekday is not None) + (other.weekday is not None)) / 2,
        "relative": ((one.shift is not None) + (other.shift is not None)) / 2,
        "clocks": ((one.clock is not None) + (other.clock is not None)) / 2,
        "yearless": ((one.yearly is not None) + (other.yearly is not None)) / 2,
        "resolved": float(apart is not None),
        "apart": math.log1p(min(apart or 0, _APART)) / 7,
    }
