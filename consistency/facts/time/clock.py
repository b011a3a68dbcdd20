"""Readers of clock times and parts of the day."""

from __future__ import annotations

import attrs

from consistency.facts.patterns import Match, Read
from consistency.facts.time.scene import Scene
from consistency.facts.time.values import Grain, Minutes, Time

DAY = 1440  # minutes


@attrs.frozen
class _Hour:
    """An hour with its minutes and the half of the day that is said with it."""

    minute: int
    end: int
    half: str = ""
    plain: bool = True  # an hour of twelve


def read_clock(scene: Scene, k: int) -> tuple[Time, int] | None:
    """Read "9 a.m.", "10:30 to 11 p.m. GMT", "14:30" after "at", "1400 GMT", "nine o'clock"."""
    line, words = scene.line, scene.words
    if line.words[k + 1] in words.oclock and line.is_joined(k + 1):
        hour = scene.numbers.plain(line, k)
        return (_time(scene, int(hour) * 60, int(hour) * 60), k + 2) if 0 < hour <= 24 else None
    if not (first := _read_hour(scene, k)):
        return None
    last = _read_second(scene, k, first)
    if last and last.half:
        return _read_range(scene, first, last)
    if first.half:
        minute = _minute(first, first.half)
        return _with_zone(scene, _time(scene, minute, minute), first.end)
    return _read_full(scene, k, first, last)


def _read_hour(scene: Scene, k: int) -> _Hour | None:
    """Read "9", "9:30", "9.30", "0930" with the "a.m." behind it."""
    line, word, end = scene.line, scene.line.words[k], k + 1
    hour, _, minute = word.partition(".")
    if line.gap(end) == ":" and len(line.words[end]) == 2 and line.words[end].isdecimal():
        minute, end = line.words[end], end + 1
    elif len(word) == 4 and word.isdecimal():
        hour, minute = word[:2], word[2:]
    if not (hour.isdecimal() and len(hour) <= 2 and int(hour) < 24) or line.gap(end)[:1] in ("%", ":"):
        return None
    if minute and not (len(minute) == 2 and minute.isdecimal() and int(minute) < 60):
        return None
    at = int(hour) * 60 + int(minute or 0)
    half, after = _read_half(scene, end)
    plain = 1 <= int(hour) <= 12 and len(word) < 6 and not (len(word) == 4 and word.isdecimal())
    return _Hour(at, after if plain else end, half if plain else "", plain)


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


def _read_second(scene: Scene, k: int, first: _Hour) -> _Hour | None:
    """Read the second hour of a range; "and" needs "between" before it."""
    line, words, end = scene.line, scene.words, first.end
    if line.gap(end).strip() == "-":
        return _read_hour(scene, end)
    word = line.words[end]
    if word not in words.clock_links or line.gap(end).strip() or not line.is_digits(end + 1):
        return None
    return (
        None
        if word in scene.numbers.words.and_ and scene.previous(k) not in scene.numbers.words.between
        else _read_hour(scene, end + 1)
    )


def _read_range(scene: Scene, first: _Hour, last: _Hour) -> tuple[Time, int] | None:
    if not first.plain:
        return None
    start, stop = _minute(first, first.half or last.half), _minute(last, last.half)
    if not first.half and start > stop:
        start = _minute(first, "a" if last.half == "p" else "p")
    time = attrs.evolve(_time(scene, start, stop + DAY * (stop < start)), ranged=True)
    return _with_zone(scene, time, last.end)


def _read_full(scene: Scene, k: int, first: _Hour, last: _Hour | None) -> tuple[Time, int] | None:
    """Read an hour of twenty-four: "14:30" needs a word before or a zone behind it, "1400" a zone or "hours"."""
    line, words = scene.line, scene.words
    colon = first.end == k + 2 and line.gap(k + 1) == ":"
    if not colon and not (len(line.words[k]) == 4 and line.words[k].isdecimal()):
        return None
    if colon and last and line.gap(first.end).strip() != "-" and last.end > first.end + 2:
        stop = last.minute + DAY * (last.minute < first.minute)
        ranged = attrs.evolve(_time(scene, first.minute, stop), ranged=True)
        if scene.previous(k) in words.before_clock:
            return _with_zone(scene, ranged, last.end)
    time, end = _with_zone(scene, _time(scene, first.minute, first.minute), first.end)
    if time.zone or (colon and scene.previous(k) in words.before_clock):
        return time, end
    return (time, end + 1) if not colon and scene.next(end) in words.hours else None


def _minute(hour: _Hour, half: str) -> int:
    return hour.minute % (DAY // 2) + (DAY // 2) * (half == "p")


def _time(scene: Scene, first: int, last: int) -> Time:
    return Time(Grain.CLOCK, clock=(first, last), anchor=scene.anchor)


def _with_zone(scene: Scene, time: Time, k: int) -> tuple[Time, int]:
    zone = scene.line.words[k]
    there = zone in scene.words.zones and scene.line.gap(k).strip() in ("", "(") and scene.line.text(k).isupper()
    return (attrs.evolve(time, zone=zone), k + 1) if there else (time, k)


def build_clock(_: Scene, match: Match) -> Read[Time]:
    """Build what the slot has read."""
    return match.read(match["clock"])


def build_part(scene: Scene, match: Match) -> Read[Time] | None:
    """Build "noon", "at dawn", "in the early hours", "overnight"."""
    line, words, part = scene.line, scene.words, match["part"]
    if line.is_capital(match.start) and match.start > 0:
        return None
    licensed = part in words.sure_parts or (part in words.point_parts and scene.previous(match.start) in words.at_part)
    if not licensed:
        k = match.start - (scene.previous(match.start) in words.part_edges)
        k -= scene.previous(k) in scene.numbers.words.the
        if scene.previous(k) not in words.in_part:
            return None
    clock: Minutes = scene.calendar.parts[part]
    return match.read(_time(scene, *clock))
