"""Lines become paragraphs: hard-wrapped lines are joined, on the raw text."""

from __future__ import annotations

import itertools
import re

from consistency.model import Span

OPENERS = "\"'“‘«([{"
CLOSERS = "\"'”’»)]}"
NOTE = 400  # characters; longer paragraphs are not a headline or caption as a whole
_WIDEST = 120  # columns; lines that are longer were not wrapped by hand or by a mail program
_NARROWEST = 30
_BULLET = re.compile(r"[-*•>]\s|\d{1,3}[.)]\s")


def find_paragraphs(text: str, start: int) -> list[Span]:
    """Return the paragraphs from ``start``: lines, or hard-wrapped lines that were joined."""
    blocks: list[list[Span]] = [[]]
    for row in text[start:].splitlines(keepends=True):
        words = row.strip()
        if words:
            first = start + row.index(words[0])
            blocks[-1].append(Span(first, first + len(words)))
        elif blocks[-1]:
            blocks.append([])
        start += len(row)
    width = _wrap_width(text, blocks)
    paragraphs: list[Span] = []
    for block in blocks:
        paragraphs += block[:1]
        for before, line in itertools.pairwise(block):
            if _flows_on(text, before, line, width):
                paragraphs[-1] = Span(paragraphs[-1].start, line.end)
            else:
                paragraphs.append(line)
    return paragraphs


def _wrap_width(text: str, blocks: list[list[Span]]) -> int:
    """Return the column at which the article is hard-wrapped, 0 if it is not."""
    breaks = [pair for block in blocks for pair in itertools.pairwise(block)]
    torn = [before for before, line in breaks if _is_torn(text, before, line)]
    if len(torn) * 3 < len(breaks):  # in wrapped prose two of three breaks stand before a lower-case word
        return 0
    return max((line.end - line.start for line in torn), default=0)


def _is_torn(text: str, before: Span, line: Span) -> bool:
    """Say whether a line break stands in the middle of a sentence, by its two sides alone."""
    return (
        _NARROWEST <= before.end - before.start <= _WIDEST
        and text[line.start].islower()
        and text[before.end - 1] not in ".!?:;" + CLOSERS.replace(")", "")
    )


def _flows_on(text: str, before: Span, line: Span, width: int) -> bool:
    """Say whether ``line`` goes on with the paragraph of the line before it."""
    if _is_torn(text, before, line):
        return True
    if not width or _indent(text, line) > _indent(text, before) or _BULLET.match(text, line.start):
        return False
    word = text[line.start : min(line.end, line.start + _WIDEST)].split()[0]
    return before.end - before.start + 1 + len(word) > width  # it had no room on the line before


def _indent(text: str, line: Span) -> int:
    margin = text[max(0, line.start - 20) : line.start]
    return len(margin) - len(margin.rstrip(" \t"))


def is_titled(line: str) -> bool:
    """Say whether a line is in Title Case and has no full stop but that of an abbreviation ("… the U.S.")."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    ended = line.endswith(".") and not re.search(r"\b(?:[A-Z]\.){2}$", line)
    return not ended and len(words) > 2 and all(word[0].isupper() for word in words)
