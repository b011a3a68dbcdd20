"""The words of times, as their file holds them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen
class TimeWords:
    """The words of ``times.toml``."""

    future: frozenset[str]
    modals: frozenset[str]
    contracted: tuple[str, ...]
    past: frozenset[str]
    participle: tuple[str, ...]
    clauses: frozenset[str]
    lasting: frozenset[str]
    until: frozenset[str]
    moved: frozenset[str]
    counted: frozenset[str]
    before_month: frozenset[str]
    before_no_name: frozenset[str]
    particles: frozenset[str]
    determiners: frozenset[str]
    year_verbs: frozenset[str]
    season_in: frozenset[str]
    verbs_in: frozenset[str]
    function_words: frozenset[str]
    day_on: frozenset[str]
    no_weekday_before: frozenset[str]
    every: frozenset[str]
    decade_words: tuple[str, ...]
    before_clock: frozenset[str]
    am: frozenset[str]
    pm: frozenset[str]
    hours: frozenset[str]
    zones: frozenset[str]
    in_part: frozenset[str]
    part_edges: frozenset[str]
    loose: frozenset[str]
    many: frozenset[str]
    length_after: frozenset[str]
    loose_bounds: frozenset[str]
    unit_after: frozenset[str]
    for_: frozenset[str]
    in_: frozenset[str]
    quarter: frozenset[str]
    time_bounds: frozenset[str]
    day_parts: frozenset[str]
    range_links: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    shifts: Mapping[str, int]
    deictic: Mapping[str, int]
    sides: Mapping[str, str]
    tails: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    edges: Mapping[str, str]
    long: Mapping[str, str]
    rules: Mapping[str, tuple[str, ...]]
