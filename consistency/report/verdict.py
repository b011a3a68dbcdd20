"""The words that all reports on findings share."""

from __future__ import annotations

from consistency.report.summary import neutralize
from consistency.verdict import Finding, Place, Severity, Verdict

SEVERITY_SIGNS = {Severity.ERROR: "!", Severity.WARNING: "±", Severity.NOTE: "+"}


def tell_total(verdict: Verdict) -> str:
    """Return the last line of a report: how much was found in how much.

    >>> tell_total(Verdict(troubles=("first.txt: is empty",)))
    'no finding in 0 pairs, 1 trouble'
    """
    found = _count(len(verdict.findings), "finding") if verdict.findings else "no finding"
    told = f"{found} in {_count(len(verdict.checked), 'pair')}"
    told += f", {len(verdict.accepted)} accepted" if verdict.accepted else ""
    told += f", {_count(len(verdict.troubles), 'trouble')}" if verdict.troubles else ""
    return f"consistent: {told}" if verdict.is_consistent else told


def tell_finding(finding: Finding) -> tuple[str, ...]:
    """Return a finding as lines: what, then each side with its place and the change in brackets.

    >>> from consistency.verdict import Severity
    >>> tell_finding(Finding("0f", "unique", Severity.NOTE, "only first.txt tells this", "first.txt", "later.txt"))
    ('only first.txt tells this [0f]',)
    """
    places = finding.places
    starts = [f"{neutralize(place.name)}:{place.line}:{place.column}" for place in places]
    width = max(map(len, starts), default=0)
    lines = (f"{start:{width}}  {neutralize(place.marked)}" for start, place in zip(starts, places, strict=True))
    return f"{neutralize(finding.message)} [{finding.id}]", *(line.rstrip() for line in lines)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def cut_place(place: Place) -> tuple[str, str, str]:
    """Return the statement of a place in three: before the changed fact, the fact, and after it.

    >>> from consistency.model import Span
    >>> cut_place(Place("first.txt", Span(0, 3), 1, 1, 1, 4, "Two people died.", Span(0, 3)))
    ('', 'Two', ' people died.')
    """
    statement, mark = place.statement, place.mark
    parts = statement[: mark.start], statement[mark.start : mark.end], statement[mark.end :]
    return parts[0], parts[1], parts[2]
