"""What two articles' signs say of whether both tell one event: numbers by name, the same from either side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from consistency.overlap.signs import DAY, HEADLINE, LEAD, NAME, NUMBER, RUN, Signs

_RARE = 6.5  # IDF of a sign that tells one event from most
_COMMON = RUN << 1  # a bit more: less rare than that

Vector: TypeAlias = "dict[int, float]"


@attrs.frozen
class Aspects:
    """One article's signs as vectors of their weights: all of them, and the parts that signals look at.

    >>> from consistency.model import Article
    >>> from consistency.overlap.signs import find_signs
    >>> len(Aspects.weigh(find_signs(Article("The Orlo dam broke."))).words)
    3
    """

    words: Vector  # without numbers
    frame: Vector  # neither names nor numbers nor days
    rest: Vector  # these
    names: Vector
    top: Vector  # of headline and lead
    headline: Vector
    top_names: Vector
    numbers: Vector
    top_numbers: Vector
    days: Vector
    runs: Vector
    rare: Vector

    @classmethod
    def weigh(cls, signs: Signs) -> Aspects:
        """Return the vectors of an article's signs."""
        rarities = [-math.log(prior) for prior in signs.priors]
        rows = [
            (term, weight * rarity * rarity, mark if rarity >= _RARE else mark | _COMMON)
            for term, weight, rarity, mark in zip(signs.terms, signs.weights, rarities, signs.marks, strict=True)
        ]
        return cls(
            words=_pick(rows, 0, NUMBER),
            frame=_pick(rows, 0, NUMBER | NAME | DAY),
            rest={term: value for term, value, mark in rows if mark & (NUMBER | NAME | DAY)},
            names=_pick(rows, NAME, DAY),
            top=_pick(rows, LEAD, NUMBER | DAY),
            headline=_pick(rows, HEADLINE, NUMBER | DAY),
            top_names=_pick(rows, NAME | LEAD, DAY),
            numbers=_pick(rows, NUMBER),
            top_numbers=_pick(rows, NUMBER | LEAD),
            days=_pick(rows, DAY),
            runs=_pick(rows, RUN),
            rare=_pick(rows, 0, NUMBER | DAY | RUN | _COMMON),
        )


def _pick(rows: Iterable[tuple[int, float, int]], wanted: int, unwanted: int = 0) -> Vector:
    """Return the signs that have all wanted bits and none of the unwanted."""
    asked = wanted | unwanted
    return {term: value for term, value, mark in rows if mark & asked == wanted}


def measure(left: Signs, right: Signs) -> dict[str, float]:
    """Return the signals of two articles by name: how much they share, and how much they look like twins.

    Twins are two reports of one frame that have other names, numbers or days, or were published on other days.

    >>> from consistency.model import Article
    >>> from consistency.overlap.signs import find_signs
    >>> dam = find_signs(Article("The Orlo dam broke on Friday."))
    >>> signals = measure(dam, find_signs(Article("The Orlo dam broke on Monday.")))
    >>> signals["names in"], signals["days both"]
    (1.0, 0.0)
    """
    one, other = Aspects.weigh(left), Aspects.weigh(right)
    frame = measure_cosine(one.frame, other.frame)
    found = {
        "words": math.sqrt(measure_cosine(one.words, other.words)),
        "frame": math.sqrt(frame),
        "names": math.sqrt(measure_cosine(one.names, other.names)),
        "top": math.sqrt(measure_cosine(one.top, other.top)),
        "numbers": measure_cosine(one.numbers, other.numbers),
        "rare": math.log1p(len(one.rare.keys() & other.rare.keys())),
        "runs": math.log1p(len(one.runs.keys() & other.runs.keys())),
        "first name": _find_first(one.top_names, other.words) + _find_first(other.top_names, one.words),
        "short": math.log1p(min(left.length, right.length)),
        "ratio": abs(math.log1p(left.length) - math.log1p(right.length)),
        "dated": float(left.day is not None and right.day is not None),
    }
    for name, part, whole, part_too, whole_too in (
        ("top in", one.top, other.words, other.top, one.words),
        ("headline in", one.headline, other.words, other.headline, one.words),
        ("names in", one.top_names, other.words, other.top_names, one.words),
        ("numbers in", one.top_numbers, other.numbers, other.top_numbers, one.numbers),
        ("numbers both", one.numbers, other.numbers, other.numbers, one.numbers),
        ("days both", one.days, other.days, other.days, one.days),
    ):
        known = [share for share in (_share(part, whole), _share(part_too, whole_too)) if share is not None]
        found[name] = sum(known) / len(known) if known else 0.0
        found[f"{name} known"] = float(len(known))
    by_number = frame * (1 - found["numbers both"]) * (found["numbers both known"] == 2)
    told = [_share(side.rest, {**whole.rest, **whole.frame}) for side, whole in ((one, other), (other, one))]
    framed = [_share(side.frame, whole.frame) or 0.0 for side, whole in ((one, other), (other, one))]
    has_own = all(share is not None and share < 1 for share in told)
    found["frame both"] = min(framed) if has_own else 0.0  # a copy is no twin, nor is a part
    found["frame alone"] = found["frame both"] * (1 - max(share or 0.0 for share in told))
    found["one day"] = found["dated"] * (left.day == right.day)
    found["twins by number"] = by_number
    found["twins by day"] = frame * (1 - found["days both"]) * (found["days both known"] == 2)
    found["twins by date"] = by_number * (found["dated"] and left.day != right.day)
    return found


def _find_first(names: Vector, others: Vector) -> float:
    """Return whether the weightiest name is another's word too, one half where there is none."""
    if not names:
        return 0.5
    return float(max(names, key=lambda name: (names[name], name)) in others)


def _share(part: Vector, whole: Vector) -> float | None:
    total = sum(part.values())
    return sum(value for term, value in part.items() if term in whole) / total if total else None


def measure_cosine(left: Mapping[int, float], right: Mapping[int, float]) -> float:
    """Return the cosine of two vectors, in [0, 1]; 0 where one is empty.

    >>> measure_cosine({1: 0.6, 2: 0.8}, {2: 1.0})
    0.8
    """
    if len(left) > len(right):
        left, right = right, left
    dot = sum(value * right[term] for term, value in left.items() if term in right)
    return dot / (_length(left.values()) * _length(right.values())) if dot else 0.0


def _length(values: Iterable[float]) -> float:
    return math.sqrt(sum(value * value for value in values))
