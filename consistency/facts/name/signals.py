"""What two names say about whether they clash: signals for a learned judge."""

from __future__ import annotations

from consistency.facts.name.reader import Name, Sort
from consistency.model import Fact, Kind


def measure(left: Fact, right: Fact) -> dict[str, float] | None:
    """Return what two names signal, the same from either side; ``None`` for what is no name, or a part of the other.

    >>> from consistency.facts.name.reader import Name
    >>> kelm, orlo = (Fact(Kind.ENTITY, 0, 4, text, Name(text, (text.lower(),))) for text in ("Kelm", "Orlo"))
    >>> measure(kelm, orlo)["words_shared"]
    0.0
    """
    from rapidfuzz import fuzz

    one, other = left.value, right.value
    if not (isinstance(one, Name) and isinstance(other, Name)):
        return None
    ours, theirs = set(one.words), set(other.words)
    if not (left.kind is right.kind is Kind.PLACE) and (ours < theirs or theirs < ours):
        return None  # "Fargo", "Wells Fargo"
    sorts = {one.sort, other.sort}
    return {
        "words_shared": len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0,
        "spelled_alike": fuzz.ratio(left.text.casefold(), right.text.casefold()) / 100,
        "part_of": fuzz.partial_ratio(left.text.casefold(), right.text.casefold()) / 100,
        "sort_same": float(len(sorts) == 1),
        "persons": float(sorts == {Sort.PERSON}),
        "groups": float(sorts == {Sort.GROUP}),
        "places": float(left.kind is right.kind is Kind.PLACE),
        "long": min(min(len(ours), len(theirs)), 4) / 4,
    }
