"""Readers of times: each tries to read one sort at a place in a sentence, and the first that can wins.

:data:`_READERS` tells which readers a word leads to, so that patterns are tried at few places and the time spent stays
linear in the text.
"""

from __future__ import annotations

import calendar
import datetime
import math
import re
from collections.abc import Callable, Iterator, Sequence

import attrs

from consistency.facts.time import words
from consistency.facts.time.values import (
    SECONDS,
    Date,
    Duration,
    Grain,
    Minutes,
    MonthDay,
    Time,
    days_of,
    fit,
    last_of,
    place,
    slice_time,
)
from consistency.model import Span


@attrs.frozen
class Scene:
    """A sentence of an article: its place in the text, and the day that relative words count from.

    ``names`` are the months that are persons here ("Theresa May", "April Jones"), ``titled`` says that every word may
    have a capital letter.

    >>> Scene("He will leave on Friday.", 0, 24, None).tense(17, 23)
    1
    """

    text: str
    start: int
    end: int
    anchor: Date | None
    names: frozenset[str] = frozenset()
    titled: bool = False

    def match(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """Return the match of a pattern at a place, inside the sentence; ``None`` without one."""
        return pattern.match(self.text, position, self.end)

    def previous(self, position: int) -> str:
        """Return the folded word directly before a place, empty for none."""
        found = words.LAST_WORD.search(self.text, max(self.start, position - 24), position)
        return found[1].casefold() if found else ""

    def next(self, position: int) -> str:
        """Return the word directly after a place as it is written, empty for none."""
        found = self.match(words.NEXT_WORD, position)
        return found[1] if found else ""

    def tense(self, start: int, end: int) -> int:
        """Return -1 where the words around a time look back, 1 where they look ahead, 0 where none tells.

        The nearest cue before the time decides ("said on Monday that he will"), else the nearest one after it.
        """
        begin = max(self.start, start - 120)
        begin = max((clause.end() for clause in words.CLAUSE.finditer(self.text, begin, start)), default=begin)
        before = _fold_words(words.TENSE_WORD.findall(self.text, begin, start))
        for index in range(len(before) - 1, -1, -1):
            if cue := _cue(before[index], before[max(0, index - 3) : index]):
                return cue
        after = _fold_words(words.TENSE_WORD.findall(self.text, end, min(self.end, end + 120)))
        return next(
            (cue for index, word in enumerate(after) if (cue := _cue(word, after[max(0, index - 3) : index]))), 0
        )


def _fold_words(found: Sequence[str]) -> list[str]:
    return [word.casefold() if word != "May" else "" for word in found]


def _cue(word: str, before: Sequence[str]) -> int:
    if word in words.FUTURE:
        return 1
    if word in words.PAST or (word.endswith("ed") and len(word) > 3):
        return 1 if not words.MODALS.isdisjoint(before) else -1  # "will be held", "to be released"
    return 0


Read = tuple["Time | Duration", int, int]
Reader = Callable[[Scene, int], "Read | None"]


def _month_number(match: re.Match[str]) -> int:
    """Return the month that was matched, 0 where its case says that it is another word ("may", "march", "jan")."""
    word = match["month"].rstrip(".")
    plain = word.casefold()
    if word[0].isupper() or (len(plain) > 5 and plain not in ("march", "april", "august")) or plain == "july":
        return words.MONTHS[plain[:3]]
    return 0


def _stated_year(scene: Scene, match: re.Match[str]) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["which"] and scene.anchor:
        return scene.anchor.year + words.SHIFTS[match["which"].casefold()]
    return None


def _on(
    scene: Scene,
    match: re.Match[str],
    grain: Grain,
    first: MonthDay,
    last: MonthDay,
    year: int | None,
    ranged: bool = False,
) -> Read | None:
    """Return the time of a yearly interval, in a year that is stated or in the one that fits."""
    if year is not None:
        if not (days := place(first, last, year)):
            return None
        time = Time(grain, days[0], days[1], anchor=scene.anchor, absolute=True, ranged=ranged)
    elif not place(first, last, 2000):
        return None  # "February 30"
    else:
        weekday = words.WEEKDAYS.get((match.groupdict().get("weekday") or "")[:3].casefold())
        days = fit(first, last, scene.anchor, scene.tense(*match.span()), weekday) if scene.anchor else None
        start, end = days or (None, None)
        time = Time(grain, start, end, yearly=(first, last), anchor=scene.anchor, ranged=ranged)
    return time, *match.span()


def _read_numeric(scene: Scene, position: int) -> Read | None:
    if match := scene.match(words.ISO, position):
        stated = int(match["m"]), int(match["d"])
        return _on(scene, match, Grain.DAY, stated, stated, int(match["y"]))
    if match := scene.match(words.NINE_ELEVEN, position):
        return _on(scene, match, Grain.DAY, (9, 11), (9, 11), 2001)
    if not (match := scene.match(words.NUMERIC, position)):
        return None
    left, right, year = int(match["a"]), int(match["b"]), int(match["y"])
    if len(match["y"]) == 2:
        if match[2] != "/":
            return None  # a score, a version, a telephone number
        year += 2000 if year < 70 else 1900
    if match[2] != "." and left <= 12 and right <= 12 and left != right:
        return None  # day first or month first: it cannot be told
    day, month = (right, left) if match[2] != "." and left <= 12 else (left, right)
    if not (1 <= month <= 12 and 1000 <= year <= 2099):
        return None
    return _on(scene, match, Grain.DAY, (month, day), (month, day), year)


def _read_date(scene: Scene, position: int) -> Read | None:
    """Read "September 14", "Monday, Sept. 14, 2022", "14-16 September", "the 14th of March"."""
    for pattern in (words.DAY_MONTH,) if scene.text[position].isdigit() else (words.MONTH_DAY, words.DAY_MONTH):
        if not (match := scene.match(pattern, position)) or not (month := _month_number(match)):
            continue
        first, last = (int(re.sub(r"\D", "", match[name] or match["day"])) for name in ("day", "day2"))
        if last < first or (match["weekday"] and not match["weekday"][0].isupper()):
            continue
        return _on(scene, match, Grain.DAY, (month, first), (month, last), _stated_year(scene, match), first < last)
    if (match := scene.match(words.ORDINAL_MONTH, position)) and (month := _month_number(match)):
        ones, tens = match["ordinal"].casefold(), (match["tens"] or "").casefold()
        day = 30 if ones == "thirtieth" else words.ORDINALS.index(ones) + 1 + {"": 0, "twenty": 20, "thirty": 30}[tens]
        return _on(scene, match, Grain.DAY, (month, day), (month, day), _stated_year(scene, match))
    return None


def _read_month(scene: Scene, position: int) -> Read | None:
    """Read a month; one that is also a verb or a name needs a year or a word before it that is said of months."""
    if not (match := scene.match(words.MONTH_ONLY, position)) or not (month := _month_number(match)):
        return None
    word, following = scene.previous(position), scene.next(match.end())
    short = len(match["month"].rstrip(".")) < 4 and month != 5
    dated = match["year"] or match["which"]
    if not dated and (short or month in (3, 4, 5, 6, 8)):
        named = f"{match[0]} {following}" in scene.names  # "April Jones"
        adjective = word in ("the", "a") and following[:1].islower() and following not in words.PARTICLES
        licensed = word in words.BEFORE_MONTH or (word in words.BEFORE_NO_NAME and match["month"] not in scene.names)
        if not (adjective or (licensed and not named) or scene.match(words.TO_MONTH, match.end())):
            return None
    if short and not dated and not match["month"].endswith("."):
        return None
    return _on(scene, match, Grain.MONTH, (month, 1), last_of(month), _stated_year(scene, match))


def _is_year(scene: Scene, year: int, start: int, end: int) -> bool:
    word, following = scene.previous(start), scene.next(end)
    many = following.endswith("s") and (year % 100 == 0 or year < 1900)  # "2000 demonstrators"
    if many or (scene.match(words.COUNTED_NEXT, end) and word not in ("in", "since", "during")):
        return False
    if word in words.BEFORE_YEAR or words.PRIOR_TO.search(scene.text, max(scene.start, start - 12), start):
        return True
    if year < 1900:
        return False
    if word in words.DETERMINERS:
        return bool(following) or scene.text[end : end + 1] in ("-", "\u2010", "\u2011")
    bracketed = scene.text[start - 1 : start] == "(" and scene.text[end : end + 1] == ")"
    return bracketed or (start == scene.start and following in words.YEAR_VERBS)


def _read_year(scene: Scene, position: int) -> Read | None:
    match = scene.match(words.YEAR_ONLY, position) or scene.match(words.YEAR_PREFIXED, position)
    if not match:
        return None
    year = last = int(match["year"])
    if match.re is words.YEAR_ONLY:
        if not _is_year(scene, year, match.start(), match.end()):
            return None
        if match["last"]:
            last = int(match["year"][: 4 - len(match["last"])] + match["last"])
    return _years(scene, match, Grain.YEAR, year, last) if year <= last <= 2099 else None


def _years(scene: Scene, match: re.Match[str], grain: Grain, first: int, last: int) -> Read:
    ranged = grain is Grain.YEAR and first < last
    start, end = Date(max(first, 1), 1, 1), Date(last, 12, 31)
    return Time(grain, start, end, anchor=scene.anchor, absolute=True, ranged=ranged), *match.span()


def _read_decade(scene: Scene, position: int) -> Read | None:
    """Read "the 1990s", "the '90s", "the nineties", "the 1800s"; ages ("in his 60s") are no time."""
    match = scene.match(words.DECADE, position) or scene.match(words.DECADE_WORD, position)
    if not match:
        return None
    if match.re is words.DECADE and len(match["year"]) == 4:
        year = int(match["year"])
        grain, years = (Grain.CENTURY, 100) if year % 100 == 0 and year < 2000 else (Grain.DECADE, 10)
        return _years(scene, match, grain, year, year + years - 1)
    if not words.THE_DECADE.search(scene.text, max(scene.start, position - 16), position):
        return None
    tens = int(match["year"]) // 10 if match.re is words.DECADE else words.DECADES.index(match["ten"].casefold()) + 2
    return _years(scene, match, Grain.DECADE, 1900 + tens * 10, 1909 + tens * 10)


def _read_century(scene: Scene, position: int) -> Read | None:
    if not (match := scene.match(words.CENTURY, position)):
        return None
    if match["number"]:
        number = int(match["number"])
    else:
        word = match["word"].casefold()
        number = 21 if word.startswith("twenty-") else words.ORDINALS.index(word) + 1
    if match["bc"] or not 1 <= number <= 30:
        return Time(Grain.CENTURY, anchor=scene.anchor), *match.span()
    return _years(scene, match, Grain.CENTURY, number * 100 - 100, number * 100 - 1)


def _read_quarter(scene: Scene, position: int) -> Read | None:
    if not (match := scene.match(words.QUARTER, position)):
        return None
    month = 3 * words.QUARTERS[(match["number"] or match["word"])[:2].casefold()] - 2
    return _on(scene, match, Grain.QUARTER, (month, 1), last_of(month + 2), _stated_year(scene, match))


def _read_season(scene: Scene, position: int) -> Read | None:
    """Read "spring 2019", "the summer of 2014", "in the summer"; "fall" and "spring" need a year or a lone "in the"."""
    if not (match := scene.match(words.SEASON, position)):
        return None
    word, season = scene.previous(position), match["season"].casefold()
    if not (match["year"] or match["which"]):
        if word not in ("in", "the", "early", "late", "mid", "since", "until", "by", "during", "of"):
            return None
        if season in ("fall", "spring") and scene.next(match.end()) in ("in", "of", "from"):
            return None
        if word == "the" and not words.IN_THE.search(scene.text, max(scene.start, position - 16), position):
            return None
    return _on(scene, match, Grain.QUARTER, *_season_days(season), _stated_year(scene, match))


def _season_days(season: str) -> tuple[MonthDay, MonthDay]:
    month = words.SEASONS[season]
    return (month, 1), last_of((month + 1) % 12 + 1)


def _read_named(scene: Scene, position: int) -> Read | None:
    """Read a named day; feasts that move (Easter) stay words."""
    if not (match := scene.match(words.NAMED, position)) or not match[0][0].isupper():
        return None
    name = " ".join(match["name"].casefold().replace("\u2019", "'").split())
    alone = scene.previous(position) in words.AT and scene.next(match.end()) in words.FUNCTION_WORDS
    if name in words.FEASTS and not match["year"] and not alone:
        return None  # "Christmas tree"
    if name in words.FIXED_DAYS:
        day = words.FIXED_DAYS[name]
        return _on(scene, match, Grain.DAY, day, day, _stated_year(scene, match))
    return Time(Grain.DAY, anchor=scene.anchor), *match.span()


def _read_deictic(scene: Scene, position: int) -> Read | None:
    """Read "today", "tonight", "yesterday morning", "the day before yesterday"."""
    if not (match := scene.match(words.DEICTIC, position)):
        return None
    word = " ".join(match["day"].casefold().split())
    if match["day"][0].isupper() and not scene.titled and _inside_title(scene, match):
        return None
    shift = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}.get(word, 0)
    part = "night" if word == "tonight" else (match["part"] or "").casefold()
    return _relative(scene, match, "day", shift, words.PARTS.get(part))


