"""The words of quantities, as their file holds them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen
class QuantityWords:
    """The words of ``quantities.toml``."""

    labels: frozenset[str]
    label_nouns: frozenset[str]
    leading: frozenset[str]
    before_years: frozenset[str]
    idle_nouns: frozenset[str]
    relative: frozenset[str]
    no_order: frozenset[str]
    clock: frozenset[str]
    time: str
    twice: tuple[str, ...]
    minus: str
    or_: str
    by: str
    to: str
    the: str
    another: str
    plural: str
    from_by: frozenset[str]
    in_the: tuple[str, ...]
    dayparts: frozenset[str]
    superlative: str
    superlatives: frozenset[str]
    no_superlatives: frozenset[str]
    determiners: frozenset[str]
    of_pronoun: frozenset[str]
    world: str
    zero_after: str
    halves_after: frozenset[str]
    won_by: frozenset[str]
    whose: frozenset[str]
    minors: frozenset[str]
    no_age: frozenset[str]
    ages: Mapping[str, tuple[str, ...]]
