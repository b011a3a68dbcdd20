"""The tables behind the name finder: places and what they lie in, titles, nicknames, and how names are spelled.

Places are a cut of GeoNames (CC BY 4.0); ``consistency/languages/en/README.md`` names every source.
"""

from __future__ import annotations

import functools
import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping

import attrs

from consistency.facts.units import UnitWords, read_calendar_names
from consistency.language import ENGLISH, Language, WordLists
from consistency.lexicon import FunctionWords, Speech
from consistency.text import fold_typography, strip_accents

Words = tuple[str, ...]
Path = tuple[str, ...]
_SPACE = re.compile(r"[\s\u2010-\u2015/-]+")


@attrs.frozen
class Lists(WordLists):
    """What ``names.toml`` of a language says; it tells what each list is for.

    >>> "ms" in ENGLISH.read("names.toml", Lists).titles
    True
    """

    given: frozenset[str]
    short: frozenset[str]
    nicknames: tuple[str, ...]
    connectors: Mapping[str, frozenset[str]]
    region_words: Mapping[str, frozenset[str]]
    places: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, tuple[str, ...]]
    cities: Mapping[str, tuple[str, ...]]
    states: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]


@functools.lru_cache(1 << 14)
def fold_name(text: str) -> Words:
    """Return the words of a name without case, accents, dots, apostrophes, hyphens and a leading "the".

    >>> fold_name("The U.N.'s José Núñez-O’Hara")
    ('uns', 'jose', 'nunez', 'ohara')
    """
    plain = strip_accents(fold_typography(text)).casefold().replace(".", "").replace("'", "")
    words = tuple(filter(None, _SPACE.split(plain)))
    return words[1:] if len(words) > 1 and words[0] == "the" else words


class Tables:
    """What the finder looks words up in; every key is folded by :func:`fold_name`.

    ``places`` maps a name to its path from the outside in (continent, country, state, city), ``demonyms`` maps
    nationalities to the path of their country, ``states`` maps the US states and their abbreviations as they are
    written, ``regions`` are the paths whose cities are not known, ``groups`` maps what well-known organisations and
    peoples are called to one name, ``openings`` are the first words of the longer ones, ``joints`` the words that can
    follow the first part of a name, ``ranks`` titles and roles, ``titled`` those and what belongs to them, ``nameless``
    what alone is no name, ``stops`` what is no name, ``currencies`` words of money, ``regional`` what tells of a name
    that it is a state, a city or a country, ``located`` what leads to a place, ``common`` the stems of ordinary words,
    ``lists`` is ``names.toml``.
    """

    def __init__(self, language: Language) -> None:
        self.language, lists = language, language.read("names.toml", Lists)
        given, short = frozenset(language.read_text("given.txt").split()), frozenset(string.ascii_lowercase)
        self.lists = attrs.evolve(lists, given=lists.given | given, short=lists.short | short)
        self.articles, self.saying = FunctionWords.read(language).articles, Speech.read(language).saying
        self.ranks = lists.titles | lists.roles
        self.titled, self.nameless = self.ranks | lists.modifiers, lists.generic | lists.modifiers
        self.places = places = _load_places(lists, language)
        self.demonyms = {
            fold_name(form): path
            for place, names in lists.demonyms.items()
            if (path := places.get(fold_name(place)))
            for name in names
            for form in (name, name + "s")
        }
        self.states = {
            form: (*places.get(("united", "states"), ()), state.lower())
            for state, forms in lists.states.items()
            for form in (*forms, state)
        }
        self.regions = {places[fold_name(name)] for names in lists.regions.values() for name in names}
        self.groups = {fold_name(form): name for name, forms in lists.groups.items() for form in [name, *forms]}
        self.openings = {words[:size] for words in self.groups for size in range(3, len(words) + 1)}
        self.joints = lists.particles.union({"of"}, lists.connectors, *self.openings)
        self.nicknames: dict[str, set[str]] = defaultdict(set)
        for words in map(str.split, lists.nicknames):
            for word in words:
                self.nicknames[word].update(words)
        self.currencies = frozenset().union(*language.read("units.toml", UnitWords).currencies.values())
        self.stops = lists.not_names | read_calendar_names(language)
        self.regional = {word: kind for kind, words in lists.region_words.items() for word in words}
        self.located = lists.near | lists.at
        self.common = read_common(language)


