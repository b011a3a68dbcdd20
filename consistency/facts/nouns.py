"""Reader of what is counted: the noun behind a number, and what became of the people that it counts."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import attrs

from consistency.facts.line import Line
from consistency.facts.numbers import read_numbers
from consistency.language import Language, WordLists
from consistency.text import stem


@attrs.frozen
class NounWords(WordLists):
    """The words of ``nouns.toml``."""

    unlike_plurals: tuple[str, ...]
    adjective_endings: tuple[str, ...]
    participle: tuple[str, ...]
    fates: Mapping[str, frozenset[str]]


class NounReader:
    """Reads what the numbers of a line count."""

    def __init__(self, language: Language) -> None:
        self.words = language.read("nouns.toml", NounWords)
        self.numbers = read_numbers(language)
        self.stem = functools.partial(stem, language=language)
        self.people, self.persons = (set(map(self.stem, words)) for words in (self.words.people, self.words.persons))
        self.fates = {word: fate for fate, words in self.words.fates.items() for word in words}

    def read(self, line: Line, k: int, *, single: bool = False) -> tuple[str, str]:
        """Return the stem and the word of what is counted, from the words at ``k``; empty if it is not said."""
        words, small = self.words, self.numbers.small
        if line.gap(k) == "-" and line.words[k].isalpha():
            label = line.words[k]
            return (self.stem(label), label) if label not in words.stops | words.no_compounds else ("", "")
        linked, fallback = k, ""
        for n in range(k, min(k + 5, line.size)):
            word, gap = line.words[n], line.gap(n).strip(" +'\"")
            if gap not in ("", "s", "-") or line.is_digits(n):
                break
            if n == linked and word in words.links:
                linked += 1
                continue
            if line.gap(n + 1) == "-" or (word in small and n == linked > k):
                continue  # the first part of a compound; two of the nine clerks
            if line.text(n) != "US" and (word in words.stops or word in small):
                break
            named = line.is_capital(n) and not line.is_capital(n + 1)  # one Orlin clerk
            if self._is_plural(word) or (single and not (named or word.endswith(words.adjective_endings))):
                return self.stem(word), word
            fallback = fallback or (word if single and not word.endswith(words.participle) else "")
        return self.stem(fallback), fallback

    def _is_plural(self, word: str) -> bool:
        """Say whether a word looks like more than one of something."""
        ends = len(word) > 3 and word[-1] == "s" and not word.endswith(self.words.unlike_plurals)
        return ends or word in self.words.plurals

    def find_fate(self, line: Line, k: int, end: int, noun: str) -> str:
        """Return what became of the people who are counted from ``k`` to ``end``, from the words beside them."""
        if noun and noun not in self.people | self.persons:
            return ""
        before = range(k - 1, max(k - 6, -1), -1)
        for step, bounds in ((before, 1), (range(end, min(end + 7, line.size)), 0)):
            for n in step:
                word = line.words[n]
                if line.gap(n + bounds).strip() not in ("", "-") or line.is_digits(n) or word in self.words.breaks:
                    break
                if word in self.fates:
                    return self.fates[word]
        return ""


@functools.cache
def read_nouns(language: Language) -> NounReader:
    """Return the reader of what the numbers of a language count."""
    return NounReader(language)
