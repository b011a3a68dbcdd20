"""The words that stand around the ends of sentences."""

from __future__ import annotations

import functools

import attrs

from consistency.facts.units import read_calendar_names
from consistency.language import Language


@attrs.frozen
class SentenceWords:
    """What ``sentences.toml`` of a language says; every word is folded to lower case, abbreviations end without a stop.

    ``titles`` have their name behind them, ``numbered`` a number, ``figures`` a number or a letter, ``places`` a comma
    in front, ``hours`` no capital but ``after_hours``, ``at_hours`` an hour, ``plain`` are the other abbreviations,
    ``shouts`` names with a mark, ``lettered`` words that a letter counts, ``starters`` start sentences, ``unfinished``
    end no line that was not wrapped.
    """

    titles: frozenset[str]
    numbered: frozenset[str]
    figures: frozenset[str]
    places: frozenset[str]
    hours: frozenset[str]
    after_hours: frozenset[str]
    at_hours: frozenset[str]
    plain: frozenset[str]
    shouts: frozenset[str]
    lettered: frozenset[str]
    starters: frozenset[str]
    unfinished: frozenset[str]

    @classmethod
    def read(cls, language: Language) -> SentenceWords:
        """Return the words of a language.

        >>> from consistency.language import ENGLISH
        >>> "gov" in SentenceWords.read(ENGLISH).titles
        True
        """
        return _read(language)


@functools.cache
def _read(language: Language) -> SentenceWords:
    words = language.read("sentences.toml", SentenceWords)
    return attrs.evolve(words, after_hours=words.after_hours | read_calendar_names(language))
