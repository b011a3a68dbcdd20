"""The words of times, as their file holds them."""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen
class TimeWords:
    """The words of ``times.toml``."""

    future: frozenset[str]
    modals: frozenset[str]
    contracted: str
    past: frozenset[str]
    participle: str
    clauses: frozenset[str]
    lasting: frozenset[str]
    until: frozenset[str]
    moved: frozenset[str]
    counted: frozenset[str]
    before_month: frozenset[str]
    before_no_name: frozenset[str]
    particles: frozenset[str]
    before_year: frozenset[str]
    prior_to: frozenset[str]
    year_nouns: frozenset[str]
    determiners: frozenset[str]
    year_verbs: frozenset[str]
    sure_years: frozenset[str]
    season_before: frozenset[str]
    season_in: frozenset[str]
    verbs_in: frozenset[str]
    at: frozenset[str]
    function_words: frozenset[str]
    day_on: frozenset[str]
    no_weekday_after: frozenset[str]
    no_weekday_before: frozenset[str]
    every: frozenset[str]
    the: str
    between: str
    and_: str
    to: str
    of: str
    s: str
    decade_words: tuple[str, ...]
    before_clock: frozenset[str]
    am: frozenset[str]
    pm: frozenset[str]
    clock_links: frozenset[str]
    oclock: str
    hours: frozenset[str]
    zones: frozenset[str]
    at_part: frozenset[str]
    in_part: frozenset[str]
    sure_parts: frozenset[str]
    point_parts: frozenset[str]
    part_edges: frozenset[str]
    loose: frozenset[str]
    few: frozenset[str]
    many: str
    fillers: frozenset[str]
    length_after: frozenset[str]
    loose_bounds: frozenset[str]
    unit_after: frozenset[str]
    bare_after: frozenset[str]
    for_: str
    in_: str
    aged: frozenset[str]
    old: frozenset[str]
    age: str
    one: str
    second: str
    day: str
    quarter: str
    time: str
    ago: frozenset[str]
    back: str
    directions: frozenset[str]
    ahead: frozenset[str]
    length_tails: frozenset[str]
    time_bounds: frozenset[str]
    next: str
    same: str
    day_parts: frozenset[str]
    range_links: frozenset[str]
    shifts: Mapping[str, int]
    deictic: Mapping[str, int]
    sides: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    edges: Mapping[str, str]
    long: Mapping[str, str]
    rules: Mapping[str, tuple[str, ...]]
