"""Typed facts: one module a kind, each finds its facts in an article and compares two of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

import attrs

from consistency.facts import name, quantity, speech, status, time
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Fact, Kind, Sentence, Word

__all__ = ["FINDERS", "Finder", "Reach", "build_finders"]


class Reach(Word):
    """Where a fact that is another one may stand to answer a fact, in the linked sentences of two articles.

    ``PLACED``: in the same place of the statement. ``ALIKE``: there too, but only in sentences that are much alike,
    for in two tellings other names are names of others. ``ANYWHERE``: wherever, where each side has one left.

    >>> print(Reach.PLACED)
    placed
    """

    PLACED = "placed"
    ALIKE = "alike"
    ANYWHERE = "anywhere"


def _never(fact: Fact) -> bool:  # noqa: ARG001  a plug
    return False


def _know_no_key(fact: Fact) -> None:  # noqa: ARG001  a plug
    return None


def _always(fact: Fact) -> bool:  # noqa: ARG001  a plug
    return True


@attrs.frozen
class Finder:
    """How facts of some kinds are found and compared: the plug for a kind of fact.

    What is found here is compared without a look at its kind: all that a comparison has to know of it the finder says.

    Attributes:
        kinds: the kinds that it finds.
        find: article, its sentences -> one tuple of facts for each sentence.
        compare: how two of its facts agree, ``None`` where they cannot answer each other. It is asked about facts of
            its own finder only, whatever their kind is.
        is_minor: whether a fact is no news on its own: that the other article is silent on it is no change.
        is_settled: whether a fact stays as it is while an event goes on. A difference of settled facts is a conflict;
            one of others (a toll, a price) is a development, where the articles are of different days.
        excludes: whether two different facts cannot both hold. Where they can (two sources of one statement), a
            difference is an elaboration.
        reach: where a different fact may stand to answer one.
        measure: what two facts that are not the same signal of whether they clash, numbers by name; ``None`` where they
            cannot. Without it the rules alone say what a difference is.
        index: keys of a fact, of which two that are the same share at least one; ``None``, as without it, where any
            other may be the same. In a long article facts are looked up by them.

    >>> [sorted(finder.kinds) for finder in FINDERS][0]
    [<Kind.QUANTITY: 'quantity'>]
    """

    kinds: frozenset[Kind]
    find: Callable[[Article, Sequence[Sentence]], Sequence[Sequence[Fact]]]
    compare: Callable[[Fact, Fact], Agreement | None]
    is_minor: Callable[[Fact], bool] = _never
    is_settled: Callable[[Fact], bool] = _always
    excludes: bool = True
    reach: Reach = Reach.PLACED
    measure: Callable[[Fact, Fact], Mapping[str, float] | None] | None = None
    index: Callable[[Fact], Collection[Hashable] | None] = _know_no_key


def build_finders(language: Language = ENGLISH) -> tuple[Finder, ...]:
    """Return the finders of all kinds, by the words of a language.

    >>> build_finders() == FINDERS
    True
    """
    bind = language.bind
    return (
        Finder(
            frozenset({Kind.QUANTITY}),
            bind(quantity.find),
            bind(quantity.compare),
            is_minor=quantity.is_article,
            is_settled=quantity.is_settled,
            measure=bind(quantity.measure),
        ),
        Finder(frozenset({Kind.TIME}), bind(time.find), time.compare, is_minor=time.is_vague, measure=time.measure),
        Finder(
            frozenset({Kind.ENTITY, Kind.PLACE}),
            bind(name.find),
            bind(name.compare),
            reach=Reach.ALIKE,
            measure=name.measure,
            index=bind(name.list_keys),
        ),
        Finder(frozenset({Kind.STATUS, Kind.POLARITY}), bind(status.find), bind(status.compare)),
        Finder(frozenset({Kind.ATTRIBUTION}), bind(speech.find), speech.compare, excludes=False, reach=Reach.ANYWHERE),
    )


FINDERS = build_finders()