def _inside_title(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a capital letter inside a sentence says that this is a name ("USA Today", "the Today programme")."""
    before = scene.text[max(scene.start, match.start() - 3) : match.start()].rstrip()[-1:]
    if before in words.QUOTES:
        return not words.QUOTES.isdisjoint(scene.text[match.end() : match.end() + 2])
    return before not in (*".:?!-\u2013\u2014", "")


def _relative(scene: Scene, match: re.Match[str], unit: str, shift: int, clock: Minutes | None = None) -> Read:
    """Return the calendar unit that is ``shift`` units away from the publication."""
    first, last = days_of(scene.anchor, unit, shift) if scene.anchor else (None, None)
    return Time(words.GRAINS[unit], first, last, clock, shift=shift, anchor=scene.anchor), *match.span()


def _read_relative(scene: Scene, position: int) -> Read | None:
    """Read "last week", "this morning", "next Friday", "last March", "this past weekend"."""
    if not (match := scene.match(words.RELATIVE, position)):
        return None
    shift = words.SHIFTS[match["which"].casefold()]
    middle = match[0].casefold().split()[1]
    shift = words.SHIFTS.get(middle, shift) if shift == 0 else shift
    if match["month"]:
        if not match["month"][0].isupper():
            return None
        month = words.MONTHS[match["month"].casefold()]
        return _nearby(scene, match, Grain.MONTH, (month, 1), last_of(month), shift)
    if match["part"]:
        return _read_part_of_day(scene, match, shift)
    if match["weekday"]:
        return _read_near_weekday(scene, match, shift)
    return _read_near_unit(scene, match, shift)


def _read_near_unit(scene: Scene, match: re.Match[str], shift: int) -> Read | None:
    unit = match["unit"].casefold()
    if match["unit"].istitle() and not scene.titled:
        return None  # "This Week" is a programme
    if unit == "weekend":
        return _weekend(scene, match, shift)
    if unit in words.SEASONS:
        verb = unit in ("fall", "spring") and scene.next(match.end()) in ("in", "of", "from")
        return None if verb else _nearby(scene, match, Grain.QUARTER, *_season_days(unit), shift)
    if scene.previous(match.start()) == "the":
        return None  # "over the last week" is a length
    return _relative(scene, match, unit, shift)


def _read_part_of_day(scene: Scene, match: re.Match[str], shift: int) -> Read | None:
    part = match["part"].casefold()
    if match["which"].casefold() not in ("last", "this") or (shift < 0 and part not in ("night", "evening")):
        return None
    return _relative(scene, match, "day", shift, words.PARTS[part])


def _read_near_weekday(scene: Scene, match: re.Match[str], shift: int) -> Read | None:
    if not match["weekday"][0].isupper():
        return None
    weekday, days = words.WEEKDAYS[match["weekday"][:3].casefold()], None
    if scene.anchor:
        gap = weekday - scene.anchor.weekday()
        days = scene.anchor + datetime.timedelta({-1: -((-gap) % 7 or 7), 0: gap, 1: gap % 7 or 7}[shift])
    clock = words.PARTS.get((match["part2"] or "").casefold())
    return Time(Grain.DAY, days, days, clock, weekday=weekday, shift=shift or None, anchor=scene.anchor), *match.span()


def _nearby(scene: Scene, match: re.Match[str], grain: Grain, first: MonthDay, last: MonthDay, shift: int) -> Read:
    """Return the last, this year's or the next month or season of a name."""
    days = None
    if scene.anchor:
        years = range(scene.anchor.year - 2, scene.anchor.year + 2)
        near = [days for year in years if (days := place(first, last, year))]
        if shift:
            days = (
                max(d for d in near if d[1] < scene.anchor)
                if shift < 0
                else min(d for d in near if d[0] > scene.anchor)
            )
        else:  # the winter that is on began last year
            days = next((d for d in near if d[0] <= scene.anchor <= d[1]), place(first, last, scene.anchor.year))
    start, end = days or (None, None)
    return Time(grain, start, end, yearly=(first, last), shift=shift, anchor=scene.anchor), *match.span()


def _weekend(scene: Scene, match: re.Match[str], shift: int) -> Read:
    if not scene.anchor:
        return Time(Grain.DAY), *match.span()
    saturday = scene.anchor + datetime.timedelta(5 - scene.anchor.weekday())
    if shift > 0 or (shift < 0 and saturday + datetime.timedelta(1) >= scene.anchor):
        saturday += datetime.timedelta(7 * shift)
    return Time(Grain.DAY, saturday, saturday + datetime.timedelta(1), anchor=scene.anchor), *match.span()


def _read_weekend(scene: Scene, position: int) -> Read | None:
    if not (match := scene.match(words.WEEKEND, position)) or scene.previous(position) != "the":
        return None
    return _weekend(scene, match, 0 if scene.tense(*match.span()) > 0 else -1)


def _read_before_last(scene: Scene, position: int) -> Read | None:
    match = scene.match(words.BEFORE_LAST, position)
    return _relative(scene, match, match["unit"].casefold(), -2) if match else None


def _read_weekday(scene: Scene, position: int) -> Read | None:
    """Read "Friday", "Friday afternoon", "Friday last week"; the nearest one on the side that the tense names."""
    if not (match := scene.match(words.WEEKDAY_ONLY, position)):
        return None
    if not match[0][0].isupper() and match["every"]:
        return None
    if scene.previous(position) in words.NOT_WEEKDAY_AFTER or scene.next(match.end()) in words.NOT_WEEKDAY_BEFORE:
        return None
    weekday, clock = words.WEEKDAYS[match["weekday"][:3].casefold()], words.PARTS.get((match["part"] or "").casefold())
    time = Time(Grain.DAY, clock=clock, weekday=weekday, anchor=scene.anchor)
    if scene.anchor and match["which"]:
        monday, _ = days_of(scene.anchor, "week", words.SHIFTS[match["which"].casefold()])
        day = monday + datetime.timedelta(weekday)
        time = attrs.evolve(time, first=day, last=day, weekday=None)
    elif scene.anchor and not match["every"] and scene.previous(position) not in ("every", "each"):
        gap = (weekday - scene.anchor.weekday()) % 7
        day = scene.anchor + datetime.timedelta(gap if scene.tense(*match.span()) > 0 or not gap else gap - 7)
        time = attrs.evolve(time, first=day, last=day)
    return time, *match.span()


def _read_neighbour(scene: Scene, position: int) -> Read | None:
    """Read "the next day", "the previous week", "the same month": one unit from something that is told."""
    match = scene.match(words.NEIGHBOUR, position)
    if not match or scene.previous(position) != "the":
        return None
    which, unit = match["which"].casefold(), match["unit"].casefold()
    if which == "next" and unit != "day":
        return None  # "the next week" is a length
    seconds = SECONDS[unit] if which != "same" else 0
    return Duration(seconds, seconds, unit, words.SIDES[which]), *match.span()


def _read_day_before(scene: Scene, position: int) -> Read | None:
    """Read "the day after", "a week earlier"."""
    match = scene.match(words.DAY_BEFORE, position)
    if not match or scene.previous(position) != "the":
        return None
    unit = match["unit"].casefold()
    return Duration(SECONDS[unit], SECONDS[unit], unit, words.SIDES[match["side"].casefold()]), *match.span()


def _minute(text: str, half: str) -> int:
    hour, _, minute = text.replace(".", ":").partition(":")
    return (int(hour) % 12 + 12 * (half[0] in "pP")) * 60 + int(minute or 0)


def _read_clock(scene: Scene, position: int) -> Read | None:
    """Read "9 a.m.", "10:30 to 11 p.m. GMT", "14:30" after "at", "1400 GMT", "nine o'clock"."""
    if (match := scene.match(words.CLOCK, position)) and _is_hour(match["to"]):
        last = first = _minute(match["to"], match["ap2"])
        if match["from"]:
            if re.search(r"\band\b", match[0], re.I) and scene.previous(position) != "between":
                return None
            first = _minute(match["from"], match["ap1"] or match["ap2"])
            if not match["ap1"] and first > last:
                first = _minute(match["from"], "a" if match["ap2"][0] in "pP" else "p")
            last += 1440 * (last < first)
        return _clock(scene, match, (first, last))
    match = scene.match(words.CLOCK_24, position)
    if match and not (match["zone"] or scene.previous(position) in words.BEFORE_CLOCK):
        match = None  # a score, a running time
    if match := match or scene.match(words.CLOCK_MILITARY, position):
        minute = int(match["hour"]) * 60 + int(match["minute"])
        return _clock(scene, match, (minute, minute))
    if match := scene.match(words.OCLOCK, position):
        word = match["hour"].casefold()
        hour = int(word) if word.isdigit() else words.SMALL.index(word) + 1
        return _clock(scene, match, (hour * 60, hour * 60)) if hour <= 24 else None
    return None


def _is_hour(text: str) -> bool:
    return 1 <= int(re.split("[.:]", text)[0]) <= 12


def _clock(scene: Scene, match: re.Match[str], clock: Minutes) -> Read:
    zone = (match.groupdict().get("zone") or "").casefold()
    return Time(Grain.CLOCK, clock=clock, zone=zone, anchor=scene.anchor), *match.span()


def _read_daypart(scene: Scene, position: int) -> Read | None:
    """Read "noon", "at dawn", "in the early hours", "overnight"."""
    match = scene.match(words.PART_OF_DAY, position)
    if not match or (match[0][0].isupper() and position != scene.start) or not _ends_word(scene.text, match.end()):
        return None
    word = " ".join(match[0].casefold().split())
    if word in ("dawn", "dusk", "night"):
        licensed = scene.previous(position) in ("at", "before", "since", "by", "until", "after")
    else:
        licensed = word in ("noon", "midday", "midnight", "overnight")
    if not licensed and not words.IN_A_PART.search(scene.text, max(scene.start, position - 24), position):
        return None
    return _clock(scene, match, words.PARTS[word])


def _ends_word(text: str, position: int) -> bool:
    return not text[position : position + 1].isalnum()


def _amount(text: str) -> tuple[float, float]:
    plain = " ".join(text.casefold().replace("\u2010", "-").replace("\u2011", "-").replace("-", " ").split())
    if plain[0].isdigit():
        number = float(plain.replace(",", ""))
        return number, number
    if plain in words.AMOUNTS:
        return words.AMOUNTS[plain]
    found = [words.AMOUNTS[word] for word in plain.split() if word in words.AMOUNTS and word not in ("a", "an")]
    if not found:
        return 1, 1
    return sum(low for low, _ in found), sum(high for _, high in found)


def _bounded(low: float, high: float, bound: str, scope: str) -> tuple[float, float, bool]:
    """Return the interval that a bound makes of a length, and whether it is a rounding."""
    if bound in words.LOWER_BOUNDS or scope in ("more", "longer"):
        return low, math.inf, False
    if bound in words.UPPER_BOUNDS or scope == "less":
        return 0, high, False
    if bound in words.BELOW:
        return low * 0.9, high, True
    if bound in words.ABOVE:
        return low, high * 1.1, True
    if bound or scope == "so":
        return low * 0.9, high * 1.1, True
    return low, high, False


def _read_duration(scene: Scene, position: int) -> Read | None:
    """Read a length ("for three weeks", "a two-year ban") or what it leads to ("two days ago", "in three weeks")."""
    match = scene.match(words.DURATION, position)
    if not match or match["age"] or not _is_length(scene, match):
        return None
    start, bound = match.start(), " ".join((match["bound"] or "").casefold().split())
    if bound in ("over", "under", "some") and scene.previous(start) not in words.LENGTH_AFTER and not match["tail"]:
        return None  # "over three days" runs through them; the number is read on its own
    unit = _unit(match["unit"])
    low, high = _amount(match["high"])
    if match["low"]:
        low = _amount(match["low"])[0]
    if match["half"] or match["half2"]:
        low, high = low + 0.5, high + 0.5
    if low > high:
        return None
    tail = " ".join((match["tail"] or "").casefold().split())
    end = match.end() - (scene.text[match.end() - 1] in words.QUOTES)  # "two weeks' notice"
    ahead = scene.previous(start) == "in" and scene.tense(start, end) > 0
    if tail in ("ago", "back", "from now", "time") or (not tail and ahead and not bound):
        return _away(scene, low, high, unit, -1 if tail in ("ago", "back") else 1, bound), start, end
    if match["long"] and match["high"].casefold() in ("a", "an"):
        start = match.start("unit")
    low, high, rough = _bounded(low, high, bound, (match["open"] or "").casefold())
    side = words.SIDES.get(tail, "") if scene.previous(start) != "for" else ""
    return Duration(low * SECONDS[unit], high * SECONDS[unit], unit, side, rough), start, end


def _unit(word: str) -> str:
    plain = word.casefold()
    return "century" if plain.startswith("centur") else plain


def _is_length(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a number with a unit is a length: "once a day", "one day he will" and "a second try" are none."""
    amount, unit = match["high"].casefold(), match["unit"].casefold()
    word = scene.previous(match.start())
    if word in ("aged", "age", "ages"):
        return False
    if unit == "second" and not match["plural"] and not amount.isdigit():
        return False
    if match["tail"] == "time" and "'" not in match[0] and "\u2019" not in match[0]:
        return False
    plain = amount in ("a", "an") or (amount == "one" and unit == "day" and not match["long"])
    if plain and not (match["tail"] or match["bound"] or match["long"] or match["half2"] or match["low"]):
        return word in words.A_UNIT_AFTER or (
            amount == "one" and match[0][len(amount) + (match.start("high") - match.start())] == "-"
        )
    return True


def _away(scene: Scene, low: float, high: float, unit: str, sign: int, bound: str) -> Time:
    """Return the time that lies so many units before (-1) or after (1) the publication."""
    if math.isinf(high):
        return Time(words.GRAINS[unit], anchor=scene.anchor)
    while unit in words.SMALLER and (unit in words.ALWAYS_SMALLER or low % 1 or high % 1):
        unit, factor = words.SMALLER[unit]
        low, high = low * factor, high * factor
    grain = words.GRAINS[unit]
    if bound in words.LOWER_BOUNDS or bound in words.UPPER_BOUNDS:
        return Time(grain, anchor=scene.anchor)
    first, last = sorted(sign * round(amount) for amount in (low, high))
    shift = first if first == last else None
    if not scene.anchor or max(-first, last) * grain.value > 300_000:
        return Time(grain, shift=shift, anchor=scene.anchor)
    start, end = days_of(scene.anchor, unit, first)[0], days_of(scene.anchor, unit, last)[1]
    if grain is Grain.WEEK:  # a number of weeks counts from the day, within half a week
        start = scene.anchor + datetime.timedelta(7 * first - 3)
        end = scene.anchor + datetime.timedelta(7 * last + 3)
    return Time(grain, start, end, shift=shift, anchor=scene.anchor)


def _read_sided(scene: Scene, position: int) -> Read | None:
    """Read "the past three weeks", "the next few days", "the last year": lengths up to or from the publication."""
    if not (match := scene.match(words.SIDE, position)) or scene.previous(position) in words.MODALS:
        return None  # "will last two days"
    side = "coming" if match["which"].casefold() in ("next", "coming", "following") else "past"
    length = _read_duration(scene, match.end()) if scene.previous(match.end()) else None
    if length and isinstance(length[0], Duration) and not length[0].side:
        return attrs.evolve(length[0], side=side), position, length[2]
    if (bare := scene.match(words.BARE, match.end())) and not bare["tail"] and not bare["which"]:
        seconds = SECONDS[_unit(bare["unit"])]
        return Duration(2 * seconds, math.inf, _unit(bare["unit"]), side), position, bare.end()
    one = scene.match(words.ONE_UNIT, match.end())
    if not one or scene.previous(position) != "the" or one["unit"].casefold() == "quarter":
        return None
    if one["unit"].casefold() == "day" and match["which"].casefold() not in ("past", "coming"):
        return None
    unit = _unit(one["unit"])
    return Duration(SECONDS[unit], SECONDS[unit], unit, side), position, one.end()


def _read_bare(scene: Scene, position: int) -> Read | None:
    """Read lengths without a number: "for weeks", "hours before", "years-long", "in recent months"."""
    if not (match := scene.match(words.BARE, position)):
        return None
    which, tail, unit = (match["which"] or "").casefold(), (match["tail"] or "").casefold(), _unit(match["unit"])
    if not (which or tail or match["long"]) and scene.previous(position) not in ("for", "in", "within", "after"):
        return None
    if tail == "ago":
        return Time(words.GRAINS[unit], anchor=scene.anchor), *match.span()
    side = words.SIDES.get(tail, "") or {"recent": "past", "coming": "coming"}.get(which, "")
    return Duration(2 * SECONDS[unit], math.inf, unit, side), *match.span()


def _read_long(scene: Scene, position: int) -> Read | None:
    """Read "weeklong", "year-long"."""
    if not (match := scene.match(words.LONG, position)):
        return None
    unit = _unit(match["unit"])
    return Duration(SECONDS[unit], SECONDS[unit], unit), *match.span()


def _read_modified(scene: Scene, position: int) -> Read | None:
    """Read a time with a word that cuts a part out of it: "late August", "earlier this week", "end of 2014"."""
    if not (match := scene.match(words.MODIFIER, position)):
        return None
    inner = _read_core(scene, match.end(), modified=True)
    if not inner and (match["inner"] or match["inner2"] or match["inner3"]):
        inner = _read_this_unit(scene, match.end())
    if not inner:
        return None
    time, start, end = inner
    if not isinstance(time, Time) or time.grain is Grain.CLOCK:
        return None
    if match["shifted"]:
        part = _up_to_now(time, match["shifted"].casefold())
        return (time, start, end) if part is time else (part, position, end)
    if match["daypart"]:
        day_part = words.PARTS[" ".join(match["daypart"].casefold().split())]
        return (attrs.evolve(time, clock=day_part), position, end) if time.grain is Grain.DAY else None
    cut = slice_time(time, _part(match))
    return (cut, position, end) if cut else None


def _part(match: re.Match[str]) -> str:
    if match["lastdays"]:
        return "last"
    if match["nth"]:
        nth = match["nth"].casefold()
        return "last" if nth in ("last", "final") else str(words.ORDINALS.index(nth) + 1)
    word = (match["slice"] or match["half"] or match["edge"].split()[0]).casefold()
    return {"beginning": "early", "start": "early", "middle": "mid", "end": "late", "latter": "late"}.get(word, word)


def _up_to_now(time: Time, word: str) -> Time:
    """Return what of "this month" lies before ("earlier") or after ("later") the publication."""
    if time.shift != 0 or time.grain is Grain.DAY:
        return time
    if not (time.first and time.last and time.anchor):
        return attrs.evolve(time, shift=None)
    if word == "earlier":
        return attrs.evolve(time, last=min(time.last, time.anchor), shift=None)
    return attrs.evolve(time, first=max(time.first, time.anchor), shift=None)


def _read_this_unit(scene: Scene, position: int) -> Read | None:
    match = scene.match(words.THIS_UNIT, position)
    return _relative(scene, match, match["unit"].casefold(), 0) if match else None


def _read_core(scene: Scene, position: int, modified: bool = False) -> Read | None:
    token = scene.match(words.TOKEN, position)
    readers = _READERS.get(_DIGITS if token.lastindex else token[0], ()) if token else ()
    return _try(scene, position, [reader for reader in readers if not (modified and reader is _read_modified)])


def _try(scene: Scene, position: int, readers: Sequence[Reader]) -> Read | None:
    for reader in readers:
        if found := reader(scene, position):
            return found
    return None


def _read_range(scene: Scene, left: Read) -> Read:
    """Return the range that starts with a time ("March 3 to March 5"), or the time itself."""
    time, start, end = left
    if not isinstance(time, Time) or time.grain is Grain.CLOCK or time.ranged or time.clock:
        return left
    link = scene.match(words.CONNECTOR, end)
    if not link or (link["word"] and not _joins(scene, link["word"].casefold(), start)):
        return left
    year = scene.match(words.YEAR_ONLY, link.end()) if time.grain is Grain.YEAR else None
    if year and not year["last"]:
        right: Read | None = _years(scene, year, Grain.YEAR, int(year["year"]), int(year["year"]))
    else:
        right = _read_core(scene, link.end())
    if (
        not right
        or not isinstance(right[0], Time)
        or right[0].grain is not time.grain
        or right[0].clock
        or right[0].ranged
    ):
        return left
    joined = _joined(time, right[0])
    return (joined, start, right[2]) if joined else left


def _joins(scene: Scene, word: str, start: int) -> bool:
    if word == "and":
        return scene.previous(start) == "between"
    return word != "to" or not words.MOVES.search(scene.text, max(scene.start, start - 60), start)


def _joined(left: Time, right: Time) -> Time | None:
    """Return the range from one time to another; a year that only the second one says holds for both."""
    first, last = left.first, right.last
    if left.yearly and right.absolute and right.last:
        days = place(*left.yearly, right.last.year)
        if days and days[0] > right.last:
            days = place(*left.yearly, right.last.year - 1)
        first = days[0] if days else None
    elif left.yearly and right.yearly and first:
        first, last = place(left.yearly[0], right.yearly[1], first.year) or (None, None)
    elif left.weekday is not None and right.weekday is not None and first:
        last = first + datetime.timedelta((right.weekday - left.weekday) % 7)
    if (first is None) != (last is None) or (first and last and first > last):
        return None
    yearly = (left.yearly[0], right.yearly[1]) if left.yearly and right.yearly else None
    absolute = right.absolute and (left.absolute or left.yearly is not None)
    return Time(left.grain, first, last, yearly=yearly, anchor=left.anchor, absolute=absolute, ranged=True)


_DIGITS = "0"  # what stands for all numbers in digits


def _table(without: Reader | None = None) -> dict[str, tuple[Reader, ...]]:
    """Return which readers a word leads to, as it is written in lower case, with a capital letter or in capitals."""
    numeric = _read_numeric, _read_clock, _read_date, _read_century
    amounts = "a an half couple few several many good dozen dozens hundreds thousands"
    bounds = " ".join({bound.split()[0] for bound in words.BOUNDS})
    feasts = " ".join({re.split("[' ]", name)[0].rstrip(".") for name in (*words.FIXED_DAYS, *words.MOVING_DAYS)})
    rows: tuple[tuple[str, tuple[Reader, ...]], ...] = (
        (_DIGITS, (*numeric, _read_decade, _read_quarter, _read_duration, _read_year)),
        (" ".join(words.MONTHS), (_read_named, _read_date, _read_month)),
        (" ".join(day.lower() for day in calendar.day_name), (_read_date, _read_weekday)),
        ("mon tue tues wed thu thur thurs fri sat sun", (_read_date,)),
        ("early late mid beginning start middle end earlier later latter final closing", (_read_modified,)),
        ("last", (_read_modified, _read_sided, _read_relative)),
        ("next previous following preceding same", (_read_neighbour, _read_sided, _read_relative)),
        ("past coming", (_read_sided, _read_relative, _read_bare)),
        ("this current", (_read_relative,)),
        ("morning afternoon evening night early", (_read_modified, _read_daypart)),
        ("dawn dusk noon midday midnight overnight", (_read_daypart,)),
        ("today tonight yesterday tomorrow", (_read_deictic,)),
        ("day", (_read_deictic, _read_day_before, _read_long)),
        ("week month year", (_read_before_last, _read_day_before, _read_long)),
        ("year fiscal fy", (_read_year,)),
        ("decade century daylong weeklong monthlong yearlong decadelong", (_read_long,)),
        ("seconds minutes hours days weeks months years decades centuries recent", (_read_bare,)),
        (" ".join(words.ORDINALS), (_read_named, _read_modified, _read_century, _read_quarter, _read_date)),
        ("twenty thirty thirtieth", (_read_century, _read_date)),
        ("q", (_read_quarter,)),
        (" ".join(f"{tens}ies" for tens in words.DECADES), (_read_decade,)),
        ("spring summer autumn fall winter", (_read_season,)),
        ("weekend", (_read_weekend,)),
        (" ".join(words.SMALL[:12]), (_read_clock,)),
        (" ".join((*words.SMALL, *words.TENS, amounts, bounds)), (_read_duration,)),
        (feasts, (_read_named,)),
    )
    table: dict[str, tuple[Reader, ...]] = {}
    for keys, readers in rows:
        for key in keys.split():
            for form in {key, key.capitalize(), key.upper()}:
                known = table.get(form, ())
                table[form] = (*known, *(reader for reader in readers if reader not in (*known, without)))
    return {key: readers for key, readers in table.items() if readers}


_READERS = _table()
_READERS_OF_NO_LENGTH = _table(without=_read_duration)


def scan(scene: Scene, position: int) -> Iterator[tuple[Span, Time | Duration]]:
    """Yield what is read in a scene from left to right; nothing overlaps.

    >>> [(span.start, str(time)) for span, time in scan(Scene("From 9 a.m. to noon", 0, 19, None), 0)]
    [(5, '09:00'), (15, '12:00')]
    """
    folded = scene.text[position : scene.end].lower()
    table = _READERS if any(map(folded.__contains__, words.UNITS)) else _READERS_OF_NO_LENGTH
    for token in words.TOKEN.finditer(scene.text, position, scene.end):
        readers = table.get(_DIGITS if token.lastindex else token[0])
        if not readers or (start := token.start()) < position:
            continue
        if token.lastindex and scene.text[start - 1 : start] in words.GLUED:
            continue  # COVID-19, $5, 1.5
        if found := _try(scene, start, readers):
            value, start, position = _read_range(scene, found)
            yield Span(start, position), value
