"""Checks: a comparison and a policy give findings, all of them, in the order of the pairs."""

from __future__ import annotations

import bisect
import hashlib
import json
import math
import re
from collections.abc import Iterator
from typing import Any

import attrs

from consistency.model import (
    Article,
    Change,
    Comparison,
    Fact,
    Kind,
    Nature,
    Pair,
    Relation,
    Role,
    Sentence,
    Span,
    split_name,
)
from consistency.policy import Forbidden, Policy
from consistency.text import fold
from consistency.verdict import Finding, Place, Severity

_SEVERITIES = {
    Nature.CONFLICT: Severity.ERROR,
    Nature.DEVELOPMENT: Severity.WARNING,
    Nature.ELABORATION: Severity.NOTE,
}
_ID_DIGITS = 12  # 48 bits: a newsroom with a million accepted findings has a clash with 1 in 500
_LONGEST_QUOTE = 80
_NOWHERE = Span(0, 0)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def check(
    comparison: Comparison, policy: Policy | None = None, *, event: str = "", **settings: Any
) -> tuple[Finding, ...]:
    """Return all findings of a comparison.

    Args:
        comparison: what to check.
        policy: what is forbidden; the default forbids conflicts.
        event: what the findings are to be known by.
        settings: the fields of a `Policy` by name, laid over ``policy``.

    Returns:
        The findings in the order of the pairs; then what is said of a whole article.

    Raises:
        SettingsError: a setting is unknown, or has a value that it cannot have.

    >>> import consistency
    >>> found = consistency.compare("Two people died in Oslo on Monday.", "Nine people died in Oslo on Monday.")
    >>> [finding.message for finding in check(found, forbid="conflict")]
    ['quantity conflict: left says “Two”, right says “Nine”']
    >>> check(found, ignore_kinds={"quantity"})
    ()
    """
    given = Policy.build(settings)  # first, so that an unknown name is told with the nearest right one
    if policy is None:
        policy = given
    elif settings:
        policy = attrs.evolve(policy, **settings)
    policy = policy.select(comparison.left.source, comparison.right.source)
    sides = _Text.lay_out(comparison.left), _Text.lay_out(comparison.right)
    case = _Case(comparison, policy, sides[0], sides[1], event)
    return (*(finding for pair in comparison.pairs for finding in case.check_pair(pair)), *case.check_shares())


