"""Readers of lengths of time, and of the times that lie such a length from the publication."""

from __future__ import annotations

import datetime
import math

from consistency.facts.numbers import Bound, Number, limit
from consistency.facts.patterns import Match, Read
from consistency.facts.time.scene import Scene
from consistency.facts.time.values import GRAINS, Date, Duration, Grain, Time, days_of
from consistency.facts.units import SECONDS

TimeRead = Read["Time | Duration"]
FURTHEST = 300_000  # days from the publication that are counted
_NONE, _ONE, _MANY = Number(0, 0, 0), Number(1, 1, 0), Number(2, math.inf, 0, vague=True)
_SMALLER = {
    "century": ("year", 100),
    "decade": ("year", 10),
    "fortnight": ("week", 2),
    "year": ("month", 12),
    "month": ("week", 4),
    "week": ("day", 7),
    "hour": ("day", 1 / 24),
    "minute": ("day", 0),
    "second": ("day", 0),
}
_BOUNDS = frozenset(bound.value for bound in Bound)
_COUNTED_IN_SMALLER = frozenset(("century", "decade", "fortnight", "hour", "minute", "second"))


# -- slots ---------------------------------------------------------------------------------------------------------


def read_amount(scene: Scene, k: int) -> tuple[Number, int] | None:
    """Read how many units a length has, in digits or in words, also "few", "many" and "a" without a number."""
    line, words, numbers = scene.line, scene.words, scene.numbers
    word = line.words[k]
    if word in words.loose:
        scale = numbers.words.scales.get(word, 1.0)
        low, high = (3.0, math.inf) if word in words.many else (2.0, 9.0 if word in numbers.words.few else 2.0)
        if scale > 1:
            low = high = scale
        number = Number(low, high, k + 1, vague=low < high)
    elif (read := numbers.read_range(line, k)) is not None:
        number = read
    elif word in numbers.words.articles:
        number = Number(1, 1, k + 1)
    else:
        return None
    end = number.end
    of = line.words[end] in numbers.words.of and (number.vague or word in numbers.words.couple or number.low == 2)
    return number, end + (of and line.is_joined(end))


def read_bound(scene: Scene, k: int) -> tuple[Bound, int] | None:
    """Read a bound before a length: "at least", "nearly", "within"."""
    if scene.line.words[k] in scene.words.time_bounds:
        return Bound.HIGH, k + 1
    return scene.numbers.read_bound(scene.line, k)


def read_half(scene: Scene, k: int) -> tuple[float, int] | None:
    """Read "and a half" behind a unit."""
    added = scene.numbers.add_part(scene.line, Number(0, 0, k))
    return (added.low, added.end) if added.end > k else None


def read_trailing(scene: Scene, k: int) -> tuple[Bound, int] | None:
    """Read a bound between a number and its unit: "forty-odd", "ten or more"."""
    return scene.numbers.read_trailing(scene.line, k)


def read_tail(scene: Scene, k: int) -> tuple[str, int] | None:
    """Read what follows a length: "ago", "ago today", "later", "from now", "or more"; what it means, or the bound."""
    line = scene.line
    if trailing := scene.numbers.read_trailing(line, k):
        return trailing[0].value, trailing[1]
    read = line.read_phrase(k, scene.calendar.tails) if line.gap(k).strip() in ("", "'", "'s") else None
    tail = scene.words.tails[read[0]] if read else ""
    if read and tail == "ahead" and read[1] == k + 1 and not line.gap(k).startswith("'"):
        return None  # "in two weeks' time", but "after two weeks time is up"
    return (tail, read[1]) if read and tail else None


# -- builders ------------------------------------------------------------------------------------------------------


def build_duration(scene: Scene, match: Match) -> TimeRead | None:
    """Build a length ("for three weeks", "a two-year ban") or what it leads to ("two days ago", "in three weeks")."""
    number: Number = match["amount"]
    unit, bound, tail, start = match["unit"], match["bound"], match["tail"] or "", match.start
    if _is_no_length(scene, match, number):
        return None
    loose = bound and not tail and scene.line.words[start] in scene.words.loose_bounds
    if loose and scene.line.previous(start) not in scene.words.length_after:
        return None  # "over three days" runs through them; the number is read on its own
    number = number.plus(match["half"] or 0, match.end)
    if match["more"]:
        smaller = SECONDS[match["unit2"]] / SECONDS[unit]
        if match["more"].low * smaller >= 1 or match["more"].low != match["more"].high:
            return None  # "two days and 100 hours" are two lengths
        number = number.plus(match["more"].low * smaller, match.end)
    trailing = match["trailing"] or (Bound(tail) if tail in _BOUNDS else None)
    led = not bound and (not tail or trailing is Bound.NEAR) and scene.line.previous(start) in scene.words.in_
    ahead = tail == "ahead" or (led and scene.tense(start, match.end) > 0)
    if ahead or tail in ("ago", "today"):
        time = _build_away(scene, number, unit, 1 if ahead else -1, bound, exact=tail == "today")
        return Read(time, start, match.end)
    if match["long"] and scene.line.words[match.place("amount")[0]] in scene.numbers.words.articles:
        start = match.place("unit")[0]  # "a week-long fair"
    side = "" if trailing or scene.line.previous(start) in scene.words.for_ else tail
    return Read(_bounded(number, unit, bound or trailing, side), start, match.end)


