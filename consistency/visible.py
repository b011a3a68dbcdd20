"""Characters that nobody sees: soft hyphens, zero-width spaces, tags. Compared is the text that a reader sees.

One of them inside a word cuts it, so that a number or a "not" would hide from every stage that looks for words. So a
comparison reads a copy of the article without them, and its spans are led back into the article as it was read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import attrs

from consistency.model import Article, Change, Comparison, Fact, Sentence, Span

_Told = TypeVar("_Told", Sentence, Fact)

# Default_Ignorable_Code_Point of Unicode
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)


def see(article: Article) -> Article:
    r"""Return the article as a reader sees it: itself where all its characters are seen.

    >>> see(Article("Ni\u200bne ships sa\u00adnk.")).text
    'Nine ships sank.'
    """
    if article.text.isascii() or not _UNSEEN.search(article.text):
        return article
    header = (len(_UNSEEN.sub("", article.text[:end])) for end in (article.header.start, article.header.end))
    return attrs.evolve(article, text=_UNSEEN.sub("", article.text), header=Span(*header))


def restore(comparison: Comparison, left: Article, right: Article) -> Comparison:
    r"""Return a comparison of articles that were seen as one of the articles that were read.

    >>> from consistency import compare
    >>> (pair,) = compare("Ni\u200bne ships sank.", "Two ships sank.").pairs
    >>> (change,) = pair.changes
    >>> (change.left.start, change.left.end, change.left.text)
    (0, 5, 'Ni\u200bne')
    """
    if left is comparison.left and right is comparison.right:
        return comparison
    sides = _Way.find(left), _Way.find(right)
    ours, theirs = (
        tuple(map(way.lead, sentences))
        for way, sentences in zip(sides, (comparison.left_sentences, comparison.right_sentences), strict=True)
    )
    pairs = tuple(
        attrs.evolve(
            pair,
            left=tuple(ours[s.index] for s in pair.left),
            right=tuple(theirs[s.index] for s in pair.right),
            changes=tuple(_lead_change(change, *sides) for change in pair.changes),
        )
        for pair in comparison.pairs
    )
    return attrs.evolve(comparison, left=left, right=right, left_sentences=ours, right_sentences=theirs, pairs=pairs)


def lead_back(told: Iterable[_Told], seen: Article, article: Article) -> tuple[_Told, ...]:
    r"""Return sentences or facts of an article that was seen as those of the article that was read.

    >>> from consistency.model import Kind
    >>> article = Article("Ni\u200bne ships sank.")
    >>> (nine,) = lead_back([Fact(Kind.QUANTITY, 0, 4, "Nine", 9)], see(article), article)
    >>> (nine.start, nine.end, nine.text)
    (0, 5, 'Ni\u200bne')
    """
    return tuple(told) if seen is article else tuple(map(_Way.find(article).lead, told))


@attrs.frozen
class _Way:
    """From what is seen of an article back into its text."""

    text: str
    places: Sequence[int]  # of each character that is seen

    @classmethod
    def find(cls, article: Article) -> _Way:
        starts = [0, *(match.end() for match in _UNSEEN.finditer(article.text))]
        ends = [*(match.start() for match in _UNSEEN.finditer(article.text)), len(article.text)]
        return cls(article.text, [*itertools.chain.from_iterable(map(range, starts, ends))])

    def lead(self, told: _Told) -> _Told:
        span = self._find(told)
        dateline = told.dateline if isinstance(told, Sentence) else None
        more: dict[str, Any] = {"dateline": self._find(dateline)} if dateline else {}
        return attrs.evolve(told, start=span.start, end=span.end, text=span.cut(self.text), **more)

    def _find(self, part: Span | Sentence | Fact) -> Span:
        return Span(self.places[part.start], self.places[part.end - 1] + 1)


def _lead_change(change: Change, left: _Way, right: _Way) -> Change:
    return attrs.evolve(
        change, left=change.left and left.lead(change.left), right=change.right and right.lead(change.right)
    )
