"""Quantities of an article: found by an own grammar, normalised to intervals of one dimension, compared as intervals.

The value is that of ``values.py``, the grammar is in ``numbers.py`` and ``reader.py``. Dates, clock
times, years and durations belong to ``facts/time``.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence

from consistency import lexicon
from consistency.facts.quantity import words as terms
from consistency.facts.quantity.reader import Reader
from consistency.facts.quantity.values import Dimension, Quantity, digit_value, rounding_margin
from consistency.model import Agreement, Article, Fact, Sentence

__all__ = ["Dimension", "Quantity", "compare", "find", "is_article"]


def find(article: Article, sentences: Sequence[Sentence]) -> tuple[tuple[Fact, ...], ...]:
    """Return the quantities of each sentence, in order of start; every value is a :class:`Quantity`.

    >>> text = "At least two activists paid 1.2 billion dollars on 14 March, nearly 50% of it in cash."
    >>> (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    >>> [(fact.text, str(fact.value)) for fact in facts]
    [('At least two', '≥ 2 activists'), ('1.2 billion dollars', '1.2 billion USD'), ('nearly 50%', '≲ 50 %')]
    """
    return tuple(tuple(Reader(article.text, sentence).read()) for sentence in sentences)


def compare(left: Fact, right: Fact) -> Agreement | None:
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
    equal = _is_near(one.low, other.low) and _is_near(one.high, other.high)
    if one.dimension is not other.dimension:
        mixed = {one.dimension, other.dimension} == {Dimension.SHARE, Dimension.POINTS}  # three percent, three points
        return Agreement.DIFFERENT if mixed and equal else None
    if one.fate and other.fate and one.fate != other.fate:
        return Agreement.DIFFERENT if equal else None  # two dead, two injured
    if one.currency != other.currency:
        return Agreement.DIFFERENT if equal else None
    if not _is_answer(one, other, equal):
        return None
    return Agreement.SAME if equal else _compare_intervals(one, other)


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


def _is_answer(one: Quantity, other: Quantity, equal: bool) -> bool:
    """Say whether the nouns of two numbers can stand for each other; an equal large number answers in any case."""
    if not (one.noun and other.noun) or lexicon.are_synonyms(one.noun, other.noun):
        return True
    if lexicon.are_opposites(one.noun, other.noun):
        return False
    short, long = sorted((one.noun, other.noun), key=len)
    if len(short) > 3 and long.endswith(short):  # girls, schoolgirls
        return True
    if equal and (lexicon.relatives(one.noun).get(other.noun) or (one.low == one.high and (one.low or 0) > 12)):
        return True
    people, persons = terms.people()
    nouns = {one.noun, other.noun}
    if one.dimension is not Dimension.COUNT or not nouns <= people | persons:
        return False
    return bool(nouns & people) or (len(nouns & terms.SEXES) == 1 and not nouns & terms.YOUNG)


def _is_near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6)


class _Shape(enum.Enum):
    POINT = enum.auto()
    ROUND = enum.auto()
    VAGUE = enum.auto()
    RANGE = enum.auto()
    AT_LEAST = enum.auto()
    AT_MOST = enum.auto()


def _shape(value: Quantity) -> _Shape:
    if None not in (value.low, value.high) and value.low != value.high:
        return _Shape.VAGUE if value.approximate else _Shape.RANGE
    if value.approximate:
        return _Shape.ROUND
    if value.low == value.high:
        return _Shape.POINT
    return _Shape.AT_LEAST if value.high is None else _Shape.AT_MOST


def _compare_intervals(one: Quantity, other: Quantity) -> Agreement:
    first, second = _shape(one), _shape(other)
    if first is second is _Shape.POINT:
        return Agreement.SAME if _is_rounding(one, other) else Agreement.DIFFERENT
    if one.dimension is Dimension.SCORE or (
        first is second and first is not _Shape.VAGUE and first is not _Shape.ROUND
    ):
        return Agreement.DIFFERENT
    (low, high), (low2, high2) = one.interval, other.interval
    start, end = max(low, low2), min(high, high2)
    if start > end or (start == end and low < high and low2 < high2):
        return Agreement.DIFFERENT
    if {first, second} <= {_Shape.POINT, _Shape.ROUND}:
        return _compare_rounded(one, other)
    return Agreement.FINER


def _compare_rounded(one: Quantity, other: Quantity) -> Agreement:
    """Compare two numbers one of which, at least, is a rounding."""
    values = [value.low if value.high is None else value.high for value in (one, other)]
    margins = [
        rounding_margin(value or 0)
        for value, quantity in zip(values, (one, other), strict=True)
        if quantity.approximate
    ]
    return Agreement.SAME if abs((values[0] or 0) - (values[1] or 0)) <= min(margins) else Agreement.DIFFERENT


def _is_rounding(one: Quantity, other: Quantity) -> bool:
    """Say whether one of two numbers is the other with fewer digits, or in another unit."""
    left, right = one.low or 0.0, other.low or 0.0
    size, distance = max(abs(left), abs(right)), abs(left - right)
    if one.dimension is Dimension.SHARE:
        return distance < 0.5 and (left == int(left)) is not (right == int(right))
    if one.dimension in terms.PHYSICAL:
        return distance <= 0.02 * size
    if one.dimension is not Dimension.MONEY and size < 1e6:
        return False
    grain = max(digit_value(abs(left)), digit_value(abs(right)))
    return distance <= min(grain / 2, 0.025 * size) and size / grain >= 10
