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
    idle_nouns: frozenset[str]
    relative: frozenset[str]
    no_order: frozenset[str]
    time: tuple[str, ...]
    twice: tuple[str, ...]
    minus: frozenset[str]
    or_: frozenset[str]
    by: frozenset[str]
    another: frozenset[str]
    from_by: frozenset[str]
    superlative: tuple[str, ...]
    superlatives: frozenset[str]
    no_superlatives: frozenset[str]
    determiners: frozenset[str]
    of_pronoun: frozenset[str]
    world: frozenset[str]
    zero_after: frozenset[str]
    halves_after: frozenset[str]
    won_by: frozenset[str]
    whose: frozenset[str]
    minors: frozenset[str]
    of_age: frozenset[str]
    no_age: frozenset[str]
    ages: Mapping[str, tuple[str, ...]]
