"""The signs of an article: what tells the event that it is about, each with how rare it is and where it stands.

Signs are rare stems, names, numbers and days of the calendar. What stands in the headline or the lead says more of the
event than what comes later, and names and numbers tell two reports of one kind asunder: a sign has marks that say so.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from consistency import lexicon
from consistency.facts.name.gazetteer import read_common
from consistency.facts.units import read_calendar_names, read_months
from consistency.language import ENGLISH, Language
from consistency.model import Article
from consistency.text import fold_typography, stem, strip_accents

MOST_SIGNS = 128  # that describe an article: news has some 150 that are rare
_MOST_NUMBERS = 48
_RANGE = 9.68  # rarity 1 as an IDF: the log of how many sentences the lexicon has seen
_DAY_PRIOR = 0.003  # of a day of the calendar in news
_NAME_PRIOR = math.exp(-_RANGE)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*|[.,;:!?()]")  # a mark ends a name
_HEADLINE, _LEAD = 30, 60  # words
_TITLE = 1_000  # characters
_LONGEST = 6  # digits of a number, after which it is no rarer

_Sign: TypeAlias = "tuple[str, float, float, int]"

HEADLINE, LEAD, NAME, NUMBER, DAY, RUN = (1 << bit for bit in range(6))
"""What a sign is, and where it stands: bits of its mark, as flags of ``enum`` take ten times as long."""


@attrs.frozen
class Form:
    """A word as it is looked at: folded, its stem, and its probability in news, 0 where it has no content."""

    norm: str
    stem: str = ""
    prior: float = 0.0
    is_capital: bool = False
    is_number: bool = False


@attrs.frozen
class Signs:
    """By what the event of an article is known.

    Attributes:
        terms: hashes of the signs, the heaviest first.
        weights: of each, 1 + log of how often it stands there.
        priors: of each, its probability in news at large.
        marks: of each, what it is and where it stands.
        length: words of the article.
        day: on which the article was published, as an ordinal; ``None`` where that is not known.

    >>> find_signs(Article("")).terms
    ()
    """

    terms: tuple[int, ...] = ()
    weights: tuple[float, ...] = ()
    priors: tuple[float, ...] = ()
    marks: tuple[int, ...] = ()
    length: int = 0
    day: int | None = None


@functools.lru_cache(1 << 14)
def hash_sign(sign: str) -> int:
    """Return a hash of 63 bits that is the same in every process (BLAKE2).

    >>> hash_sign("dam") == hash_sign("dam"), hash_sign("dam").bit_length() <= 63
    (True, True)
    """
    return int.from_bytes(hashlib.blake2b(sign.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def fold_words(text: str) -> list[str]:
    """Return the words of a text, folded.

    >>> fold_words("The dam broke.")
    ['the', 'dam', 'broke']
    """
    return [norm for norm in map(_fold, _WORD.findall(text)) if norm]


@functools.lru_cache(1 << 16)  # bounded: corpora are large
def _fold(word: str) -> str:
    """Return a word folded, nothing of a mark of punctuation."""
    return strip_accents(fold_typography(word)).casefold() if word[0].isalnum() else ""


def _read_forms(text: str, language: Language) -> list[Form]:
    """Return the words of a text, and its marks of punctuation, which have no form."""
    return [_read_form(word, language) for word in _WORD.findall(text)]


@functools.lru_cache(1 << 16)
def _read_form(word: str, language: Language) -> Form:
    if not (norm := _fold(word)):
        return Form("")
    root = stem(norm, language)
    if word[0].isdigit():
        return Form(norm, root, is_number=True)
    rarity = lexicon.rarity(root, language)
    has_content = len(norm) > 1 and rarity >= lexicon.CONTENT
    return Form(norm, root, math.exp(-_RANGE * rarity) if has_content else 0.0, has_content and word[0].isupper())


def find_signs(article: Article, language: Language = ENGLISH) -> Signs:
    """Return the signs of an article, by the words of its language.

    The rarest and commonest in it are kept, with all of headline and lead, so that a long article costs no more than a
    short one.

    >>> signs = find_signs(Article("The Orlin dam broke. The dam at Orlin broke on March 14."))
    >>> [hash_sign(term) in signs.terms for term in ("dam", "the", "3-14")]
    [True, False, True]
    """
    words = _read_forms(article.text[article.header.end :], language)
    title = _read_forms(article.title[:_TITLE], language)[:_HEADLINE] if article.title else []
    kept = _choose(_weigh(title, words, language))
    terms, weights, priors, marks = zip(*kept, strict=True) if kept else ((), (), (), ())
    day = article.published.toordinal() if article.published else None
    return Signs(tuple(map(hash_sign, terms)), weights, priors, marks, sum(bool(word.norm) for word in words), day)


def _weigh(title: Sequence[Form], words: Sequence[Form], language: Language) -> list[_Sign]:
    """Return all signs of an article, the heaviest first."""
    names = _find_names(words, language)
    counts: Counter[str] = Counter()
    priors: dict[str, float] = {}
    marks: dict[str, int] = {}
    for zone, part in ((HEADLINE | LEAD, title), (LEAD, words[:_LEAD]), (0, words[_LEAD:])):
        for term, prior, mark in _find_terms(part, language):
            counts[term] += 1
            priors[term] = prior
            marks[term] = marks.get(term, 0) | mark | zone | (NAME if term in names else 0)
    signs = [(term, 1 + math.log(count), priors[term], marks[term]) for term, count in counts.items()]
    return sorted(signs, key=lambda sign: (sign[1] * math.log(sign[2]), sign[0]))


def _choose(signs: Sequence[_Sign]) -> list[_Sign]:
    """Return what stands in headline and lead, and of the rest the heaviest words and numbers."""
    numbers, words = ([sign for sign in signs if bool(sign[3] & NUMBER) is told] for told in (True, False))
    rest = {sign[0] for sign in (*numbers[:_MOST_NUMBERS], *words[:MOST_SIGNS])}
    return [sign for sign in signs if sign[3] & LEAD or sign[0] in rest]


def _find_names(words: Sequence[Form], language: Language) -> set[str]:
    """Return the stems that stand with a capital where no word need have one, and not more often without.

    A language that has no list of its words does not tell what begins a sentence from a name.
    """
    common = read_common(language)
    large, small = Counter[str](), Counter[str]()
    starts = True
    for word in words:
        if word.prior:
            if not word.is_capital:
                small[word.stem] += 1
            elif not starts or (common and word.stem not in common):
                large[word.stem] += 1
        starts = not word.norm
    return {root for root, count in large.items() if count >= small[root]}


def _find_terms(words: Sequence[Form], language: Language) -> Iterator[tuple[str, float, int]]:
    """Yield stems of content, numbers, names of two words and days as ``3-14``, each with its prior and what it is."""
    months = read_months(language)
    weekdays = read_calendar_names(language).difference(months)
    for word in words:
        if word.prior:
            yield word.stem, word.prior, DAY if word.is_capital and word.norm in weekdays else 0
        elif word.is_number:
            yield _read_number(word.norm)
    for left, right in itertools.pairwise(words):
        if left.is_capital and right.is_capital:
            yield f"{left.norm} {right.norm}", _NAME_PRIOR, RUN | NAME
        elif left.is_number or right.is_number:
            day = _read_day(left.norm, right.norm, months) or _read_day(right.norm, left.norm, months)
            if day:
                yield day, _DAY_PRIOR, DAY


def _read_number(norm: str) -> tuple[str, float, int]:
    number = norm.replace(",", "")
    digits = min(max(sum(map(str.isdigit, number.strip("0"))), 1), _LONGEST)
    prior = 0.01 if len(number) == 4 and number[:2] in ("19", "20") else 0.1 ** (1 + digits / 1.5)
    return number, prior, NUMBER


def _read_day(month: str, day: str, months: Mapping[str, int]) -> str | None:
    if month in months and len(day) <= 2 and day.isdecimal() and 0 < int(day) <= 31:
        return f"{months[month]}-{int(day)}"
    return None
