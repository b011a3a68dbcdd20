"""The words of quantities, as their file holds them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from consistency.language import Words


@attrs.frozen
class QuantityWords(Words):
    """The words of ``quantities.toml``."""

    time: tuple[str, ...]
    twice: tuple[str, ...]
    superlative: tuple[str, ...]
    ages: Mapping[str, tuple[str, ...]]