@attrs.frozen
class _Text:
    """An article with the starts of its lines."""

    article: Article
    file: str
    line_in_file: int  # of an article that is one line of a file, the number of that line; else 0
    starts: tuple[int, ...]

    @classmethod
    def lay_out(cls, article: Article) -> _Text:
        starts = (0, *(match.end() for match in _LINE_BREAK.finditer(article.text)))
        return cls(article, *split_name(article.name), starts)

    def locate(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, from 1; of a JSON line, its start."""
        if self.line_in_file:
            return self.line_in_file, 1
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def place(self, sentences: tuple[Sentence, ...], fact: Fact | None) -> Place | None:
        """Return where a statement stands, with the fact marked in it."""
        if not sentences:
            return None
        text = self.article.text
        span = Span(sentences[0].start, max(s.end for s in sentences))
        statement = " ".join(_on_one_line(text[s.start : s.end]) for s in sentences)
        mark = _NOWHERE
        if fact:
            inside = Span(fact.start, fact.end)
            before = " ".join(
                _on_one_line(text[s.start : min(s.end, fact.start)]) for s in sentences if s.start <= fact.start
            )
            words = _on_one_line(inside.cut(text))
            start = statement.find(words, max(len(before) - 1, 0))  # the space between them may be folded away
            if words and start >= 0:
                span, mark = inside, Span(start, start + len(words))
        return self._make_place(span, statement, mark)

    def _make_place(self, span: Span, statement: str, mark: Span = _NOWHERE) -> Place:
        published = self.article.published.isoformat() if self.article.published else ""
        ends = (*self.locate(span.start), *self.locate(span.end))
        return Place(self.file, span, *ends, statement, mark, self.article.source or "", published)

    @property
    def top(self) -> Place:
        """The place of the whole article."""
        return self._make_place(_NOWHERE, "")


def _shorten(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


@attrs.frozen
class _Case:
    """A comparison under a policy."""

    comparison: Comparison
    policy: Policy
    left: _Text
    right: _Text
    event: str

    @property
    def called(self) -> tuple[str, ...]:
        """What the messages call the two articles: who published them, else their names."""
        sides = self.left.article, self.right.article
        published = [article.source or article.name for article in sides]
        names = [article.name or side for article, side in zip(sides, ("left", "right"), strict=True)]
        return tuple(published if published[0] != published[1] and all(published) else names)

    def check_pair(self, pair: Pair) -> Iterator[Finding]:
        if any(self._is_ignored(side) for side in (pair.left, pair.right) if side):
            return
        if pair.relation is Relation.UNIQUE and Forbidden.UNIQUE in self.policy.forbid:
            told, silent = (self.left, self.right) if pair.left else (self.right, self.left)
            names = dict(zip((self.left, self.right), self.called, strict=True))
            message = f"only {names[told]} tells this, {names[silent]} does not"
            yield self._find("unique", Severity.NOTE, message, pair, None)
        for change in pair.changes:
            if self.policy.forbids(change.nature) and self.policy.counts(change.kind, change.confidence):
                message = f"{change.kind} {change.nature}: {self._tell(change)}"
                yield self._find(str(change.nature), _SEVERITIES[change.nature], message, pair, change)
        if pair.relation is Relation.UPDATED and not pair.changes and Forbidden.UPDATED in self.policy.forbid:
            yield self._find("updated", Severity.WARNING, "updated: the statements differ", pair, None)

    def check_shares(self) -> Iterator[Finding]:
        """Find articles of which the other confirms less than is wanted."""
        wanted = self.policy.minimum_confirmed
        sides = (self.left, self.right), (self.right, self.left)
        names = dict(zip((self.left, self.right), self.called, strict=True))
        for (told, other), share in zip(sides, self.comparison.confirmed, strict=True):
            if share >= wanted or not any(s.role is Role.BODY for s in self._sentences(told)):
                continue
            texts = (fold(told.article.text), ""), (fold(other.article.text), "")
            yield Finding(
                _hash("unconfirmed", "", texts),
                "unconfirmed",
                Severity.WARNING,
                f"{names[other]} confirms {math.floor(share * 100)}% of {names[told]}, "
                f"at least {wanted * 100:g}% is wanted",
                self.left.article.name,
                self.right.article.name,
                told.top if told is self.left else None,
                told.top if told is self.right else None,
                event=self.event,
                left_id=self.left.article.id,
                right_id=self.right.article.id,
            )

    def _sentences(self, text: _Text) -> tuple[Sentence, ...]:
        return self.comparison.left_sentences if text is self.left else self.comparison.right_sentences

    def _is_ignored(self, sentences: tuple[Sentence, ...]) -> bool:
        return all(sentence.role in self.policy.ignore_roles for sentence in sentences)

    def _find(self, rule: str, severity: Severity, message: str, pair: Pair, change: Change | None) -> Finding:
        left, right = (change.left, change.right) if change else (None, None)
        kind = change.kind if change else None
        values = (fold(pair.left_text), _fold_value(left)), (fold(pair.right_text), _fold_value(right))
        return Finding(
            # The side that comes first in the alphabet stands first: renaming a file may not make a new finding.
            _hash(rule, str(kind or ""), tuple(sorted(values))),
            rule,
            severity,
            message,
            self.left.article.name,
            self.right.article.name,
            self.left.place(pair.left, left),
            self.right.place(pair.right, right),
            kind,
            self.event,
            change.confidence if change else 1.0,
            self.left.article.id,
            self.right.article.id,
        )

    def _tell(self, change: Change) -> str:
        left, right = change.left, change.right
        if change.kind is Kind.POLARITY and left and right and fold(left.text) == fold(right.text):
            # the words are the same, and what denies them stands elsewhere
            return f"one of {' and '.join(self.called)} denies “{_shorten(_on_one_line(left.text))}”"
        told = [
            f"{name} says “{_shorten(_on_one_line(fact.text))}”"
            for fact, name in zip((change.left, change.right), self.called, strict=True)
            if fact
        ]
        return ", ".join(told) if len(told) == 2 else f"only {told[0]}" if told else "the statements differ"


def _fold_value(fact: Fact | None) -> str:
    return "" if fact is None else fold(fact.text if fact.value is None else str(fact.value))


def _hash(rule: str, kind: str, sides: tuple[tuple[str, str], ...]) -> str:
    text = json.dumps([rule, kind, sides])  # ASCII, so half a surrogate pair is no trouble
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_DIGITS]
