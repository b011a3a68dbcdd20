"""Readers of days, months, seasons, quarters, years, decades and centuries."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

import attrs

from consistency.facts.numbers import is_year
from consistency.facts.patterns import Match, Read
from consistency.facts.time.scene import Scene
from consistency.facts.time.values import (
    GRAINS,
    Date,
    Days,
    Grain,
    Time,
    Yearly,
    days_of,
    fit,
    place,
    place_around,
    span_months,
)

TimeRead = Read[Time]
_WEEKEND = 5, 6
_YEARLY = {
    -1: (1500, 2),
    0: (1500, 31),
    1: (31, 1500),
}  # days behind and ahead that a tense lets a day of some year lie
_CENTURY_OF = {True: 2000, False: 1900}  # of a year in two digits, below 70 or not
_LEAST = 100  # the other end of a range of numbers that may be years
_ROUND = 50  # years that both are multiples of it are rather numbers, where something is counted


# -- slots ---------------------------------------------------------------------------------------------------------


def read_numeric(scene: Scene, k: int) -> tuple[tuple[int, int, int], int] | None:
    """Read "2022-09-14", "9/14/2022", "14.09.2022", "14-Sep-22", "9/11" as year, month and day."""
    line = scene.line
    parts, mark, end = line.words[k].split("."), ".", k + 1
    if len(parts) != 3:
        parts, mark, end = line.words[k : k + 3], line.gap(k + 1), k + 3
        if mark == "/" and parts[:2] == ["9", "11"] and line.gap(k + 2) != "/":
            return (2001, 9, 11), k + 2
        free = end >= line.size or line.gap(end) not in ("", "-", "/")
        if mark not in ("-", "/") or line.gap(k + 2) != mark or not free:
            return None
    date = _order(parts, scene.calendar.months.get(parts[1]), mark)
    return (date, end) if date else None


def _order(parts: Sequence[str], month: int | None, mark: str) -> tuple[int, int, int] | None:
    """Return year, month and day of three parts; ``None`` where they cannot be told, or are a score or a number."""
    first, second, third = parts
    if not (first.isdecimal() and third.isdecimal() and (month or (second.isdecimal() and len(second) < 3))):
        return None
    if len(first) == 4 and not month and len(third) < 3:
        return int(first), int(second), int(third)
    if len(first) > 2 or len(third) not in (2, 4) or (len(third) == 2 and mark != "/" and not month):
        return None
    year = int(third) + (_CENTURY_OF[int(third) < 70] if len(third) == 2 else 0)
    if month or mark == ".":
        return year, month or int(second), int(first)
    left, right = int(first), int(second)
    if left <= 12 and right <= 12 and left != right:
        return None
    return (year, left, right) if left <= 12 else (year, right, left)


def _read_day(scene: Scene, k: int) -> tuple[int, int] | None:
    line, word = scene.line, scene.line.words[k]
    if len(word) > 2 or not word.isdecimal() or not line.is_digits(k) or not 1 <= int(word) <= 31:
        return None
    if read := scene.numbers.read_ordinal(line, k):
        return read
    gap = line.gap(k + 1)
    if gap[:1] == "%" or (k + 1 < line.size and (gap == "" or (gap in (":", "/") and line.is_digits(k + 1)))):
        return None
    return int(word), k + 1


def read_days(scene: Scene, k: int) -> tuple[tuple[int, int], int] | None:
    """Read "14", "14th", "15-16", "15, 16 and 17" as the first and the last day."""
    if not (first := _read_day(scene, k)):
        return None
    line, end = scene.line, first[1]
    for _ in range(4):
        if line.gap(end) != ", " or not (day := _read_day(scene, end)):
            break
        end = day[1]
    hyphen = line.gap(end).strip() == "-"
    linked = line.words[end] in scene.calendar.names.day_links and line.is_joined(end)
    last = _read_day(scene, end + (not hyphen)) if hyphen or linked else None
    if last and last[0] > first[0] and line.next(last[1]) not in scene.words.counted:
        return (first[0], last[0]), last[1]
    return (first[0], first[0]), first[1]


def read_month(scene: Scene, k: int) -> tuple[int, int] | None:
    """Read a month; one that has no capital letter must be no other word ("may", "march", "jan")."""
    word, calendar = scene.line.words[k], scene.calendar
    sure = scene.line.is_capital(k) or word in calendar.names.small_months
    return (calendar.months[word], k + 1) if sure and word in calendar.months else None


def read_nth(scene: Scene, k: int) -> tuple[int, int] | None:
    """Read an ordinal in words or in digits."""
    return scene.numbers.read_ordinal(scene.line, k)


def read_spelled(scene: Scene, k: int) -> tuple[int, int] | None:
    """Read the day of a month in words, where nothing is counted by it: "on April three"."""
    numbers = scene.numbers
    if scene.line.is_digits(k) or not (number := numbers.read(scene.line, k)):
        return None
    whole = number.low == number.high == int(number.low) and 1 <= number.low <= 31
    free = whole and not scene.calendar.nouns.read(scene.line, number.end)[0]
    return (int(number.low), number.end) if free and number.end == k + 1 + (number.low > 20) else None


def read_year(scene: Scene, k: int) -> tuple[int | None, int] | None:
    """Read the year behind a date: "2019", "of 2019", "last year", which is ``None`` where no day of publication is."""
    line, words = scene.line, scene.words
    k += line.words[k] in scene.numbers.words.of
    word = line.words[k]
    if _is_year_word(scene, k) and line.next(k + 1) not in words.counted:
        return int(word), k + 1
    year = scene.calendar.units.get(line.words[k + 1]) == ("year", False) and line.is_joined(k + 1)
    if not year or word not in words.shifts:
        return None
    return (scene.anchor.year + words.shifts[word] if scene.anchor else None), k + 2


def _is_year_word(scene: Scene, k: int) -> bool:
    line, gap = scene.line, scene.line.gap(k + 1)
    return is_year(line.words[k]) and line.is_digits(k) and gap[:1] != "%" and (gap != "" or k + 1 >= line.size)


def read_years(scene: Scene, k: int) -> tuple[tuple[int, int], int] | None:
    """Read "2014", "2010-14", "2010/1", "2010/2014" as the first and the last year."""
    line = scene.line
    if not _is_year_word(scene, k):
        return None
    word, after = line.words[k], line.words[k + 1]
    least = 1 if line.gap(k + 1) == "/" else 2
    if line.gap(k + 1) in ("-", "/") and after.isdecimal() and (least <= len(after) < 3 or is_year(after)):
        free = k + 2 >= line.size or line.gap(k + 2)[:1] not in ("", "%", "-", "/")
        last = int(word[: 4 - len(after)] + after)
        if free:
            return ((int(word), last), k + 2) if int(word) <= last <= 2099 else None
    return (int(word), int(word)), k + 1


def read_short_year(scene: Scene, k: int) -> tuple[tuple[int, int], int] | None:
    """Read a year in two digits."""
    word = scene.line.words[k]
    return ((2000 + int(word),) * 2, k + 1) if len(word) == 2 and word.isdecimal() else None


def read_decade(scene: Scene, k: int) -> tuple[int, int] | None:
    """Read the number of "1990s", "80s"."""
    read = scene.numbers.read_tens(scene.line, k)
    return read if read and (20 <= read[0] < 100 or 1100 <= read[0] < 2100) else None


def read_day_nth(scene: Scene, k: int) -> tuple[int, int] | None:
    """Read the day of a month alone: "on the 12th"."""
    line = scene.line
    day = scene.numbers.read_ordinal(line, k)
    if not day or not line.is_digits(k) or not 1 <= day[0] <= 31 or line.words[k - 2] not in scene.words.day_on:
        return None
    followed = line.gap(day[1]).strip() == "" and line.next(day[1]) not in {"", *scene.words.function_words}
    return None if followed or line.gap(day[1]).startswith(("-", "'")) else day


def read_feast(scene: Scene, k: int) -> tuple[str, int] | None:
    """Read the name of a feast."""
    line, calendar = scene.line, scene.calendar
    if not line.is_capital(k):
        return None
    for size in (4, 3, 2, 1):
        name, gaps = " ".join(line.words[k : k + size]), map(line.gap, range(k + 1, k + size))
        if name in calendar.feasts and all(gap.strip() in ("", "'s", "-", ".") for gap in gaps):
            return name, k + size
    return None


# -- builders ------------------------------------------------------------------------------------------------------


def on(scene: Scene, match: Match, grain: Grain, yearly: Yearly, year: int | None = None) -> TimeRead | None:
    """Build the time of a yearly interval, in the year that is stated or in the one that fits."""
    ranged = grain is Grain.DAY and yearly[0] != yearly[1]
    if year := year or match["year"]:
        days = place(yearly, year)
        return scene.build(match, grain, days, absolute=True, ranged=ranged) if days else None
    if not place(yearly, 2000):
        return None  # "February 30"
    return scene.build(match, grain, _fit_year(scene, match, yearly), yearly=yearly, ranged=ranged)


def _fit_year(scene: Scene, match: Match, yearly: Yearly) -> Days | None:
    """Return the fit of a yearly interval that is nearest to the anchor on the side that the tense names.

    News tells more of the past: without a cue, what is more than a month ahead is last year's. A text may be dated some
    days from what it tells, so a cue is not followed blindly. The day of the week, where it is said, comes before both.
    """
    spans, weekday = place_around(yearly, scene.anchor), match["wd"]
    spans = [days for days in spans if days[0].weekday() == weekday] or spans
    return fit(spans, scene.anchor, *_YEARLY[scene.tense(match.start, match.end)])


def build_numeric(scene: Scene, match: Match) -> TimeRead | None:
    """Build a date in digits."""
    year, month, day = match["numeric"]
    return on(scene, match, Grain.DAY, ((month, day), (month, day)), year) if 1000 <= year <= 2099 else None


def build_date(scene: Scene, match: Match) -> TimeRead | None:
    """Build "September 14", "Monday, Sept. 14, 2022", "14-16 September", "the 14th of March", "April three"."""
    day, month = match["ordinal"] or match["day"], match["month"]
    first, last = match["days"] or (day, day)
    followed = scene.line.gap(match.end) in (" ", ". ") and _read_day(scene, match.end)
    if match["days"] and match.place("month")[1] == match.end and followed:
        return None  # "12 Oct. 5 gunmen"
    return on(scene, match, Grain.DAY, ((month, first), (month, last)))


def build_month(scene: Scene, match: Match) -> TimeRead | None:
    """Build a month; one that is also a verb or a name needs a year, or a word before it that is said of months."""
    line, words, calendar, month = scene.line, scene.words, scene.calendar, match["month"]
    said, word = line.words[match.place("month")[0]], line.previous(match.start)
    short = said not in calendar.long_months
    if not match["year"] and (short or said in calendar.names.name_months):
        name, following = line.text(match.start), line.text(match.end) if line.next(match.end) else ""
        named = f"{name} {following}" in scene.names  # "April Jones"
        adjective = (
            word in calendar.numbers.words.the | calendar.numbers.words.articles
            and following[:1].islower()
            and following not in words.particles
        )
        licensed = word in words.before_month or (word in words.before_no_name and name not in scene.names)
        if not (adjective or (licensed and not named) or _leads_to_month(scene, match.end)):
            return None
    if short and not match["year"] and not line.gap(match.end).startswith("."):
        return None
    return on(scene, match, Grain.MONTH, span_months(month))


def _leads_to_month(scene: Scene, k: int) -> bool:
    """Say whether another month follows: "March to May"."""
    line = scene.line
    k += line.words[k] in scene.calendar.names.day_links
    k += line.words[k] in scene.words.edges
    return line.is_joined(k) and line.is_capital(k) and line.words[k] in scene.calendar.long_months


def build_day(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the 12th": the nearest such day on the side that the tense names."""
    months = filter(None, (_shift(scene.anchor, "month", shift) for shift in (-2, -1, 0, 1, 2)))
    near = [first.replace(day=match["day_nth"]) for first, last in months if match["day_nth"] <= last.day]
    return scene.build(match, Grain.DAY, _fit_tense(scene, match, [(day, day) for day in near]))


