"""The words that all reports on findings share."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import attrs

from consistency.report.summary import neutralize
from consistency.verdict import Finding, Place, Severity, Verdict

SEVERITY_SIGNS = {Severity.ERROR: "!", Severity.WARNING: "±", Severity.NOTE: "+"}


def tell_total(verdict: Verdict) -> str:
    """Return the last line of a report: how much was found in how much.

    >>> tell_total(Verdict(troubles=("first.txt: is empty",)))
    'nothing found in 0 pairs, 1 trouble'
    """
    found = _count(len(verdict.findings), "finding") if verdict.findings else "nothing found"
    told = f"{found} in {_count(len(verdict.checked), 'pair')}"
    told += f", {len(verdict.accepted)} accepted" if verdict.accepted else ""
    told += f", {_count(len(verdict.troubles), 'trouble')}" if verdict.troubles else ""
    return told


def tell_statistics(verdict: Verdict) -> str:
    """Return how many findings there are of each kind and rule, the most frequent first, then the total.

    >>> print(tell_statistics(Verdict()), end="")
    nothing found in 0 pairs
    """
    counts = Counter(f"{finding.kind or ''} {finding.rule}".strip() for finding in verdict.findings)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = len(str(max(counts.values(), default=0)))
    return "".join([*(f"{number:{width}}  {name}\n" for name, number in ordered), f"{tell_total(verdict)}\n"])


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


def relocate(verdict: Verdict, root: str | os.PathLike[str]) -> Verdict:
    """Return a verdict whose places are named from a folder, as far as they are below it.

    >>> from consistency.model import Span
    >>> place = Place("corpus/storm/first.txt", Span(0, 3), 1, 1, 1, 4, "Two people died.")
    >>> finding = Finding("0f", "unique", Severity.NOTE, "", "first.txt", "later.txt", place)
    >>> [place.name for place in relocate(Verdict((finding,)), "corpus").findings[0].places]
    ['storm/first.txt']
    """
    top = os.path.abspath(root)

    def move(place: Place | None) -> Place | None:
        if place is None:
            return None
        path = Path(os.path.abspath(place.name))
        return attrs.evolve(place, name=path.relative_to(top).as_posix()) if path.is_relative_to(top) else place

    moved = (attrs.evolve(each, left=move(each.left), right=move(each.right)) for each in verdict.findings)
    return attrs.evolve(verdict, findings=tuple(moved))


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
