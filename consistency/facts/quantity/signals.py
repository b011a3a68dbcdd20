"""What the values of two quantities say about whether they clash: signals for a learned judge."""

from __future__ import annotations

import math

from consistency import lexicon
from consistency.facts.quantity.values import Dimension, Quantity
from consistency.language import ENGLISH, Language
from consistency.model import Fact

_FARTHEST = 4.0  # log of the ratio of two values; more tells no more
_NEAR = 3  # times
_SMALL = 12  # numbers up to this are often told by the way


def measure(left: Fact, right: Fact, language: Language = ENGLISH) -> dict[str, float] | None:
    """Return what two quantities of one dimension signal; ``None`` where none answers, or one is too vague to.

    All are the same from either side but ``growth``, which is 1 where the right one is more and -1 where it is less.

    >>> from consistency.model import Kind
    >>> ten, two = (Fact(Kind.QUANTITY, 0, 1, "", Quantity(n, n, noun="car")) for n in (10.0, 2.0))
    >>> measure(ten, two)["noun_same"]
    1.0
    """
    one, other = left.value, right.value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)) or one.dimension is not other.dimension:
        return None
    if _is_vague(one, other) or _is_vague(other, one):
        return None
    nouns = {one.noun, other.noun}
    if one.dimension is Dimension.LENGTH and len(nouns - {""}) == 2:
        return None  # nine feet deep, nine feet wide
    akin = lexicon.are_synonyms(one.noun, other.noun, language)
    values = [value.low if value.high is None else value.high for value in (one, other)]
    sizes = sorted(abs(value or 0.0) for value in values)
    signals = {
        f"is_{one.dimension.name.lower()}": 1.0,
        "noun_same": float(len(nouns) == 1 and "" not in nouns),
        "noun_akin": float(len(nouns) == 2 and "" not in nouns and akin),
        "noun_other": float(len(nouns) == 2 and "" not in nouns and not akin),
        "fate_same": float(bool(one.fate) and one.fate == other.fate),
        "unit_other": float(one.currency != other.currency),
        "rough": float(one.approximate + other.approximate) / 2,
        "bounds": sum(None in (value.low, value.high) for value in (one, other)) / 2,
        "ranges": sum(None not in (value.low, value.high) and value.low != value.high for value in (one, other)) / 2,
        "small": float(sizes[1] <= _SMALL and one.dimension is Dimension.COUNT),
        "has_one": float(sizes[0] == 1 and one.dimension is Dimension.COUNT),
        "size": min(math.log10(sizes[1] + 1), 10) / 10,
    }
    ratio = math.log(sizes[1] / sizes[0]) if sizes[0] > 0 else _FARTHEST if sizes[1] else 0.0
    more = (values[1] or 0.0) - (values[0] or 0.0)
    return (
        signals
        | _compare_digits(*sizes)
        | {
            "growth": float(more > 0) - float(more < 0),
            "ratio": min(ratio, _FARTHEST) / _FARTHEST,
            "within_tenth": float(0 < ratio < 0.1),
            "within_half": float(0 < ratio < 0.7),
            "tenfold": float(ratio > 2.3),
        }
    )


def _is_vague(value: Quantity, other: Quantity) -> bool:
    """Whether a value is a word that tells no count ("several"), and the other one is not far from what it may mean."""
    if value.dimension is not Dimension.COUNT or not value.approximate or value.low is None or value.high is None:
        return False
    low, high = other.low or other.high or 0.0, other.high or other.low or 0.0
    return value.low != value.high and high * _NEAR >= value.low and low <= value.high * _NEAR


def _compare_digits(one: float, other: float) -> dict[str, float]:
    """Return how two numbers differ as they are written: one of them may be the other, mistyped.

    >>> _compare_digits(310_000, 130_000), _compare_digits(2.5, 52)
    ({'digit_other': 1.0, 'digits_turned': 1.0}, {'digit_other': 0.0, 'digits_turned': 0.0})
    """
    from rapidfuzz.distance import OSA

    ours, theirs = (f"{value:f}".replace(".", "").lstrip("0") for value in (one, other))
    while ours[-1:] == theirs[-1:] == "0":
        ours, theirs = ours[:-1], theirs[:-1]
    is_one_off = max(len(ours), len(theirs)) > 1 and OSA.distance(ours, theirs) == 1
    return {
        "digit_other": float(is_one_off and len(ours) == len(theirs)),
        "digits_turned": float(ours != theirs and sorted(ours) == sorted(theirs)),
    }