def _fit_tense(scene: Scene, match: Match, spans: Sequence[Days]) -> Days | None:
    """Return what is nearest on the side that the tense names: the past, if it names none."""
    ahead = scene.tense(match.start, match.end) > 0
    return fit(spans, scene.anchor, *((0, math.inf) if ahead else (math.inf, 0)))


def build_named_year(scene: Scene, match: Match) -> TimeRead | None:
    """Build a year that words beside it name: "fiscal 2019", "2014 sales"."""
    return years(scene, match, Grain.YEAR, *match["years"])


def build_led_year(scene: Scene, match: Match) -> TimeRead | None:
    """Build a year that the word before it leads to: "in 2014", "prior to 2014"."""
    read = None if _is_many(scene, match) else years(scene, match, Grain.YEAR, *match["years"])
    return attrs.evolve(read, start=match.place("years")[0]) if read else None


def _is_many(scene: Scene, match: Match) -> bool:
    """Say whether a year is rather a number: "2000 demonstrators", "from 1900 to 2500"."""
    year, line, numbers = match["years"][0], scene.line, scene.numbers
    lead, gap = line.previous(match.place("years")[0]), line.gap(match.end).strip()
    is_led = gap or lead in scene.words.range_leads
    k = numbers.find_link(line, match.end, gap, between=lead in numbers.words.between) if is_led else None
    if k is None or not (other := numbers.read(line, k)):
        return line.next(match.end).endswith(numbers.words.plural) and (year % 100 == 0 or year < 1900)
    if other.end > k + 1 or not is_year(line.words[k]):
        return other.low >= _LEAST
    counts = line.next(other.end) in scene.words.counted or line.next(other.end).endswith(numbers.words.plural)
    is_round = year % _ROUND == 0 and other.low % _ROUND == 0
    return counts and is_round if year < other.low else counts or is_round


