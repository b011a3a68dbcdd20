"""Same, finer or different: how two amounts agree whose bounds may be open, rounded or vague."""

from __future__ import annotations

import math
from collections.abc import Callable

import attrs

from consistency.model import Agreement

NEAR, FAR = 0.02, 0.05  # how far two exact amounts in different units lie apart at least and at most: "5 miles", "8 km"
_LARGE = 1e5  # the place of the last digit from which a whole number is rounded: 11,400,000 is 11.4 million
LEAST, MOST = 0.025, 0.1  # how far a rounding may be off, whatever its digits are


@attrs.frozen
class Bounds:
    """An amount.

    Attributes:
        low, high: the bounds as they were said, equal for one number; ``None`` is open.
        approximate: a rounding: "about 50" has both bounds, "nearly 50" only the high one, "just over 50" only the low
            one; a vague word ("several") has the bounds that it usually means.
    """

    low: float | None
    high: float | None
    approximate: bool = attrs.field(default=False, kw_only=True)

    @property
    def grain(self) -> float:
        """The length of the unit that was said: roundings are counted in it."""
        return 1.0

    @property
    def sort(self) -> tuple[bool, bool, bool]:
        """Whether it is open below, open above, and one number."""
        return self.low is None, self.high is None, self.low == self.high

    @property
    def rounded(self) -> bool:
        """Whether it is a rounding of one number, and no vague word."""
        return self.approximate and any(self.sort)


def allow(value: Bounds) -> tuple[float, float]:
    """Return the lowest and the highest value that the words allow: a rounding has a margin, an open bound is infinite.

    >>> from consistency.facts.quantity import Quantity
    >>> allow(Quantity(50, 50, approximate=True)), allow(Quantity(None, 50, approximate=True))
    ((45.0, 55.0), (45.0, 50))
    """
    if not value.rounded:
        return -math.inf if value.low is None else value.low, math.inf if value.high is None else value.high
    said = _said(value)
    margin = rounding_margin(said, value.grain)
    return said if value.high is None else said - margin, said if value.low is None else said + margin


def _said(value: Bounds) -> float:
    """Return the number of a point or a rounding."""
    return (value.low if value.high is None else value.high) or 0.0


def compare_bounds(one: Bounds, other: Bounds, is_rounding: Callable[[float, float], bool]) -> Agreement:
    """Return how two amounts agree; ``is_rounding`` says whether two exact ones may be one number said twice.

    SAME: equal, or one is a rounding of the other. FINER: both can hold. DIFFERENT: they lie apart, or both say a bound
    of one sort and not the same.

    >>> from consistency.facts.quantity import Quantity
    >>> print(compare_bounds(Quantity(50, 50, approximate=True), Quantity(52, 52), lambda left, right: False))
    same
    >>> print(compare_bounds(Quantity(50, None), Quantity(52, 52), lambda left, right: False))
    finer
    >>> print(compare_bounds(Quantity(50, None), Quantity(52, None), lambda left, right: False))
    different
    """
    if is_near(one.low, other.low) and is_near(one.high, other.high):
        return Agreement.SAME
    if one.sort == other.sort and not (one.approximate or other.approximate):
        pairs = ((one.low, other.low), (one.high, other.high))
        near = all(is_near(*pair) or is_rounding(pair[0] or 0.0, pair[1] or 0.0) for pair in pairs)
        cut = one.high is None and _is_cut(*sorted((one, other), key=lambda each: each.low or 0.0))
        return Agreement.SAME if near else Agreement.FINER if cut else Agreement.DIFFERENT
    (low, high), (low2, high2) = allow(one), allow(other)
    start, end = max(low, low2), min(high, high2)
    if start > end or (start == end and low < high and low2 < high2):
        return Agreement.DIFFERENT
    if all(each.rounded or each.low == each.high for each in (one, other)):
        margins = [rounding_margin(_said(each), each.grain) for each in (one, other) if each.approximate]
        return Agreement.SAME if abs(_said(one) - _said(other)) <= min(margins) else Agreement.DIFFERENT
    return Agreement.FINER


def _is_cut(low: Bounds, more: Bounds) -> bool:
    """Whether one bound is the other without its last digits, two or more left: "more than 11 million", "11.4 million".

    Whole numbers in the unit that was said count from a million on: "at least 120" and "at least 125" are two tolls.
    """
    size, longer = (low.low or 0.0) / low.grain, (more.low or 0.0) / low.grain
    last = digit_value(size)
    rounded = last >= _LARGE or not math.isclose(longer, round(longer), rel_tol=1e-9)
    return low.grain == more.grain and rounded and size >= 10 * last and longer - size < last


def write_bounds(low: str, high: str, *, approximate: bool) -> str:
    """Return the two bounds of an amount, as they are written, as one text; an open one is empty.

    >>> write_bounds("2", "", approximate=False), write_bounds("", "9", approximate=True)
    ('≥ 2', '≲ 9')
    >>> write_bounds("2", "2", approximate=True), write_bounds("2", "9", approximate=True)
    ('≈ 2', '2-9')
    """
    if not (low and high):
        signs = "≲≳" if approximate else "≤≥"
        return f"{signs[0]} {high}" if high else f"{signs[1]} {low}"
    return f"{low}-{high}" if low != high else f"≈ {low}" if approximate else low


def is_near(one: float | None, other: float | None) -> bool:
    """Say whether two bounds are equal, but for the arithmetic of units.

    >>> is_near(0.1 + 0.2, 0.3), is_near(None, 0.3), is_near(None, None)
    (True, False, True)
    """
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6)


def is_conversion(one: float, other: float, grains: tuple[float, float] = (1, 1)) -> bool:
    """Say whether two exact amounts may be one in two units, each rounded to the digits that were said.

    >>> is_conversion(5 * 1609.344, 8000, (1609.344, 1000)), is_conversion(5 * 1609.344, 8600, (1609.344, 1000))
    (True, False)
    """
    size, said = max(abs(one), abs(other)), 0.0
    if grains[0] != grains[1]:
        said = sum(
            digit_value(abs(value) / grain) / 2 * grain for value, grain in zip((one, other), grains, strict=True)
        )
    return abs(one - other) <= max(NEAR * size, min(said, FAR * size))


def rounding_margin(value: float, grain: float = 1) -> float:
    """Return how far a rounded number may be off: half of its last digit that is not zero, 2.5 to 10 percent.

    >>> rounding_margin(3200), rounding_margin(50), rounding_margin(50 * 3600, 3600) / 3600
    (80.0, 5.0, 5.0)
    """
    size = abs(value) / grain
    return min(max(digit_value(size) / 2, LEAST * size), MOST * size) * grain


def digit_value(size: float) -> float:
    """Return the place value of the last digit that is not zero, of nine.

    >>> digit_value(3200)
    100.0
    """
    if math.isinf(size):
        return size
    digits, _, exponent = f"{size:.8e}".partition("e")
    return float(10.0 ** (int(exponent) - len(digits.replace(".", "").rstrip("0")) + 1))
