"""Readers of parts of a time, of the week around a day, and of months up to one: they hold another time."""

from __future__ import annotations

import datetime

import attrs

from consistency.facts.patterns import Match, Read
from consistency.facts.time.dates import relative
from consistency.facts.time.scene import Scene
from consistency.facts.time.values import (
    Date,
    Days,
    Grain,
    MonthDay,
    Time,
    Yearly,
    days_of,
    forget_year,
    place,
    shift_months,
    slice_time,
)

TimeRead = Read[Time]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LENGTHS = (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR)


def build_slice(scene: Scene, match: Match) -> TimeRead | None:
    """Build a part of a time: "late August", "earlier this week", "end of 2014", "the night of August 14"."""
    time: Time = match["time"] or relative(scene, match, match["span"], 0).value
    if match["part"]:
        day = time.grain is Grain.DAY
        return match.read(attrs.evolve(time, clock=scene.calendar.parts.get(match["part"]))) if day else None
    if match["shifted"]:
        part = _up_to_now(time, earlier=scene.words.sides[match["shifted"]] == "before")
        inner = match.place("time" if match["time"] else "span")[0]
        return Read(part, inner if part is time else match.start, match.end)
    if match["edge"]:
        edge = scene.calendar.edges.get(match["edge"], "")
    elif "week|weeks" in match.values:
        edge = str(match["nth"]) if match["nth"] < 5 else ""
    else:
        edge = {1: "first", 2: "second"}.get(match["nth"], "")
    cut = slice_time(time, edge) if edge else None
    return match.read(cut) if cut else None


def _up_to_now(time: Time, *, earlier: bool) -> Time:
    """Return what of "this month" lies before ("earlier") or after ("later") the publication."""
    if time.shift != 0 or time.grain is Grain.DAY:
        return time
    first, last = time.first, time.last
    if first and last and time.anchor:
        near = min(max(first, time.anchor), last)
        first, last = (first, near) if earlier else (near, last)
    return attrs.evolve(time, first=first, last=last, shift=None)


def build_week_of(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the week of September 30", "the week ending March 8", "the weekend of May 3"."""
    time: Time = match["time"]
    if time.grain is not Grain.DAY or time.weekday is not None or time.clock or time.ranged:
        return None
    if not time.last:  # the day may be any of its week, unless it ends it
        wide = _around(time.yearly[0], 0 if match["end"] else 6) if time.yearly else None
        return match.read(Time(Grain.WEEK, yearly=wide, anchor=scene.anchor))
    first, last = days_of(time.last, "week", 0)
    if match["end"]:
        first, last = time.last - datetime.timedelta(6), time.last
    elif match["weekend"]:
        first = last - datetime.timedelta(1)
    yearly = forget_year(first, last) if time.yearly else None
    grain = Grain.DAY if match["weekend"] else Grain.WEEK
    return match.read(attrs.evolve(time, grain=grain, first=first, last=last, yearly=yearly))


def build_period(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the three months to March 31", "the year ended June 30", "the first nine months of 2019"."""
    time: Time = match["time"] or relative(scene, match, match["span"], 0).value
    months = int((match["amount"].low if match["amount"] else 1) * MONTHS[match["unit"]])
    whole = time.grain is Grain.YEAR if match["edge"] else time.grain in (Grain.DAY, Grain.MONTH)
    if not whole or time.weekday is not None or time.ranged or not 0 < months <= 12:
        return None
    early = scene.words.edges.get(match["edge"] or "") == "early"
    span = time.days or (time.yearly and place(time.yearly, 2001))
    days = (shift_months(span[0], 0, months) if early else _before(span[1], months)) if span else None
    yearly = forget_year(*days) if time.yearly and days else None
    grain = min(_LENGTHS, key=lambda grain: abs(grain.value - 30 * months))
    first, last = days if days and time.days else (None, None)
    return match.read(attrs.evolve(time, grain=grain, first=first, last=last, yearly=yearly))


def _before(last: Date, months: int) -> Days | None:
    """Return the months that end with a day."""
    if not 2 < last.year < 9990:
        return None
    after = last + datetime.timedelta(1)
    month, end = shift_months(after, -months)
    return month.replace(day=min(after.day, end.day)), last


def _around(day: MonthDay, after: int) -> Yearly:
    """Return six days before a day of any year up to some days behind it."""
    middle = Date(2000, *day)
    return forget_year(middle - datetime.timedelta(6), middle + datetime.timedelta(after))
