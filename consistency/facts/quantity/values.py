"""The value of a quantity: an interval of one dimension, in its base unit."""

from __future__ import annotations

import enum

import attrs

from consistency.facts.intervals import Bounds, write_bounds


class Dimension(enum.Enum):
    """What a number measures; only numbers of one dimension answer each other. The value is the base unit.

    >>> Dimension.MASS.value
    'kg'
    """

    COUNT = ""
    SHARE = "%"
    POINTS = "percentage points"
    MONEY = "of a currency"
    ORDINAL = "th"
    AGE = "years old"
    SCORE = "score"
    LENGTH = "m"
    AREA = "m²"
    VOLUME = "l"
    MASS = "kg"
    SPEED = "km/h"
    TEMPERATURE = "°C"
    POWER = "W"
    ENERGY = "kWh"


PHYSICAL = frozenset(Dimension[name] for name in "LENGTH AREA VOLUME MASS SPEED TEMPERATURE POWER ENERGY".split())


@attrs.frozen
class Quantity(Bounds):
    """An interval of a dimension, in its base unit.

    Attributes:
        dimension: what is measured.
        currency: the ISO 4217 code of money.
        noun: the stem of what is counted, or the aspect of a length ("depth"); empty if it is not said.
        fate: what became of the people that are counted ("dead", "injured", "missing", "arrested").
        label: the noun as it was written.
        per: the length of time that a rate is said for ("day"), or what money is the price of ("share"); else empty.
        unit: the name of the unit that was said ("mile"), empty for none.
        grain: that unit in base units: roundings are counted in it.

    >>> print(Quantity(2, None, noun="activist", label="activists"))
    ≥ 2 activists
    >>> print(Quantity(1.2e9, 1.2e9, Dimension.MONEY, "USD"), "|", Quantity(30, 30, Dimension.VOLUME, per="second"))
    1.2 billion USD | 30 l a second
    """

    dimension: Dimension = Dimension.COUNT
    currency: str = ""
    noun: str = ""
    fate: str = ""
    label: str = attrs.field(default="", eq=False)
    per: str = ""
    unit: str = attrs.field(default="", eq=False)
    grain: float = attrs.field(default=1.0, eq=False)

    def __str__(self) -> str:
        if self.dimension is Dimension.SCORE:
            return f"{_write(self.high)}-{_write(self.low)}"
        if self.dimension is Dimension.ORDINAL:
            return f"{_write(self.low)}{_ending(self.low)} {self.label}".rstrip()
        if self.dimension is Dimension.LENGTH and (self.high or self.low or 0) >= 1000:
            words = f"{self._write_bounds(1000)} km"
        else:
            words = f"{self._write_bounds()} {self.currency or self.label or self.dimension.value}".rstrip()
        article = "an" if self.per in ("hour", "ounce") else "a"
        return f"{words} {article} {self.per}" if self.per else words

    def _write_bounds(self, unit: float = 1) -> str:
        low, high = (_write(bound and bound / unit) for bound in (self.low, self.high))
        return write_bounds(low, high, approximate=self.approximate)


def _write(value: float | None) -> str:
    if value is None:
        return ""
    for scale, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= scale:
            return f"{value / scale:.10g}{word}"
    return f"{round(value, 2):,.15g}" if abs(value) >= 0.1 else f"{value:.2g}"


def _ending(value: float | None) -> str:
    number = int(value or 0)
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
