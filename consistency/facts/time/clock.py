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
    digits: bool  # four of them


def read_hour(scene: Scene, k: int) -> tuple[_Hour, int] | None:
    """Read "9", "9:30", "9.30", "0930" with the "a.m." behind it."""
    line, word, end = scene.line, scene.line.words[k], k + 1
    hour, _, minute = word.partition(".")
    colon, digits = line.gap(end) == ":" and len(line.words[end]) == 2, len(word) == 4 and word.isdecimal()
    if colon:
        minute, end = line.words[end], end + 1
    elif digits:
        hour, minute = word[:2], word[2:]
    if not (hour.isdecimal() and len(hour) <= 2 and int(hour) < 24) or line.gap(end)[:1] in ("%", ":"):
        return None
    if minute and not (len(minute) == 2 and minute.isdecimal() and int(minute) < 60):
        return None
    plain = 1 <= int(hour) <= 12 and not digits
    half, end = _read_half(scene, end) if plain else ("", end)
    return _Hour(int(hour) * 60 + int(minute or 0), half, plain, colon, digits), end


def _read_half(scene: Scene, k: int) -> tuple[str, int]:
    """Return "a" or "p" for "a.m." and "p.m.", and the end; empty for none."""
    line, words = scene.line, scene.words
    if line.gap(k).strip():
        return "", k
    for half, forms in (("a", words.am), ("p", words.pm)):
        parted = line.words[k] == half and line.words[k + 1] == "m" and line.gap(k + 1) in (".", ". ")
        if parted or line.words[k] in forms:
            return half, k + 1 + parted
    return "", k


def build_hours(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "10:30 to 11 p.m. GMT", "from 14:30 to 16:00"."""
    first, last = match["first"], match["last"]
    if not match["link"] and scene.line.gap(match.place("last")[0]).strip() != "-":
        return None
    if last.half and first.plain:
        low, high = _minute(first, first.half or last.half), _minute(last, last.half)
        if not first.half and low > high:
            low = _minute(first, "a" if last.half == "p" else "p")
    elif first.colon and last.colon and match["link"] and scene.line.previous(match.start) in scene.words.before_clock:
        low, high = first.minute, last.minute
    else:
        return None
    return _build(scene, match, low, high + DAY * (high < low), ranged=True)


def build_clock(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "9 a.m.", "9 in the morning", "14:30" after "at" or before a zone, "1400" before a zone or "hours"."""
    line, hour = scene.line, match["first"]
    part = scene.calendar.parts.get(match["half"] or "")
    half = hour.half or (hour.plain and part and "ap"[part[1] >= DAY // 2])
    minute = _minute(hour, half) if half else hour.minute
    read = _build(scene, match, minute, minute)
    if hour.digits and line.next(read.end) in scene.words.hours:
        return attrs.evolve(read, end=read.end + 1)
    led = hour.colon and line.previous(match.start) in scene.words.before_clock
    return read if half or led or (read.value.zone and (hour.colon or hour.digits)) else None


def build_oclock(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "nine o'clock"."""
    hour = match["amount"]
    minute = int(hour.low) * 60
    return _build(scene, match, minute, minute) if 0 < hour.low == hour.high <= 24 else None


def _minute(hour: _Hour, half: str) -> int:
    return hour.minute % (DAY // 2) + (DAY // 2) * (half == "p")


def _build(scene: Scene, match: Match, first: int, last: int, *, ranged: bool = False) -> Read[Time]:
    """Build a time of the clock, with the zone that is said behind it."""
    line, end = scene.line, match.end
    zoned = line.words[end] in scene.words.zones and line.gap(end).strip() in ("", "(") and line.text(end).isupper()
    read = scene.build(match, Grain.CLOCK, clock=(first, last), zone=line.words[end] if zoned else "", ranged=ranged)
    return attrs.evolve(read, end=end + zoned)


def build_daypart(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "noon", "at dawn", "in the early hours", "overnight"."""
    line, words, clock = scene.line, scene.words, scene.calendar.parts.get(match["sure"] or match["part"])
    if clock is None or (line.is_capital(match.start) and match.start > 0):
        return None
    if match["part"]:
        k = match.start - (line.previous(match.start) in words.part_edges)
        k -= line.previous(k) in scene.numbers.words.the
        if line.previous(k) not in words.in_part:
            return None
    return scene.build(match, Grain.CLOCK, clock=clock)