def build_year(scene: Scene, match: Match) -> TimeRead | None:
    """Build a year in a list, behind an article, in brackets, or at the start of a sentence."""
    line, start, end = scene.line, match.start, match.end
    word, following = line.previous(start), line.next(end)
    if match["years"][0] < 1900 or _is_many(scene, match):
        return None
    listed = (
        word in scene.numbers.words.and_ and start > 1 and is_year(line.words[start - 2]) and line.is_joined(start - 1)
    )
    led = word in scene.words.determiners and (following or line.gap(end) == "-")
    bracketed = line.gap(start).endswith("(") and line.gap(end).startswith(")")
    told = listed or led or bracketed or (start == 0 and following in scene.words.year_verbs)
    return years(scene, match, Grain.YEAR, *match["years"]) if told else None


def years(scene: Scene, match: Match, grain: Grain, first: int, last: int) -> TimeRead:
    """Build the time from one year to another."""
    days = Date(max(first, 1), 1, 1), Date(last, 12, 31)
    return scene.build(match, grain, days, absolute=True, ranged=grain is Grain.YEAR and first < last)


def build_decade(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the 1990s", "the '90s", "the nineties", "the 1800s"; ages ("in his 60s") are no time."""
    year, line = match["decade"] or 0, scene.line
    if year >= 100:
        century = year % 100 == 0 and year < 2000
        return years(scene, match, Grain.CENTURY if century else Grain.DECADE, year, year + (99 if century else 9))
    before = match.start - (scene.line.previous(match.start) in scene.words.edges)
    if line.words[before - 1] not in scene.numbers.words.the or line.gap(before).strip() not in ("", "'"):
        return None
    if match["decade_word"]:
        year = 10 * scene.words.decade_words.index(match["decade_word"]) + 20
    return years(scene, match, Grain.DECADE, 1900 + year, 1909 + year)


def build_century(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the 19th century"."""
    number = match["nth"]
    if match["bc"] or not 1 <= number <= 30:
        return match.read(Time(Grain.CENTURY, anchor=scene.anchor))
    return years(scene, match, Grain.CENTURY, number * 100 - 100, number * 100 - 1)


def build_quarter(scene: Scene, match: Match) -> TimeRead | None:
    """Build "Q3 2019", "the third quarter", "H1 2024"."""
    line, months, number = scene.line, 6 if match["h"] else 3, int(match["number"] or match["nth"])
    if match["number"] and (not line.is_capital(match.start) or line.gap(match.start + 1)):
        return None
    glued = match["h"] and match.end < line.size and line.gap(match.end)[:1] in ("", "-")  # H1N1
    if glued or not 1 <= number * months <= 12:
        return None
    grain = Grain.HALF if match["h"] else Grain.QUARTER
    return on(scene, match, grain, span_months(months * (number - 1) + 1, months))


def build_season(scene: Scene, match: Match) -> TimeRead | None:
    """Build "spring 2019", "in the summer"; "fall" and "spring" need a year, or a lone "in the"."""
    line, start = scene.line, match.start
    the = line.previous(start) in scene.numbers.words.the and line.words[start - 2] not in scene.words.season_in
    if not match["year"] and (the or _is_verb(scene, match)):
        return None
    return on(scene, match, Grain.QUARTER, match["season"])


def _is_verb(scene: Scene, match: Match) -> bool:
    """Say whether a season is rather a verb, or the fall of something."""
    said = scene.line.words[match.end - 1]
    return said in scene.calendar.names.verb_seasons and scene.line.next(match.end) in scene.words.verbs_in


def build_feast(scene: Scene, match: Match) -> TimeRead | None:
    """Build a named day; feasts that move (Easter) stay words."""
    name = match["alone"] or match["feast"]
    if name in scene.calendar.names.bare_feasts and not (match["year"] or match["alone"]):
        return None  # "Christmas tree"
    if day := scene.calendar.feasts.get(name):
        return on(scene, match, Grain.DAY, (day, day))
    return match.read(Time(Grain.DAY, anchor=scene.anchor))


# -- relative to the publication ---------------------------------------------------------------------------------


def relative(scene: Scene, match: Match, unit: str, shift: int, part: str = "") -> TimeRead:
    """Build the calendar unit that is ``shift`` units away from the publication."""
    days = _shift(scene.anchor, unit, shift)
    return scene.build(match, GRAINS[unit], days, clock=scene.calendar.parts.get(part), shift=shift)


def _shift(anchor: Date | None, unit: str, shift: int) -> Days | None:
    try:
        return days_of(anchor, unit, shift) if anchor else None
    except (OverflowError, ValueError):
        return None  # beyond the years of the calendar


def _place_weekly(scene: Scene, first: int, last: int, shifts: Sequence[int] = (-1, 0, 1)) -> list[Days]:
    """Return some days of a week, Monday is 0, in the weeks around the publication that have these shifts."""
    weeks = (_shift(scene.anchor, "week", shift) for shift in shifts)
    return [(week[0] + datetime.timedelta(first), week[0] + datetime.timedelta(last)) for week in weeks if week]


def _choose(scene: Scene, spans: Sequence[Days], shift: int) -> Days | None:
    """Return the last, this or the next of some spans in order; this is the one that is on, or the middle one."""
    anchor = scene.anchor
    if shift or not anchor:
        return fit(spans, anchor, *((math.inf, -1) if shift < 0 else (-1, math.inf)))
    return next((days for days in spans if days[0] <= anchor <= days[1]), spans[len(spans) // 2])


def build_deictic(scene: Scene, match: Match) -> TimeRead | None:
    """Build "today", "tonight", "yesterday morning", "the day before yesterday"."""
    word, (start, end) = match["word"], match.place("word")
    if scene.line.is_capital(start) and not scene.titled and _is_title(scene, start, end):
        return None
    return relative(scene, match, "day", scene.words.deictic[word], match["part"] or word)


def _is_title(scene: Scene, start: int, end: int) -> bool:
    """Say whether a capital letter inside a sentence makes a name ("USA Today", "the Today programme")."""
    before = scene.line.gap(start).rstrip()[-1:]
    if before and before in "'\"":
        return not {"'", '"'}.isdisjoint(scene.line.gap(end)[:2])
    return start > 0 and before not in (".", ":", "?", "!", "-")


def build_relative(scene: Scene, match: Match) -> TimeRead | None:
    """Build "last week", "this morning", "next Friday", "last March", "this past weekend"."""
    words, line = scene.words, scene.line
    shift = words.shifts[match["which"]] or words.shifts.get(match["again"] or "", 0)
    if (weekday := match["weekday"]) is not None:
        if not line.is_capital(match.place("weekday")[0]):
            return None
        days = _choose(scene, _place_weekly(scene, weekday, weekday), shift)
        clock = scene.calendar.parts.get(match["part"] or "")
        return scene.build(match, Grain.DAY, days, clock=clock, weekday=weekday, shift=shift or None)
    if match["part"]:
        return relative(scene, match, "day", shift, match["part"])
    if line.text(match.end - 1).istitle() and not (scene.titled or match["long_month"]):
        return None  # "This Week" is a programme
    if match["weekend"]:
        return scene.build(match, Grain.DAY, _choose(scene, _place_weekly(scene, *_WEEKEND), shift))
    if match["span"]:
        return relative(scene, match, match["span"], shift)
    if _is_verb(scene, match) or read_days(scene, match.end):
        return None
    grain, yearly = (Grain.MONTH, match["long_month"]) if match["long_month"] else (Grain.QUARTER, match["season"])
    days = _choose(scene, place_around(yearly, scene.anchor), shift)
    return scene.build(match, grain, days, yearly=yearly, shift=shift)


def build_weekend(scene: Scene, match: Match) -> TimeRead:
    """Build "the weekend"."""
    return scene.build(match, Grain.DAY, _fit_tense(scene, match, _place_weekly(scene, *_WEEKEND)))


def build_weekday(scene: Scene, match: Match) -> TimeRead | None:
    """Build "Friday", "Friday afternoon", "Friday last week"; the nearest one on the side that the tense names."""
    line, words, weekday = scene.line, scene.words, match["weekday"]
    after = line.words[match.end] if line.is_capital(match.end) and line.next(match.end) else ""
    if after in words.no_weekday_before:
        return None
    shifts = (words.shifts[match["which"]],) if match["which"] else (-1, 0, 1)
    spans = () if line.previous(match.start) in words.every else _place_weekly(scene, weekday, weekday, shifts)
    days, clock = _fit_tense(scene, match, spans), scene.calendar.parts.get(match["part"] or "")
    return scene.build(match, Grain.DAY, days, clock=clock, weekday=None if match["which"] and days else weekday)


def build_far(scene: Scene, match: Match) -> TimeRead | None:
    """Build "the week before last", "the week after next", which is not "the week after next Monday"."""
    weekday = scene.line.words[match.end] in scene.calendar.weekdays
    return None if weekday else relative(scene, match, match["unit"], scene.words.shifts[match["which"]])
