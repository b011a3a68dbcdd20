"""What all reports on findings share: their lines, and how JSON is written."""

from __future__ import annotations

import json

from consistency.report.summary import UNSAFE, neutralize
from consistency.verdict import Finding, Verdict


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


def dump_json(document: object) -> str:
    r"""Return JSON with what is unsafe on a terminal or in UTF-8 escaped, and a newline at the end.

    >>> dump_json("\u202e")
    '"\\u202e"\n'
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    lines = (UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", line) for line in text.split("\n"))
    return "\n".join(lines) + "\n"
