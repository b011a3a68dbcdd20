"""Quantities of an article: found by an own grammar, normalised to intervals of one dimension, compared as intervals.

The value is that of ``values.py``, the grammar is in ``numbers.py`` and ``reader.py``. Dates, clock
times, years and durations belong to ``facts/time``.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import attrs

from consistency import lexicon
from consistency.facts import time as times
from consistency.facts.intervals import LEAST, compare_bounds, digit_value, is_conversion, is_near
from consistency.facts.nouns import read_nouns
from consistency.facts.quantity.reader import read_quantities
from consistency.facts.quantity.signals import measure
from consistency.facts.quantity.values import PHYSICAL, Dimension, Quantity
from consistency.facts.units import SECONDS
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Fact, Sentence

SHARE = 0.5  # how far a share without decimals may be off: "two-thirds", "67%"
LARGE = 1e6  # from here on a count is rounded: "1.2 million", "1.23 million"
TELLING = 12  # an equal number above it answers any noun

_MIXED = (Dimension.SHARE, Dimension.POINTS)  # "three percent", "three points"

__all__ = ["Dimension", "Quantity", "compare", "find", "is_article", "measure"]


def find(article: Article, sentences: Sequence[Sentence], language: Language = ENGLISH) -> tuple[tuple[Fact, ...], ...]:
    """Return the quantities of each sentence, in order of start; every value is a :class:`Quantity`.

    >>> text = "At least two activists paid 1.2 billion dollars on 14 March, nearly 50% of it in cash."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [(fact.text, str(fact.value)) for fact in facts]
    [('At least two', '≥ 2 activists'), ('1.2 billion dollars', '1.2 billion USD'), ('nearly 50%', '≲ 50 %')]
    """
    reader = read_quantities(language)
    return tuple(
        tuple(reader.read(line, {k: time.end for time in found for k in range(time.start, time.end)}))
        for line, found in times.read(article, tuple(sentences), language)
    )


def compare(left: Fact, right: Fact, language: Language = ENGLISH) -> Agreement | None:
    """Return how two quantities agree; ``None`` where they cannot answer each other (another dimension or noun).

    SAME: equal values, or one is a rounding of the other. FINER: both can hold ("at least two", "five").
    DIFFERENT: another number, another bound ("at least 10", "at least 14") or another currency.

    >>> from consistency.model import Kind
    >>> def fact(*value, **more): return Fact(Kind.QUANTITY, 0, 1, "", Quantity(*value, **more))
    >>> print(compare(fact(None, 50, approximate=True), fact(49, 49)), compare(fact(2, None), fact(5, 5)))
    same finer
    >>> print(compare(fact(12, 12), fact(21, 21)), compare(fact(2, 2, noun="activist"), fact(5, 5, noun="car")))
    different None
    """
    one, other = left.value, right.value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)):
        return None
    if one.dimension is not other.dimension and not (one.dimension in _MIXED and other.dimension in _MIXED):
        return None
    if one.per in SECONDS and other.per in SECONDS:
        other = _convert(other, one.per)
    equal = is_near(one.low, other.low) and is_near(one.high, other.high)
    if one.per != other.per and not {one.per, other.per} <= {"", *SECONDS} and not equal:
        return None  # the price of a share, and of all of them
    fates_apart = one.fate and other.fate and one.fate != other.fate
    if fates_apart or one.dimension is not other.dimension or one.currency != other.currency:
        return Agreement.DIFFERENT if equal else None  # two dead, two injured; three percent, three points
    if not _is_answer(one, other, language, equal=equal):
        return None
    return compare_bounds(one, other, functools.partial(_is_rounding, one, other))


def _convert(rate: Quantity, per: str) -> Quantity:
    """Return a rate for another length of time: 70 a week are ten a day."""
    factor = SECONDS[per] / SECONDS[rate.per]
    low, high = (None if bound is None else bound * factor for bound in (rate.low, rate.high))
    return attrs.evolve(rate, low=low, high=high, per=per)


def is_article(fact: Fact) -> bool:
    """Say whether a number is no more than an article: "one" for "a".

    >>> text = "One man left in 1 car."
    >>> [is_article(fact) for facts in find(Article(text), [Sentence(0, 0, len(text), text)]) for fact in facts]
    [True, False]
    """
    return fact.text.casefold() == "one" and isinstance(fact.value, Quantity)


def is_settled(fact: Fact) -> bool:
    """Say whether a number is of a sort that does not grow from one report to the next: an age, a final score.

    >>> text = "Two men, one aged 40, led."
    >>> [is_settled(fact) for facts in find(Article(text), [Sentence(0, 0, len(text), text)]) for fact in facts]
    [False, True]
    """
    return isinstance(fact.value, Quantity) and fact.value.dimension in (Dimension.AGE, Dimension.SCORE)


def _is_answer(one: Quantity, other: Quantity, language: Language, *, equal: bool) -> bool:
    """Say whether the nouns of two numbers can stand for each other; an equal large number answers in any case."""
    if one.dimension is Dimension.LENGTH:  # depth and width
        return not (one.noun and other.noun) or one.noun == other.noun
    if not (one.noun and other.noun) or lexicon.are_synonyms(one.noun, other.noun, language):
        return True
    if lexicon.are_opposites(one.noun, other.noun, language):
        return False
    short, long = sorted((one.noun, other.noun), key=len)
    if len(short) > 3 and long.endswith(short):  # girls, schoolgirls
        return True
    telling = one.low == one.high and (one.low or 0) > TELLING
    if equal and (telling or other.noun in lexicon.relatives(one.noun, language)):
        return True
    known, nouns = read_nouns(language), {one.noun, other.noun}
    if one.dimension is not Dimension.COUNT or not nouns <= known.people | known.persons:
        return False
    return bool(nouns & known.people) or (len(nouns & known.words.sexes) == 1 and not nouns & known.words.young)


def _is_rounding(one: Quantity, other: Quantity, left: float, right: float) -> bool:
    """Say whether one of two numbers is the other with fewer digits, or in another unit."""
    size, distance = max(abs(left), abs(right)), abs(left - right)
    if one.dimension is Dimension.SHARE:
        return distance < SHARE and (left == int(left)) is not (right == int(right))
    if one.dimension in PHYSICAL:
        return is_conversion(left, right, (one.grain, other.grain))
    if one.dimension is Dimension.SCORE or (one.dimension is not Dimension.MONEY and size < LARGE):
        return False
    grain = max(digit_value(abs(left)), digit_value(abs(right)))
    return distance <= min(grain / 2, LEAST * size) and size / grain >= 10
