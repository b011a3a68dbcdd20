"""The tokens of a sentence with what stands between them: what the readers of numbers, quantities and times look at."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from consistency.language import ENGLISH, Language
from consistency.model import Sentence
from consistency.text import Token, fold_typography, tokenize, tokenize_sentences

DIGITS = "0"  # the key of all words in digits
REACH = 16  # how far beyond the last token a neighbour may be asked for
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word, the longest first."""
_WRAP = re.compile(r"[ \t\r\n]+")  # a line break inside of a sentence is a blank
_SYMBOL = re.compile(r"<[A-Z0-9.=]{1,12}>")  # "Alder Mills Inc <ALD.N>": what wires call a company is no word
_POINT = re.compile(r"(?:^|[^\w.])\.$")


def group_phrases(phrases: Iterable[str]) -> Phrases:
    """Return phrases by their first word, the longest first.

    >>> group_phrases(["at", "at least", "up to"])
    {'at': (('at', 'least'), ('at',)), 'up': (('up', 'to'),)}
    """
    groups: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase.split()), phrase)):
        words = tuple(phrase.split())
        groups.setdefault(words[0], []).append(words)
    return {first: tuple(group) for first, group in groups.items()}


class Line:
    """The words of a sentence with their gaps; ``k`` is always the index of a word, and may lie beyond either end.

    ``keys`` are the words by which rules are looked up: all numbers in digits have one.

    >>> line = Line(Sentence(0, 0, 24, "A ten-day fair: 5% more."))
    >>> line.words[:6], line.gap(2), line.gap(4), line.gap(5)
    (['a', 'ten', 'day', 'fair', '5', 'more'], '-', ': ', '% ')
    """

    def __init__(
        self, sentence: Sentence, language: Language = ENGLISH, tokens: tuple[Token, ...] | None = None
    ) -> None:
        self.start = sentence.dateline.end if sentence.dateline else sentence.start
        self.end = sentence.end
        self._text, self._offset, self._said = sentence.text, sentence.start, sentence.text
        if "<" in sentence.text:
            self._said, tokens = _SYMBOL.sub(lambda symbol: " " * len(symbol[0]), sentence.text), None
        self.tokens = tokenize(self._said, sentence.start, language) if tokens is None else tokens
        if sentence.dateline:
            self.tokens = tuple(token for token in self.tokens if token.start >= self.start)
        self.size = len(self.tokens)
        self.words = [token.norm for token in self.tokens] + [""] * REACH  # so that neighbours need no check
        self.keys = [
            DIGITS if "0" <= token.norm[:1] <= "9" and token.text[0].isdecimal() else token.norm
            for token in self.tokens
        ]
        self.numbers: dict[int, Any] = {}  # what was read by the first word, for the reader of numbers
        self._gaps: dict[int, str] = {}

    @property
    def line(self) -> Line:
        """Itself: the scene of rules that look at nothing but words."""
        return self

    def key(self, k: int) -> str:
        """Return the key of word ``k``, empty beyond either end."""
        return self.keys[k] if 0 <= k < self.size else ""

    def find(self, keys: Collection[str]) -> list[int]:
        """Return the words that have one of some keys."""
        return [k for k, key in enumerate(self.keys) if key in keys]

    def cut(self, start: int, end: int) -> str:
        """Return the characters between two places of the article, as they are written."""
        return self._text[start - self._offset : end - self._offset]

    def text(self, k: int) -> str:
        """Return the word ``k`` as it is written, empty beyond either end."""
        return self.tokens[k].text if 0 <= k < self.size else ""

    def gap(self, k: int) -> str:
        """Return what stands before word ``k``, folded; beyond the last word that is nothing a word joins."""
        gap = self._gaps.get(k)
        if gap is None:
            gap = self._gaps[k] = self._fold_gap(k) if 0 <= k <= self.size else "\n."
        return gap

    def _fold_gap(self, k: int) -> str:
        start = self.tokens[k - 1].end if k > 0 else self.start
        end = self.tokens[k].start if k < self.size else self.end
        inside = self._said[start - self._offset : end - self._offset]
        return inside if inside == " " else _WRAP.sub(" ", fold_typography(inside))

    def is_joined(self, k: int, joints: str = "-") -> bool:
        """Say whether only a blank or one of ``joints`` stands before word ``k``, which is there."""
        if not 0 <= k < self.size:
            return False
        gap = self.gap(k).strip()
        return not gap or (len(gap) == 1 and gap in joints)

    def read_phrase(self, k: int, phrases: Phrases) -> tuple[str, int] | None:
        """Return the longest phrase that stands at word ``k``, and its end."""
        for phrase in phrases.get(self.words[k], ()):
            size = len(phrase)
            if size == 1 or (
                tuple(self.words[k : k + size]) == phrase and all(map(self.is_joined, range(k + 1, k + size)))
            ):
                return " ".join(phrase), k + size
        return None

    def previous(self, k: int) -> str:
        """Return the word before ``k`` where only a blank or a hyphen parts them, "'s" for a possessive, else empty."""
        gap = self.gap(k).strip(" '-") if k > 0 else "."
        return "'s" if gap == "s" else "" if gap else self.words[k - 1]

    def next(self, k: int) -> str:
        """Return the word ``k`` where only blanks part it from the word before, else empty."""
        return self.words[k] if self.gap(k).isspace() and k < self.size else ""

    def is_digits(self, k: int) -> bool:
        """Say whether word ``k`` starts with a digit of the ten."""
        return 0 <= k < self.size and self.keys[k] == DIGITS

    def is_decimal(self, k: int) -> bool:
        """Say whether a decimal point without a digit before it stands before the digits ``k``."""
        return self.words[k].isdecimal() and bool(_POINT.search(self.gap(k)))

    def is_capital(self, k: int) -> bool:
        """Say whether word ``k`` starts with a capital."""
        return 0 <= k < self.size and self.tokens[k].text[0].isupper()


@functools.lru_cache(maxsize=4)  # of the two articles of a comparison, for all that reads them
def read_lines(sentences: tuple[Sentence, ...], language: Language = ENGLISH) -> tuple[Line, ...]:
    """Return the line of each sentence of an article.

    >>> [line.words[:2] for line in read_lines((Sentence(0, 0, 10, "Rain fell."),))]
    [['rain', 'fell']]
    """
    cut = zip(sentences, tokenize_sentences(sentences, language), strict=True)
    return tuple([Line(sentence, language, tokens) for sentence, tokens in cut])
