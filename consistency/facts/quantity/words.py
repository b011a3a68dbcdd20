"""The words of quantities: numbers, bounds, units, currencies, and what tells a number from a name or a date."""

from __future__ import annotations

import functools
import re

from consistency.facts.quantity.values import Dimension
from consistency.text import stem


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _list(words: str) -> list[str]:
    return words.split()


def _spread(*rows: str) -> dict[str, str]:
    """Return each word after the first of a row with the first."""
    return {word: row.split()[0] for row in rows for word in row.split()[1:]}


ONES = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
SMALL = {word: n for n, word in enumerate(ONES)}
TENS = {word: n * 10 for n, word in enumerate(_list("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12,
    "lakh": 1e5,
    "crore": 1e7,
}
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
PLURALS = {"tens": 10, "dozens": 12, "scores": 20} | {f"{word}s": n for word, n in SCALES.items() if n != 12}
ORDINALS = {
    word: n
    for n, word in enumerate(
        _list(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
}
ORDINALS |= {f"{word[:-1]}ieth": n for word, n in TENS.items()} | {"hundredth": 100, "thousandth": 1000}
PARTS = {word: n for word, n in ORDINALS.items() if 3 <= n <= 10} | {"half": 2, "quarter": 4}
PARTS |= {f"{word}s": n for word, n in PARTS.items()} | {"halves": 2}
GLYPHS = {"1\u20442": 0.5, "1\u20444": 0.25, "3\u20444": 0.75, "1\u20443": 1 / 3, "2\u20443": 2 / 3}  # ½, unfolded

LOW, HIGH, NEAR, BELOW, ABOVE = range(5)  # what a bound word says: ≥, ≤, ≈, ≲, ≳
BOUNDS = {
    words: bound
    for bound, row in (
        (
            LOW,
            "at least|more than|greater than|over|above|well over|no less than|no fewer than|not less than|upwards of",
        ),
        (
            LOW,
            "upward of|in excess of|exceeding|exceeds|exceeded|a minimum of|minimum of|well above|north of",
        ),
        (HIGH, "up to|at most|at the most|no more than|not more than|fewer than|less than|under|below|as many as"),
        (HIGH, "as much as|a maximum of|maximum of|well under|far fewer than|far less than|well below|no higher than"),
        (NEAR, "about|around|roughly|approximately|approx|some|circa|estimated|an estimated|in the region of|or so"),
        (
            BELOW,
            "nearly|almost|close to|just under|just below|slightly less than|a little under|just short of|just shy of",
        ),
        (
            ABOVE,
            "just over|slightly more than|a little over|just above|a little more than|slightly over|just more than",
        ),
    )
    for words in row.split("|")
}
BOUND_ENDS = frozenset(words.split()[-1] for words in BOUNDS)
TRAILING = {"or more": LOW, "plus": LOW, "or less": HIGH, "or fewer": HIGH, "or so": NEAR, "odd": NEAR}

Unit = tuple[Dimension, float, float]  # dimension, factor, zero point
UNITS: dict[str, Unit] = {
    word: (dimension, factor, 0.0)
    for dimension, factor, words in (
        (Dimension.SHARE, 1, "percent|per cent|pct|pc|percents"),
        (Dimension.POINTS, 1, "percentage points|percentage point|percent points"),
        (Dimension.POINTS, 0.01, "basis points|basis point"),
        (Dimension.LENGTH, 0.001, "mm|millimetre|millimeter"),
        (Dimension.LENGTH, 0.01, "cm|centimetre|centimeter"),
        (Dimension.LENGTH, 1, "m|metre|meter"),
        (Dimension.LENGTH, 1000, "km|kms|kilometre|kilometer"),
        (Dimension.LENGTH, 1609.344, "mile"),
        (Dimension.LENGTH, 1852, "nautical mile"),
        (Dimension.LENGTH, 0.3048, "ft|foot|feet"),
        (Dimension.LENGTH, 0.9144, "yard"),
        (Dimension.LENGTH, 0.0254, "inch|inches"),
        (Dimension.AREA, 1, "square metre|square meter|sq m"),
        (Dimension.AREA, 1e6, "square kilometre|square kilometer|sq km|square km"),
        (Dimension.AREA, 2589988.0, "square mile|sq mile"),
        (Dimension.AREA, 0.092903, "square foot|square feet|sq ft"),
        (Dimension.AREA, 1e4, "ha|hectare"),
        (Dimension.AREA, 4046.856, "acre"),
        (Dimension.VOLUME, 1, "litre|liter"),
        (Dimension.VOLUME, 1000, "cubic metre|cubic meter"),
        (Dimension.VOLUME, 3.785412, "gallon"),
        (Dimension.VOLUME, 158.9873, "barrel|bpd"),
        (Dimension.MASS, 1e-3, "gram|gramme"),
        (Dimension.MASS, 1, "kg|kgs|kilo|kilogram|kilogramme"),
        (Dimension.MASS, 1000, "ton|tonne|metric ton|metric tonne"),
        (Dimension.MASS, 0.45359237, "lb|lbs"),
        (Dimension.MASS, 0.02834952, "ounce|oz"),
        (Dimension.SPEED, 1, "kph|kmh|kmph"),
        (Dimension.SPEED, 1.609344, "mph"),
        (Dimension.SPEED, 1.852, "knot"),
        (Dimension.POWER, 1e3, "kw|kilowatt"),
        (Dimension.POWER, 1e6, "mw|megawatt"),
        (Dimension.POWER, 1e9, "gw|gigawatt"),
    )
    for words in [words]
    for word in words.split("|")
}
UNITS |= {f"{word}s": unit for word, unit in UNITS.items() if len(word) > 3 and not word.endswith(("s", "feet"))}
COUNT: Unit = (Dimension.COUNT, 1, 0)
MONEY: Unit = (Dimension.MONEY, 1, 0)
DEGREES: dict[str, Unit] = {"c": (Dimension.TEMPERATURE, 1, 0), "f": (Dimension.TEMPERATURE, 5 / 9, 32)}
PHYSICAL = frozenset(
    (Dimension.LENGTH, Dimension.AREA, Dimension.VOLUME, Dimension.MASS, Dimension.SPEED, Dimension.TEMPERATURE)
)
PHYSICAL |= {Dimension.POWER}
SYMBOLS = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₴": "UAH",
    "₪": "ILS",
    "₦": "NGN",
}
DOLLARS = _spread("USD us u.s american", "AUD a au australian", "CAD c ca canadian", "NZD nz", "HKD hk kong", "SGD s")
DOLLARS |= {"r": "BRL"}
NATIONS = _spread("USD us u.s american", "AUD australian", "CAD canadian", "NZD zealand", "HKD kong", "SGD singapore")
CURRENCIES = _spread(
    "USD dollar dollars usd buck bucks",
    "EUR euro euros eur",
    "GBP gbp sterling quid",
    "JPY yen jpy",
    "INR rupee rupees inr rs",
    "RUB ruble rubles rouble roubles rub",
    "CNY yuan renminbi rmb cny",
    "KRW krw",
    "TRY lira liras lire",
    "UAH hryvnia hryvnias hryvnya",
    "ILS shekel shekels",
    "CHF chf francs franc",
    "MXN peso pesos",
    "BRL reais",
    "SEK kronor sek",
    "NOK nok kroner",
    "ZAR rand zar",
    "SAR riyal riyals rial rials",
    "AED dirham dirhams",
    "NGN naira",
    "KES shilling shillings",
    "THB baht",
    "MYR ringgit",
    "KZT tenge",
    "AUD aud",
    "CAD cad",
)
CENTS = {"cent": "USD", "cents": "USD", "pence": "GBP", "p": "GBP", "kopecks": "RUB"}

MONTHS = _set(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec"
)
TIME_UNITS = frozenset(
    f"{unit}{s}"
    for unit in _list(
        "second minute hour day night week weekend fortnight month year decade centurie hr min sec yr evening"
    )
    for s in ("", "s")
) | {"century", "morning", "mornings"}
CLOCK = _set("am pm a.m. p.m. a.m p.m o'clock gmt utc hrs noon")
# A number after one of these is a name or a label.
LABELS = _set(
    "no nos number numbers article articles flight boeing airbus iphone ipad page pages chapter section sections "
    "route highway interstate channel formula figure fig paragraph clause amendment resolution terminal mark mach top "
    "catch bbc apt suite psalm verse galaxy apollo windows playstation"
)
# These only with a capital, or where nothing is counted: "platform 2", but not "at this level 12 people".
LABEL_NOUNS = _set(
    "room gate level category phase type class act rule grade group size district ward zone area unit pier version "
    "episode season series volume table title stage radio line platform building apartment box exhibit sector block "
    "camp division precinct lot lane runway track plan agenda junction exit motorway runner day week year war part "
    "model tower bus train tram"
)
STOPS = _set(
    "a an the and or but nor in on at by to of for from with into onto over under about after before since until till "
    "during while when where who whom whose which that than then as if is are was were be been being am has have had "
    "having do does did will would shall should can could may might must not it its he she they we you i his her "
    "their our your my this these those there here said says say told also so too because through between among "
    "against across per up down out off near around without within what how why him them us me both each all any only "
    "ahead later ago early earlier however although though amid despite including according via versus vs"
)
LINKS = _set("of the his her its their these those our my your such")
UNMARKED_PLURALS = _set(
    "people men women children police troops cattle sheep personnel aircraft staff youth teeth mice lives wives dead "
    "killed injured wounded hurt missing others arrested detained rescued ships strong crew percent folk gunmen "
    "policemen policewomen firemen servicemen lawmen fishermen businessmen teammates"
)
NO_NOUNS = _set(
    "as is was has does says this his its us yes news sports politics athletics plus across always perhaps towards "
    "besides"
)
ADJECTIVE = re.compile(
    r"(?:al|ive|ous|ful|ic|ish|ese|ary|able|ible|less|ed|ior|est|big|new|old|long|short|high|low|large|small|more|"
    r"separate|late|early|single|good|bad|multiple|outside|young|main|full|dead)$"
)
CHANGING = _set(
    "rose rise rises rising risen increase increased increasing grew grow grown climbed climb jumped jump up fell "
    "fall fallen falling dropped drop down decreased decrease cut reduced declined decline went gone raised raise "
    "lowered changed moved expanded shrank slid soared surged revised slipped gained lost shed added dipped advanced "
    "plunged tumbled jumping climbing growing dropping gaining sliding slipping soaring"
)
PLAYING = re.compile(
    r"\b(?:won|wins?|winning|beat|beats|beating|lost|loses?|losing|loss|drew|draws?|leads?|led|leading|victory|defeat|"
    r"defeated|scored?|vote|voted|ruled|ruling|sets?|ties?|tied|thrash\w{0,5}|advantage|game|match|trail\w{0,5})\b",
    re.I,
)
PEOPLE = _list(
    "people person peoples human victim casualty dead kill killed killing other adult individual life body injured "
    "wounded"
)
PERSONS = _list(
    "man woman child boy girl teenager youth kid soldier troop officer police policeman activist militant civilian "
    "worker student passenger resident protester demonstrator rebel fighter gunman hostage prisoner patient refugee "
    "migrant journalist reporter teacher villager miner firefighter suspect member voter citizen national crew staff "
    "employee tourist official doctor nurse lawyer player athlete sailor pilot terrorist attacker insurgent jihadist "
    "inmate combatant defendant convict investor candidate contractor owner user customer consumer client analyst "
    "scientist researcher expert witness neighbor neighbour detainee survivor rescuer volunteer friend relative "
    "family guest shopper worshipper pilgrim fan supporter lawmaker deputy senator judge minister leader guard driver "
    "farmer pupil immigrant foreigner local captive personnel serviceman marine bystander pedestrian bomber islamist "
    "extremist hijacker demonstrators missing arrested hurt"
)
SEXES, YOUNG = _set("man woman"), _set("child boy girl kid")  # stems; a man may be the soldier, but not the girl
FATES = _spread(
    "dead dead kill killed kills killing die died dies dying death deaths fatalities fatality slain fatal toll",
    "injured injured injure injuring injuries wounded wounding wound hurt hospitalised hospitalized",
    "missing missing unaccounted",
    "arrested arrested arrest arresting arrests detained detaining detain jailed",
)
BREAKS = _set("and but while who when after as in by with including one two three four five six seven eight nine ten")
LEADING = _set("the a an his her its their my our your this that another every for")
BEFORE_YEARS = _set("in since by until from during the of")
IDLE_NOUNS = _set("day time thing way point hand side reason step")
RELATIVE = _set("who whose was is has had said says told from died of")
NO_ORDER = _set("century quarter half lady aid name hand person amendment degree")
GLUED = frozenset(SUFFIXES) | UNITS.keys() | GLYPHS.keys() | CENTS.keys() | {"st", "nd", "rd", "th"}
STARTS = _set("a an half several twice thrice").union(SMALL, TENS, PLURALS, ORDINALS, GLYPHS)
AFTER_A = {"number", "handful", "couple", "few"}.union(SCALES, PARTS)
REACH = 12  # how far beyond a number its neighbours may be read
MOST = 2000  # places of one sentence that are looked at: what has more is a table, and would cost seconds
FULL = re.compile(r"(?:\d{1,15}|\d{1,3}(?:,\d{2,3}){0,4},\d{3})(?:\.\d{1,9})?")
SIGN = re.compile(r"(?:^|[\s(])-$")


@functools.cache
def people() -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of words for any people, and for people of one sort.

    >>> [stem("victims") in stems for stems in people()]
    [True, False]
    """
    return frozenset(map(stem, PEOPLE)), frozenset(map(stem, PERSONS))
