"""Lines become paragraphs: hard-wrapped lines are joined, on the raw text."""

from __future__ import annotations

import itertools
import re

import attrs

from consistency.model import Span
from consistency.segmenter.words import SentenceWords

OPENERS = "\"'“‘«([{"
CLOSERS = "\"'”’»)]}"
_FINAL = ".!?:;" + CLOSERS.replace(")", "")
NOTE = 400  # characters; longer paragraphs are not a headline or caption as a whole
_WIDEST = 120  # columns; lines that are longer were not wrapped by hand or by a mail program
_NARROWEST = 30  # the longer of two lines that were one
_LEAST_COLUMN = 45  # at which lines are wrapped, where nothing else says that they are
_SHORTEST = 9  # the first of them, which has lost its dateline
_BULLET = re.compile(r"[-*•>]\s|\d{1,3}[.)]\s")


@attrs.frozen
class _Layout:
    """How the lines of an article are set.

    ``width`` is the column at which they are wrapped, 0 if they are not; ``indent`` how far the first line of a
    paragraph stands to the right, 0 if none does.
    """

    text: str
    words: SentenceWords
    width: int = 0
    indent: int = 0

    @classmethod
    def see(cls, text: str, blocks: list[list[Span]], words: SentenceWords) -> _Layout:
        """Return the layout of the lines of an article."""
        plain = cls(text, words)
        breaks = [pair for block in blocks for pair in itertools.pairwise(block)]
        indents = [plain.indent_of(line) for before, line in breaks if plain.indent_of(line) > plain.indent_of(before)]
        flat = [pair for pair in breaks if plain.indent_of(pair[1]) <= plain.indent_of(pair[0])]
        torn = [pair for pair in flat if plain.is_torn(*pair)]
        unended = [before for before, _ in flat if text[before.end - 1] not in _FINAL]
        # Of wrapped prose two of three breaks are torn; where paragraphs are indented, names and figures are no sign.
        if torn and (len(torn) * 3 >= len(flat) or (len(indents) > 1 and len(unended) * 3 >= len(flat) * 2)):
            width = max(plain.width_of(line) for pair in torn for line in pair)
            return attrs.evolve(plain, width=width, indent=min(indents, default=0))
        # Nor are they where each line of three and more had no room for the next word, and few are a sentence.
        width = max((plain.width_of(line) for pair in flat for line in pair), default=0)
        wrapped = attrs.evolve(plain, width=width)
        full = len(flat) > 1 and _LEAST_COLUMN <= width <= _WIDEST and all(wrapped.is_full(*pair) for pair in flat)
        return wrapped if full and len(unended) * 2 >= len(flat) else plain

    def is_torn(self, before: Span, line: Span) -> bool:
        """Say whether a line break stands in the middle of a sentence, by its two sides alone."""
        size = before.end - before.start
        if not _SHORTEST <= size <= _WIDEST or max(size, line.end - line.start) < _NARROWEST:
            return False
        last = self.text[max(before.start, before.end - 20) : before.end].split()[-1]
        if last[-1] == "," or last in self.words.unfinished:
            return not _BULLET.match(self.text, line.start)
        return self.text[line.start].islower() and last[-1] not in _FINAL

    def flows_on(self, before: Span, line: Span) -> bool:
        """Say whether ``line`` goes on with the paragraph of the line before it."""
        if self.is_torn(before, line):
            return True
        if not self.width or self.indent_of(line) > self.indent_of(before) or _BULLET.match(self.text, line.start):
            return False
        if self.indent and self.indent_of(line) < self.indent and not before.cut(self.text).isupper():
            return True  # a paragraph would be indented
        return self.is_full(before, line)

    def is_full(self, before: Span, line: Span) -> bool:
        """Say whether the line before had no room for the first word of ``line``."""
        word = self.text[line.start : min(line.end, line.start + _WIDEST)].split()[0]
        return self.width_of(before) + 1 + len(word) > self.width

    def width_of(self, line: Span) -> int:
        """Return how many columns a line takes with its indent."""
        return self.indent_of(line) + line.end - line.start

    def indent_of(self, line: Span) -> int:
        """Return how many blanks stand in front of a line, as far as 20."""
        margin = self.text[max(0, line.start - 20) : line.start]
        return len(margin) - len(margin.rstrip(" \t"))


def find_paragraphs(text: str, start: int, words: SentenceWords) -> list[Span]:
    """Return the paragraphs from ``start``: lines, or hard-wrapped lines that were joined."""
    blocks: list[list[Span]] = [[]]
    for row in text[start:].splitlines(keepends=True):
        said = row.strip()
        if said:
            first = start + row.index(said[0])
            blocks[-1].append(Span(first, first + len(said)))
        elif blocks[-1]:
            blocks.append([])
        start += len(row)
    layout = _Layout.see(text, blocks, words)
    paragraphs: list[Span] = []
    for block in blocks:
        paragraphs += block[:1]
        for before, line in itertools.pairwise(block):
            if layout.flows_on(before, line):
                paragraphs[-1] = Span(paragraphs[-1].start, line.end)
            else:
                paragraphs.append(line)
    return paragraphs


def is_titled(line: str) -> bool:
    """Say whether a line is in Title Case and has no full stop but that of an abbreviation ("… the U.S.")."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    ended = line.endswith(".") and not re.search(r"\b(?:[A-Z]\.){2}$", line)
    return not ended and len(words) > 2 and all(word[0].isupper() for word in words)