@functools.cache
def load_tables(language: Language = ENGLISH) -> Tables:
    """Return all tables of a language; they are read once a process.

    >>> load_tables().places[("paris",)]
    ('europe', 'france', 'paris')
    """
    return Tables(language)


@functools.cache
def read_common(language: Language = ENGLISH) -> frozenset[str]:
    """Return the stems of ordinary words.

    >>> {"river", "oslo"} & read_common() == {"river"}
    True
    """
    return frozenset(language.read_text("words.txt").split())


def _load_places(lists: Lists, language: Language) -> dict[Words, Path]:
    """Return every name with its path; what comes first in the file (countries, then states, then size) wins."""
    inside: dict[str, Path] = {"": ()}
    places: dict[Words, Path] = {}
    for line in language.read_text("places.tsv").splitlines():
        name, outer, code = line.split("\t")
        words = fold_name(name)
        path = (*inside.get(outer, ()), " ".join(words))
        if code:
            inside[code] = path
        places.setdefault(words, path)
    for outer, names in (*lists.regions.items(), *lists.cities.items()):
        for words in map(fold_name, names):
            places[words] = (*places.get(fold_name(outer), ()), " ".join(words))
    for name, aliases in lists.places.items():
        for alias in aliases:
            places[fold_name(alias)] = places.setdefault(fold_name(name), (" ".join(fold_name(name)),))
    return places


_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ph", "f"),
        (r"zh", "j"),
        (r"ck|q|kh|gh|g(?![ei])|c(?![eiyh])", "k"),
        (r"([dtb])h", r"\1"),
        (r"s[czh]+|[tc]?ch|c|x|z", "s"),
        (r"w", "v"),
        (r"ou|oo|o", "u"),
        (r"[jy]", "i"),
        (r"e", "a"),
        (r"(?<=[au])i(?=[au])", ""),
        (r"(.)\1+", r"\1"),
    )
)


@functools.lru_cache(1 << 14)
def sound(word: str) -> str:
    """Return a spelling of a folded word in which common transliterations of one name are equal.

    >>> sound("gadhafi") == sound("qaddafi"), sound("toqaev") == sound("tokayev")
    (True, True)
    """
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@functools.lru_cache(1 << 16)
def is_variant(left: str, right: str, language: Language = ENGLISH) -> bool:
    """Return whether two folded words can be spellings of one name: initial, nickname, plural or transliteration.

    >>> is_variant("mohammed", "muhammad"), is_variant("liz", "elizabeth"), is_variant("vincente", "vicente")
    (True, True, True)
    >>> is_variant("martin", "martinez"), is_variant("toyota", "honda")
    (False, False)
    """
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if right in load_tables(language).nicknames.get(left, ()):
        return True
    if len(short) < 4:
        return False
    if short + "s" == long or (len(sound(short)) > 2 and sound(left) == sound(right)):
        return True
    return len(short) > 4 and len(long) - len(short) < 2 and _is_near(short, long)


def list_spellings(word: str, language: Language = ENGLISH) -> Iterator[str]:
    """Yield keys of which two words that `is_variant` takes for one name share at least one; of no initial.

    These are the sound, the nicknames, and the word with each one of its letters left out (Garbe 2012).

    >>> {*list_spellings("vincente")} & {*list_spellings("vicente")}
    {'vicente'}
    """
    yield word
    yield f"~{sound(word)}"
    yield from load_tables(language).nicknames.get(word, ())
    yield from (word[:k] + word[k + 1 :] for k in range(len(word)) if len(word) > 3)


def _is_near(short: str, long: str) -> bool:
    """Return whether two words differ in one letter that does not tell a man's name from a woman's."""
    if short[0] != long[0] and short[-1] != long[-1]:  # most words: by one letter both ends cannot differ
        return False
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    if long == short + "a" or (len(long) < 7 and long.endswith("a") is not short.endswith("a")):
        return False
    near = JaroWinkler.similarity(short, long, score_cutoff=0.92) > 0
    return near and Levenshtein.distance(short, long, score_cutoff=1) <= 1
