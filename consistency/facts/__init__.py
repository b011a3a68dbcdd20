"""Typed facts: one module a kind, each finds its facts in an article and compares two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from consistency.facts import name, quantity, speech, status, time
from consistency.model import Agreement, Article, Fact, Kind, Sentence

__all__ = ["FINDERS", "Finder"]


@attrs.frozen
class Finder:
    """How facts of some kinds are found and compared: the plug for a kind of fact.

    ``find`` gives one tuple of facts for each sentence of an article; ``compare`` says how two of them agree, ``None``
    where they cannot answer each other. It is asked about facts of its own finder only, whatever their kind is.

    >>> [sorted(finder.kinds) for finder in FINDERS][0]
    [<Kind.QUANTITY: 'quantity'>]
    """

    kinds: frozenset[Kind]
    find: Callable[[Article, Sequence[Sentence]], Sequence[Sequence[Fact]]]
    compare: Callable[[Fact, Fact], Agreement | None]


FINDERS = (
    Finder(frozenset({Kind.QUANTITY}), quantity.find, quantity.compare),
    Finder(frozenset({Kind.TIME}), time.find, time.compare),
    Finder(frozenset({Kind.ENTITY, Kind.PLACE}), name.find, name.compare),
    Finder(frozenset({Kind.STATUS, Kind.POLARITY}), status.find, status.compare),
    Finder(frozenset({Kind.ATTRIBUTION}), speech.find, speech.compare),
)
