"""Readers of clock times and parts of the day."""

from __future__ import annotations

import attrs

from consistency.facts.patterns import Match, Read
from consistency.facts.time.scene import Scene
from consistency.facts.time.values import Grain, Time

DAY = 1440  # minutes


@attrs.frozen
class _Hour:
    """An hour with its minutes and the half of the day that is said with it."""

    minute: int
    half: str
    plain: bool  # an hour of twelve
    colon: bool


def read_hour(scene: Scene, k: int) -> tuple[_Hour, int] | None:
    """Read "9", "9:30", "9.30", "0930" with the "a.m." behind it."""
    line, word, end = scene.line, scene.line.words[k], k + 1
    hour, _, minute = word.partition(".")
    colon = line.gap(end) == ":" and len(line.words[end]) == 2
    if colon:
        minute, end = line.words[end], end + 1
    elif len(word) == 4 and word.isdecimal():
        hour, minute = word[:2], word[2:]
    if not (hour.isdecimal() and len(hour) <= 2 and int(hour) < 24) or line.gap(end)[:1] in ("%", ":"):
        return None
    if minute and not (len(minute) == 2 and minute.isdecimal() and int(minute) < 60):
        return None
    at = int(hour) * 60 + int(minute or 0)
    plain = 1 <= int(hour) <= 12 and (len(word) != 4 or not word.isdecimal())
    half, after = _read_half(scene, end) if plain else ("", end)
    return _Hour(at, half, plain, colon), after


def _read_half(scene: Scene, k: int) -> tuple[str, int]:
    """Return "a" or "p" for "a.m." and "p.m.", and the end; empty for none."""
    line, words = scene.line, scene.words
    if not (line.gap(k).strip() == "" and k < line.size):
        return "", k
    for half, forms in (("a", words.am), ("p", words.pm)):
        if line.words[k] in forms and len(line.words[k]) > 1:
            return half, k + 1
        if line.words[k] == half and line.words[k + 1] == "m" and line.gap(k + 1) in (".", ". "):
            return half, k + 2
    return "", k


def build_hours(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "10:30 to 11 p.m. GMT", "from 14:30 to 16:00"."""
    first, last = match["first"], match["last"]
    start, end = match.place("last")
    if not match["link"] and scene.line.gap(start).strip() != "-":
        return None
    if last.half and first.plain:
        low, high = _minute(first, first.half or last.half), _minute(last, last.half)
        if not first.half and low > high:
            low = _minute(first, "a" if last.half == "p" else "p")
    elif first.colon and last.colon and match["link"] and scene.line.previous(match.start) in scene.words.before_clock:
        low, high = first.minute, last.minute
    else:
        return None
    time = attrs.evolve(_time(scene, low, high + DAY * (high < low)), ranged=True)
    return _with_zone(scene, match, time, end)


def build_clock(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "9 a.m.", "9 in the morning", "14:30" after "at" or before a zone, "1400" before a zone or "hours"."""
    line, words, hour = scene.line, scene.words, match["first"]
    half = hour.half or (hour.plain and match["half"] and "ap"[scene.calendar.parts[match["half"]][1] >= DAY // 2])
    if half:
        minute = _minute(hour, half)
        return _with_zone(scene, match, _time(scene, minute, minute), match.end)
    if not hour.colon and not (len(line.words[match.start]) == 4 and line.words[match.start].isdecimal()):
        return None
    read = _with_zone(scene, match, _time(scene, hour.minute, hour.minute), match.end)
    if read.value.zone or (hour.colon and line.previous(match.start) in words.before_clock):
        return read
    return Read(read.value, read.start, read.end + 1) if not hour.colon and line.next(read.end) in words.hours else None


def build_oclock(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "nine o'clock"."""
    hour = match["amount"]
    whole = 0 < hour.low == hour.high <= 24
    return match.read(_time(scene, int(hour.low) * 60, int(hour.low) * 60)) if whole else None


def _minute(hour: _Hour, half: str) -> int:
    return hour.minute % (DAY // 2) + (DAY // 2) * (half == "p")


def _time(scene: Scene, first: int, last: int) -> Time:
    return Time(Grain.CLOCK, clock=(first, last), anchor=scene.anchor)


def _with_zone(scene: Scene, match: Match, time: Time, k: int) -> Read[Time]:
    """Return a time of the clock with the zone that is said at word ``k``."""
    zone = scene.line.words[k]
    there = zone in scene.words.zones and scene.line.gap(k).strip() in ("", "(") and scene.line.text(k).isupper()
    return Read(attrs.evolve(time, zone=zone), match.start, k + 1) if there else Read(time, match.start, k)


def build_daypart(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "noon", "at dawn", "in the early hours", "overnight"."""
    line, words = scene.line, scene.words
    if line.is_capital(match.start) and match.start > 0:
        return None
    if match["part"]:
        k = match.start - (line.previous(match.start) in words.part_edges)
        k -= line.previous(k) in scene.numbers.words.the
        if line.previous(k) not in words.in_part:
            return None
    return match.read(_time(scene, *scene.calendar.parts[match["sure"] or match["part"]]))
