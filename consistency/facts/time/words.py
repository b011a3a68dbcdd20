"""The words that times are made of, and the patterns that the readers of ``reader.py`` try at one place.

Every repetition is bounded, so that a pattern takes constant time at a place.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable

from consistency.facts.time.values import Grain, Minutes, MonthDay

FLAGS = re.IGNORECASE | re.ASCII  # ASCII, or a dotless i would match and be found in no table


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name[:3].lower(): number for number, name in enumerate(calendar.day_name)}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
SMALLER = {
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
ALWAYS_SMALLER = frozenset(("century", "decade", "fortnight", "hour", "minute", "second"))
GRAINS = {
    "second": Grain.DAY,
    "minute": Grain.DAY,
    "hour": Grain.DAY,
    "day": Grain.DAY,
    "week": Grain.WEEK,
    "fortnight": Grain.WEEK,
    "month": Grain.MONTH,
    "quarter": Grain.QUARTER,
    "year": Grain.YEAR,
    "decade": Grain.DECADE,
    "century": Grain.CENTURY,
}
PARTS: dict[str, Minutes] = {
    "early hours": (0, 299),
    "dawn": (240, 419),
    "morning": (0, 719),
    "noon": (720, 720),
    "midday": (720, 720),
    "afternoon": (720, 1079),
    "evening": (1020, 1439),
    "dusk": (1020, 1259),
    "night": (1080, 1739),  # runs on to the next morning
    "overnight": (1080, 1739),
    "midnight": (0, 0),
}
SMALL = _list(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
ORDINALS = _list(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
AMOUNTS: dict[str, tuple[float, float]] = {
    "a": (1, 1),
    "an": (1, 1),
    "half a": (0.5, 0.5),
    "half an": (0.5, 0.5),
    "half": (0.5, 0.5),
    "couple": (2, 2),
    "few": (2, 9),
    "several": (2, 9),
    "some": (2, 9),
    "many": (3, math.inf),
    "dozen": (12, 12),
    "dozens": (24, math.inf),
    "hundred": (100, 100),
    "hundreds": (200, math.inf),
    "thousands": (2000, math.inf),
}
AMOUNTS |= {word: (n, n) for n, word in enumerate(SMALL, 1)} | {
    word: (n * 10, n * 10) for n, word in enumerate(TENS, 2)
}
FIXED_DAYS: dict[str, MonthDay] = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "st patrick's day": (3, 17),
    "st. patrick's day": (3, 17),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
}
MOVING_DAYS = (
    *("good friday", "black friday", "cyber monday", "super tuesday", "ash wednesday", "palm sunday", "easter sunday"),
    *("easter monday", "easter weekend", "easter", "thanksgiving day", "thanksgiving", "labor day", "labour day"),
    *("memorial day", "independence day", "victory day", "lunar new year", "chinese new year", "orthodox christmas"),
    *("ramadan", "eid al-fitr", "eid al-adha", "eid", "passover", "hanukkah", "yom kippur", "rosh hashanah", "diwali"),
    *("nowruz", "election day", "inauguration day"),
)
# "Christmas tree", "Easter Island": a feast that is named alone counts after one of the words of AT only.
FEASTS = _split("christmas easter thanksgiving halloween ramadan passover hanukkah diwali nowruz eid")
AT = _split("at by before after since until till over during this last next on for around of and")
FUTURE = _split(
    "will 'll shall would due scheduled set expected planned plans plan planning slated upcoming ahead going intends "
    "intend hopes hope may might could should can must postponed rescheduled delayed tomorrow"
)
MODALS = _split("will 'll shall would may might could should can must to")
PAST = _split(
    "said told was were had has have did met held won made took began went came left found shot got gave saw became "
    "ran rose fell hit led sent kept sold built lost paid spoke wrote broke struck flew drove fought fled put cut "
    "felt grew knew thought brought bought caught taught stood understood overtook withdrew threw drew chose swore "
    "swept sought spent shook stole tore wore beat bore bit blew ate forgot froze hung hid laid lay lent lit meant "
    "rang rode sang sank sat shone slept slid spread sprang stuck swam swung woke ago"
)
MOVES = re.compile(r"\b(?:moved|postponed|delayed|rescheduled|pushed|shifted|changed|brought|put)\b", FLAGS)
COUNTED = (
    r"(?:people|persons|men|women|children|boys|girls|soldiers|troops|police|officers|civilians|workers|others|victims|"
    r"students|members|civilians|protesters|residents|homes|houses|cars|votes|seats|points|goals|times|jobs|cases|deaths|"
    r"hundred|thousand|million|billion|trillion|percent|per\scent|dollars|euros|pounds|rubles|years?|days?|weeks?|months?|"
    r"hours?|minutes?|seconds?|miles?|feet|km|kilomet(?:er|re)s?|met(?:er|re)s?|kg|tons?|tonnes?|degrees)\b"
)
SPACE = r"\s\xa0\u2009\u202f"
S = rf"[{SPACE}]{{1,3}}"
GAP = rf"[{SPACE}]{{0,3}}"
H = r"[-\u2010-\u2015]"
MONTH_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = rf"(?P<month>(?:{MONTH_LONG})\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
WEEKDAY_LONG = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WEEKDAY = rf"(?P<weekday>{WEEKDAY_LONG}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%\w]|[.,:/]\d)"
DAYS = (
    rf"(?P<day>{DAY})(?:(?:,{S}{DAY}){{0,4}}(?:{GAP}{H}{GAP}|{S}(?:to|and|through|until|till|or){S})(?P<day2>{DAY}))?"
)
YYYY = r"(?:1\d|20)\d\d(?![\d%\w]|[.,]\d)"
YEAR = rf"(?:{GAP},?{S}(?:of{S})?(?:(?P<year>{YYYY})(?!{S}{COUNTED})|(?P<which>last|this|next){S}year\b))?"
PART = r"(?P<part>morning|afternoon|evening|night)"
SPAN_UNIT = r"(?:week|month|quarter|year|decade|century)"
ISO = re.compile(r"(?P<y>(?:1\d|20)\d\d)([-/])(?P<m>1[0-2]|0?[1-9])\2(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)")
NUMERIC = re.compile(r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>\d{4}|\d\d)(?![\d%]|[-/.,]\d)")
NINE_ELEVEN = re.compile(r"9/11(?![/\d]|\.\d)")
MONTH_DAY = re.compile(rf"(?:{WEEKDAY},?{S})?{MONTH}{S}(?:the{S})?{DAYS}{YEAR}(?!{S}{COUNTED})", FLAGS)
DAY_MONTH = re.compile(rf"(?:{WEEKDAY},?{S}(?:the{S})?)?{DAYS}{S}(?:of{S})?{MONTH}{YEAR}", FLAGS)
ORDINAL_DAY = rf"(?P<tens>twenty|thirty)?[-\s]?(?P<ordinal>{_any(ORDINALS)}|thirtieth)"
ORDINAL_MONTH = re.compile(rf"{ORDINAL_DAY}{S}of{S}{MONTH}{YEAR}", FLAGS)
MONTH_ONLY = re.compile(rf"{MONTH}{YEAR}", FLAGS)
YEAR_ONLY = re.compile(rf"(?P<year>{YYYY})(?:(?:{H}|/)(?P<last>(?:1\d|20)\d\d|\d\d)(?![\d%\w]|[-/.,]\d))?")
YEAR_PREFIXED = re.compile(rf"(?:fiscal(?:{S}year)?{S}|FY{GAP}|year{S})(?P<year>{YYYY})", FLAGS)
DECADE = re.compile(r"(?P<year>(?:1[1-9]|20)\d0|[2-9]0)['\u2019]?s\b")
DECADE_WORD = re.compile(r"(?P<ten>twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies\b", FLAGS)
CENTURY = re.compile(
    rf"(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_any(ORDINALS)}|twenty-first))"
    rf"[-\u2010\u2011{SPACE}]century\b(?P<bc>{S}B\.?C\.?(?:E\b\.?)?)?",
    FLAGS,
)
QUARTER = re.compile(
    rf"(?:Q(?P<number>[1-4])|(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)[-{SPACE}]quarter)\b"
    rf"(?:{S}(?:of{S})?(?:(?:the{S})?(?:fiscal{S})?(?P<year>{YYYY})|(?P<which>last|this|next){S}year\b))?",
    FLAGS,
)
SEASON = re.compile(rf"(?P<season>spring|summer|autumn|fall|winter)\b{YEAR}", FLAGS)
MODIFIER = re.compile(
    rf"(?:(?P<daypart>early{S}hours|morning|afternoon|evening|night){S}(?:of|on){S}(?:the{S})?"
    rf"|(?P<slice>early|late|mid)(?:{H}|{S}(?:in{S}|on{S})?(?:the{S})?)"
    rf"|(?P<shifted>earlier|later){S}(?P<inner>in{S}the{S}|in{S}|on{S})?"
    rf"|(?P<edge>beginning|start|middle|end|early{S}part|latter{S}part){S}of{S}(?P<inner2>the{S})?"
    rf"|(?P<half>first|second){S}half{S}of{S}(?P<inner3>the{S})?"
    rf"|(?P<nth>first|second|third|fourth|last|final){S}(?:full{S})?weeks?{S}of{S}"
    rf"|(?P<lastdays>last|final|closing){S}days{S}of{S})",
    FLAGS,
)
THIS_UNIT = re.compile(rf"(?P<unit>{SPAN_UNIT})\b", FLAGS)
DEICTIC = re.compile(
    rf"(?P<day>day{S}before{S}yesterday|day{S}after{S}tomorrow|today|tonight|yesterday|tomorrow)\b(?:{S}{PART}\b)?",
    FLAGS,
)
RELATIVE = re.compile(
    rf"(?P<which>last|this|next|past|coming|current)(?:{S}(?:past|coming))?{S}"
    rf"(?:(?P<unit>{SPAN_UNIT}|weekend|spring|summer|autumn|fall|winter)|{PART}|"
    rf"(?P<weekday>{WEEKDAY_LONG})(?:{S}(?P<part2>morning|afternoon|evening|night))?|(?P<month>{MONTH_LONG}))\b",
    FLAGS,
)
BEFORE_LAST = re.compile(rf"(?P<unit>week|month|year){S}before{S}last\b", FLAGS)
NEIGHBOUR = re.compile(
    rf"(?P<which>next|following|previous|preceding|same){S}(?P<unit>day|week|month|year|decade)\b", re.I
)
DAY_BEFORE = re.compile(rf"(?P<unit>day|week|month|year){S}(?P<side>before|after|earlier|later)\b", FLAGS)
WEEKDAY_ONLY = re.compile(
    rf"(?P<weekday>{WEEKDAY_LONG})(?P<every>s?)\b(?:{S}(?:early{S}|late{S})?{PART}\b)?"
    rf"(?:{S}(?:of{S})?(?P<which>last|this|next){S}week\b)?",
    FLAGS,
)
WEEKEND = re.compile(r"weekend\b", FLAGS)
ZONE = r"(?P<zone>GMT|UTC|EST|EDT|ET|CST|CDT|CT|MST|MDT|PST|PDT|PT|BST|CEST|CET|IST|EET|MSK)\b"
AP = r"(?:a\.\s?m\b\.?|p\.\s?m\b\.?|am\b|pm\b)"
HOUR = r"(?:1[0-2]|0?\d)(?:[:.][0-5]\d)?"
CLOCK = re.compile(
    rf"(?:(?P<from>{HOUR}){GAP}(?P<ap1>{AP})?{GAP}(?:{H}|to\b|until\b|till\b|and\b){GAP})?"
    rf"(?P<to>{HOUR}){GAP}(?P<ap2>{AP})(?:{S}\(?{ZONE})?",
    FLAGS,
)
CLOCK_24 = re.compile(rf"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:%])(?:{S}\(?{ZONE})?")
CLOCK_MILITARY = re.compile(rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d){S}(?:{ZONE}|hours\b|hrs\b)")
OCLOCK = re.compile(rf"(?P<hour>\d{{1,2}}|{_any(SMALL[:12])}){S}o['\u2019]clock\b", FLAGS)
NUMBER = (
    r"(?:\d{1,6}(?:,\d{3}){0,2}(?:\.\d{1,3})?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"(?:{H}(?:{_any(SMALL[:9])})\b)?|(?:{_any(SMALL)})\b"
    r"|half(?:[-\s]an?\b)?|(?:a\s)?couple(?:\sof)?\b|(?:a\s)?(?:good\s)?few\b|several\b|many\b|(?:a\s)?dozen\b"
    r"|(?:dozens|hundreds|thousands)\sof\b|a\shundred\b|an?\b)"
)
LOWER_BOUNDS = frozenset(
    ("at least", "no less than", "not less than", "more than", "longer than", "well over", "over", "as long as")
)
UPPER_BOUNDS = frozenset(
    (
        "at most",
        "no more than",
        "not more than",
        "no longer than",
        "less than",
        "fewer than",
        "under",
        "up to",
        "within",
    )
)
BELOW = frozenset(("nearly", "almost", "just under", "close to"))
ABOVE = frozenset(("just over", "little over"))
AROUND = frozenset(("about", "around", "roughly", "approximately", "some"))
BOUNDS = LOWER_BOUNDS | UPPER_BOUNDS | BELOW | ABOVE | AROUND
BOUND = _any(BOUNDS).replace(" ", S)
UNITS = ("second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century", "centurie")
UNIT = (
    rf"(?P<unit>{'|'.join(UNITS)})(?P<plural>s)?"
    rf"(?P<long>(?:{H}|\s)?long)?\b"
)
LENGTH = (
    rf"(?:(?P<low>{NUMBER})(?:{S}(?:to|or){S}|{H}(?:to{H})?))?(?P<high>{NUMBER})(?P<half>[-\s]and[-\s]a[-\s]half\b)?"
    rf"(?:{H}|{S})(?:(?:consecutive|straight|full|whole|long|more|calendar|working|business){S})?{UNIT}"
    rf"(?P<half2>{S}and{S}a{S}half\b)?"
)
TAIL = (
    rf"['\u2019]?(?:(?P<age>(?:{H}|{S})olds?\b|{S}of{S}age\b)|{S}(?P<tail>ago|later|earlier|before|after|prior|from{S}now|time|back(?!{S}(?:to|from|in|home|at|on)))\b"
    rf"|{S}or{S}(?P<open>more|longer|so|less)\b)?"
)
DURATION = re.compile(rf"(?:(?P<bound>{BOUND}){S})?{LENGTH}{TAIL}", FLAGS)
SIDE = re.compile(rf"(?P<which>last|past|previous|next|coming|following){S}", FLAGS)
ONE_UNIT = re.compile(rf"(?P<unit>{SPAN_UNIT}|day)\b(?!{S}(?:of|before|after)\b)", FLAGS)
BARE = re.compile(
    rf"(?:(?P<which>recent|coming){S})?(?P<unit>second|minute|hour|day|week|month|year|decade|centurie)s\b"
    rf"(?P<long>{H}long\b)?(?:{S}(?P<tail>ago|later|earlier|before|after)\b)?",
    FLAGS,
)
LONG = re.compile(rf"(?P<unit>day|week|month|year|decade|century)(?:{H}|\s)?long\b", FLAGS)
NAMED = re.compile(
    rf"(?P<name>{_any((*FIXED_DAYS, *MOVING_DAYS))})\b{YEAR}".replace("'", "['\u2019]").replace(" ", S),
    FLAGS,
)
CONNECTOR = re.compile(rf"{S}(?P<word>to|through|until|till|and){S}|{GAP}{H}{GAP}", FLAGS)
LAST_WORD = re.compile(r"([^\W_]+)(?:[\s\u2010-\u2015-]{1,3}|['\u2019])$")
NEXT_WORD = re.compile(r"\s{1,3}([^\W\d_]+)")
TOKEN = re.compile(r"(\d+)|[^\W\d_]+")
CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while|although|whereas)\s")
TENSE_WORD = re.compile(r"['\u2019]ll\b|[^\W\d_]+")
QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "1s": 1, "2n": 2, "3r": 3, "4t": 4, "fi": 1, "se": 2, "th": 3, "fo": 4}
SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
BEFORE_MONTH = _split("in since until till last next this early late mid during between of")
BEFORE_NO_NAME = _split("by before after from to around through for")
TO_MONTH = re.compile(
    rf"(?:{S}(?:to|through|until|and){S}|{GAP}{H}{GAP})(?:(?:early|mid|late)[-\s])?(?:{MONTH_LONG})\b"
)
MONTH_NAME = re.compile(
    r"\b(?!(?:In|On|By|Since|Until|Till|From|Last|Next|This|Early|Late|Mid|Before|After|During|Between|And|Of|The)\b)"
    r"[A-Z][a-z]{1,20}\.? (March|April|May|June|August)\b(?! \d)"
)
PARTICLES = _split("on of for against through to in from towards into and is was has will said")
BEFORE_YEAR = _split(
    "in since by until till from before after during through throughout of early late mid between circa around born "
    "died spring summer autumn fall winter"
)
PRIOR_TO = re.compile(r"\b(?:prior|back|dating|dates|dated)\s{1,3}to\s{1,3}$", FLAGS)
DETERMINERS = _split("the a an his her its their our this that s another")
YEAR_VERBS = _split("was is saw has had will brought marked marks ended began")
COUNTED_NEXT = re.compile(rf"{S}{COUNTED}", FLAGS)
THE_DECADE = re.compile(r"\bthe\s{1,3}(?:(?:early|late|mid)[-\s\u2010-\u2015]{1,3})?['\u2019\u2018]?$", FLAGS)
DECADES = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
IN_THE = re.compile(r"\b(?:in|during|over|since|until|by|of)\s{1,3}the\s{1,3}$", FLAGS)
FUNCTION_WORDS = {""} | _split(
    "and or but in on at by to for from with as when while after before because if that this last next the a an he she "
    "they we it i is was were are will would has have had this"
)
QUOTES = frozenset("\"'\u201c\u201d\u2018\u2019")
NOT_WEEKDAY_AFTER = _split("black good bloody super ash cyber holy palm easter maundy shrove giving freaky ruby")
NOT_WEEKDAY_BEFORE = _split(
    "Times Telegraph Mail Mirror Express Post Herald Star Review World People Independent Tribune Age Live Night"
)
SIDES = {"next": "after", "same": "after", "following": "after", "later": "after", "after": "after"} | dict.fromkeys(
    ("previous", "preceding", "prior", "earlier", "before"), "before"
)
BEFORE_CLOCK = _split("at by around about until till before after from since to between")
PART_OF_DAY = re.compile(
    r"morning|afternoon|evening|night|early\s{1,3}hours|dawn|dusk|noon|midday|midnight|overnight", re.I
)
IN_A_PART = re.compile(
    r"\b(?:in|during|into|since|until|by|through)\s{1,3}(?:the\s{1,3})?(?:(?:early|late)\s{1,3})?$", re.I
)
LENGTH_AFTER = _split(
    "for of after than lasted last lasting took take takes spent spend is was with by are were been within in"
)
A_UNIT_AFTER = _split("for in within after than nearly about over almost least lasting half")
NAME_MONTHS = ("March", "April", "May", "June", "August")
NAME = re.compile(r"\b(?:March|April|May|June|August) [A-Z][a-z]+")
GLUED = frozenset("-/.,:$\u20ac\u00a3#\u2010\u2011")
