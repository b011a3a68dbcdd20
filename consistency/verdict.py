"""The values of checks: what is found, where it stands, how grave it is, and what a run of checks says."""

from __future__ import annotations

from typing import Any

import attrs

from consistency.model import Kind, Span, Word

SCHEMA = 1
"""Of the JSON form: goes up when a field changes its meaning or goes away, not when one is added."""


class Severity(Word):
    """How grave a finding is, gravest first.

    >>> Severity("error") is Severity.ERROR
    True
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@attrs.frozen
class Place:
    """Where one side of a finding stands: lines and columns count characters of the article's text from 1.

    Attributes:
        name: the file, without the number of a line in it.
        span: the changed fact in the article's text, or the whole statement.
        line, column: where it starts.
        end_line, end_column: where it ends, the column after the last character.
        statement: the sentences on one line.
        mark: the changed fact in ``statement``, empty where this side does not have it.
        source: who published the article, empty if unknown.
        published: the day, as ISO 8601 has it, empty if unknown.

    >>> Place("first.txt", Span(0, 3), 1, 1, 1, 4, "Two people died.", Span(0, 3)).marked
    '[Two] people died.'
    """

    name: str
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    statement: str
    mark: Span = Span(0, 0)  # noqa: RUF009  a frozen value
    source: str = ""
    published: str = ""

    @property
    def marked(self) -> str:
        """The statement with the changed fact in brackets."""
        start, end = self.mark.start, self.mark.end
        if start == end:
            return self.statement
        return f"{self.statement[:start]}[{self.statement[start:end]}]{self.statement[end:]}"


@attrs.frozen
class Finding:
    """A breach of a policy.

    Attributes:
        id: the same as long as the statements and the change are, wherever they stand and whichever side is left.
        rule: what is breached: ``conflict``, ``development``, ``elaboration``, ``updated``, ``unique`` or
            ``unconfirmed``.
        severity: how grave it is.
        message: one line for people.
        left_name, right_name: the two articles.
        left, right: where it stands; ``None`` for a side that has no part in it.
        kind: the kind of the change, ``None`` for a rule that is about none.
        event: the event that both articles are about, empty if unknown.
        confidence: how sure it is that the nature of the change is right, in [0, 1]; 1.0 for a rule about none.
        left_id, right_id: what their owner calls the two articles, empty for nothing.

    >>> Finding("0f", "unique", Severity.NOTE, "only first.txt tells it", "first.txt", "later.txt").event
    ''
    """

    id: str
    rule: str
    severity: Severity
    message: str
    left_name: str
    right_name: str
    left: Place | None = None
    right: Place | None = None
    kind: Kind | None = None
    event: str = ""
    confidence: float = 1.0
    left_id: str = ""
    right_id: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it stands: left, then right."""
        return tuple(place for place in (self.left, self.right) if place)


@attrs.frozen
class Accepted:
    """A finding that an editor has accepted, as a baseline keeps it; ``reason`` says why.

    >>> Accepted("0f", "conflict", "first.txt", "later.txt", "quantity: two, nine").reason
    ''
    """

    id: str
    rule: str
    left: str
    right: str
    message: str
    reason: str = ""


@attrs.frozen
class Verdict:
    """What a run of checks found.

    Attributes:
        findings: all findings that are not accepted, in the order of the candidates.
        checked: event, left and right name of each pair of articles that was compared, in order.
        accepted: the findings that the baseline accepts.
        gone: what the baseline accepts and is no longer found.
        troubles: one line for each thing that could not be checked.
        signature: version, settings and data of the comparisons.

    >>> Verdict().is_consistent
    True
    """

    findings: tuple[Finding, ...] = ()
    checked: tuple[tuple[str, str, str], ...] = ()
    accepted: tuple[Finding, ...] = ()
    gone: tuple[Accepted, ...] = ()
    troubles: tuple[str, ...] = ()
    signature: str = ""

    @property
    def is_consistent(self) -> bool:
        """Whether everything could be checked and nothing was found."""
        return not self.findings and not self.troubles

    def to_dict(self) -> dict[str, Any]:
        """Return the document of the JSON report, of dicts, lists, strings and numbers.

        >>> Verdict(troubles=("first.txt: is empty",)).to_dict()["troubles"]
        ['first.txt: is empty']
        """
        return {
            "schema": SCHEMA,
            "findings": [_arrange_finding(finding) for finding in self.findings],
            "checked": [{"event": event, "left": left, "right": right} for event, left, right in self.checked],
            "accepted": [finding.id for finding in self.accepted],
            "gone": [gone.id for gone in self.gone],
            "troubles": list(self.troubles),
            "signature": self.signature,
        }


def _arrange_finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "kind": str(finding.kind) if finding.kind else None,
        "confidence": round(float(finding.confidence), 4),
        "event": finding.event,
        "left": {"article": finding.left_name, "id": finding.left_id, "place": _arrange_place(finding.left)},
        "right": {"article": finding.right_name, "id": finding.right_id, "place": _arrange_place(finding.right)},
    }


def _arrange_place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "file": place.name,
        "start": place.span.start,
        "end": place.span.end,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "statement": place.statement,
        "mark": [place.mark.start, place.mark.end],
        "source": place.source,
        "published": place.published,
    }