def _is_no_length(scene: Scene, match: Match, number: Number) -> bool:
    """Say whether a number with a unit is no length: "once a day", "one day he will", "a second try", an age."""
    line, words, first = scene.line, scene.words, match.place("amount")[0]
    said = scene.calendar.units[line.words[match.place("unit")[0]]]
    if match["age"] or (said == ("second", False) and not line.is_digits(first)):
        return True
    article = line.words[first] in scene.numbers.words.articles and number.end == first + 1
    one_day = line.words[first] in scene.numbers.one and said == ("day", False) and not match["long"]
    alone = not (match["tail"] or match["bound"] or match["long"] or match["half"] or match["more"])
    if not ((article or one_day) and alone):
        return False
    hyphen = one_day and line.gap(first + 1) == "-"
    return not hyphen and line.previous(match.start) not in words.unit_after


def _bounded(number: Number, unit: str, bound: Bound | None = None, side: str = "") -> Duration:
    low, high, rough = limit(number.low * SECONDS[unit], number.high * SECONDS[unit], bound, vague=number.vague)
    return Duration(low, high, unit, side, approximate=rough)


def _build_away(
    scene: Scene, number: Number, unit: str, sign: int, bound: Bound | None, *, exact: bool = False
) -> Time:
    """Return the time that lies so many units before (-1) or after (1) the publication; the day for "ago today"."""
    if math.isinf(number.high):
        return Time(GRAINS[unit], anchor=scene.anchor)
    while unit in _SMALLER and (unit in _COUNTED_IN_SMALLER or number.low % 1 or number.high % 1):
        unit, factor = _SMALLER[unit]
        number = number.times(factor)
    grain = GRAINS[unit]
    if bound in (Bound.LOW, Bound.HIGH):
        return Time(grain, anchor=scene.anchor)
    first, last = sorted(sign * round(amount) for amount in (number.low, number.high))
    shift = first if first == last else None
    if not scene.anchor or max(-first, last) * grain.value > FURTHEST:
        return Time(grain, shift=shift, anchor=scene.anchor)
    try:
        start, end = _place_away(scene.anchor, unit, first, last, exact=exact and shift is not None)
    except (OverflowError, ValueError):  # beyond the years of the calendar
        return Time(grain, shift=shift, anchor=scene.anchor)
    return Time(Grain.DAY if exact else grain, start, end, shift=None if exact else shift, anchor=scene.anchor)


def _place_away(anchor: Date, unit: str, first: int, last: int, *, exact: bool) -> tuple[Date, Date]:
    if unit == "week":  # a number of weeks counts from the day, within half a week
        reach = 0 if exact else 3
        return anchor + datetime.timedelta(7 * first - reach), anchor + datetime.timedelta(7 * last + reach)
    start, end = days_of(anchor, unit, first)[0], days_of(anchor, unit, last)[1]
    if exact and unit in ("month", "year"):
        month = start if unit == "month" else start.replace(month=anchor.month)
        start = end = month.replace(day=min(anchor.day, 28) if month.month == 2 else min(anchor.day, 30))
    return start, end


def build_sided(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the past three weeks", "the next few days", "the last year": lengths up to or from the publication."""
    number = match["amount"] or (_MANY if match["units"] else _ONE)
    side = "coming" if scene.words.shifts[match["which"]] > 0 else "past"
    return match.read(_bounded(number, match["unit"] or match["units"] or match["one"], side=side))


def build_bare(scene: Scene, match: Match) -> TimeRead | None:
    """Build lengths without a number: "for weeks", "hours before", "years-long", "in recent months"."""
    tail = match["tail"]
    if tail and scene.words.tails[tail] == "ago":
        return scene.build(match, GRAINS[match["units"]])
    return match.read(_bounded(_MANY, match["units"], side=scene.words.sides.get(tail or match["which"] or "", "")))


def build_beside(scene: Scene, match: Match) -> TimeRead:
    """Build one unit, perhaps from something that is told: "weeklong", "the next day", "the week before"; or none."""
    unit = match["unit"] or scene.words.long[match["word"]]
    number, side = (_NONE, "after") if match["same"] else (_ONE, scene.words.sides[match["which"] or ""])
    return match.read(_bounded(number, unit, side=side))
