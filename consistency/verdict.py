"""The values of checks: what is found, where it stands, how grave it is, and what a run of checks says."""

from __future__ import annotations

import attrs

from consistency.model import Kind, Span, Word


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
