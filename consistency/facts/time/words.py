"""The words of times, as their file holds them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from consistency.language import Words


@attrs.frozen
class TimeWords(Words):
    """The words of ``times.toml``."""

    contracted: tuple[str, ...]
    participle: tuple[str, ...]
    decade_words: tuple[str, ...]
    lists: Mapping[str, frozenset[str]]
    shifts: Mapping[str, int]
    deictic: Mapping[str, int]
    sides: Mapping[str, str]
    tails: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    edges: Mapping[str, str]
    long: Mapping[str, str]
    rules: Mapping[str, tuple[str, ...]]
