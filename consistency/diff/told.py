"""The facts of one kind in a whole article, and whether a fact of the other article is among them."""

from __future__ import annotations

import collections
import functools
import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence

import attrs

from consistency.facts import Finder
from consistency.model import Agreement, Fact

_MANY = 100  # different facts, from which those that may be the same are looked up by what they have in common


@attrs.frozen(eq=False)
class Told:
    """What a finder found of a kind, in order; each question about it is answered once."""

    finder: Finder
    facts: Sequence[Fact]
    _asked: dict[Hashable, int] = attrs.field(factory=dict, init=False, repr=False)

    def tells(self, fact: Fact) -> bool:
        """Say whether the same fact is among them.

        >>> from consistency.facts import FINDERS
        >>> from consistency.model import Kind
        >>> Told(FINDERS[0], ()).tells(Fact(Kind.QUANTITY, 0, 3, "two"))
        False
        """
        key = fact.text, fact.value
        if key not in self._asked:
            compare = self.finder.compare
            self._asked[key] = any(compare(fact, other) is Agreement.SAME for other in self._list_likely(fact))
        return bool(self._asked[key])

    def count_answers(self, fact: Fact, most: int) -> int:
        """Return how many say something else, or finer, of the same thing; counted up to most.

        >>> from consistency.facts import FINDERS
        >>> from consistency.model import Kind
        >>> Told(FINDERS[0], ()).count_answers(Fact(Kind.QUANTITY, 0, 3, "two"), 12)
        0
        """
        key = fact.text, fact.value, most
        if key not in self._asked:
            same = (Agreement.SAME, None)
            answers = (other for other in self.facts if self.finder.compare(fact, other) not in same)
            self._asked[key] = sum(1 for _ in itertools.islice(answers, most))
        return self._asked[key]

    def _list_likely(self, fact: Fact) -> Iterator[Fact]:
        """Yield those that may be the same, the likeliest first."""
        if equal := self._once.get((fact.text, fact.value)):
            yield equal
        keys = self.finder.index(fact) if len(self._once) > _MANY else None
        if keys is None:
            yield from self._once.values()
        else:
            facts, places = self._index
            likely = set[int]().union(*(places.get(key, ()) for key in (*keys, None)))
            yield from map(facts.__getitem__, likely)

    @functools.cached_property
    def _once(self) -> Mapping[Hashable, Fact]:
        """Each fact once: a long article tells the same again and again."""
        once: dict[Hashable, Fact] = {}
        for fact in self.facts:
            once.setdefault((fact.text, fact.value), fact)
        return once

    @functools.cached_property
    def _index(self) -> tuple[Sequence[Fact], Mapping[Hashable, Sequence[int]]]:
        """Each fact once, and the places of those that have a key, by ``None`` of those that may be any."""
        facts, places = tuple(self._once.values()), collections.defaultdict[Hashable, list[int]](list)
        for place, fact in enumerate(facts):
            keys = self.finder.index(fact)
            for key in (None,) if keys is None else keys:
                places[key].append(place)
        return facts, places
