"""GitHub workflow commands: lines that GitHub Actions turns into annotations of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.report.summary import neutralize
from consistency.report.verdict import tell_finding, tell_total
from consistency.verdict import Finding, Severity, Verdict

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(verdict: Verdict) -> str:
    """Return a command for each finding and each trouble, then the total.

    >>> print(render(Verdict(troubles=("first.txt: is 100% empty",))), end="")
    ::error title=trouble::first.txt: is 100%25 empty
    nothing found in 0 pairs, 1 trouble
    """
    return "\n".join([*_tell(verdict), tell_total(verdict)]) + "\n"


def _tell(verdict: Verdict) -> Iterator[str]:
    for finding in verdict.findings:
        properties = ",".join(f"{key}={_escape_property(value)}" for key, value in _describe(finding).items())
        # A log line is a command if it starts with two colons; within a message a line break is written %0A.
        yield f"::{_COMMANDS[finding.severity]} {properties}::{'%0A'.join(map(_escape, tell_finding(finding)))}"
    for trouble in verdict.troubles:
        yield f"::error title=trouble::{_escape(neutralize(trouble))}"


def _describe(finding: Finding) -> dict[str, str]:
    if not finding.places:
        return {"title": finding.rule}
    place = finding.places[-1]
    ends = {"line": place.line, "endLine": place.end_line, "col": place.column, "endColumn": place.end_column}
    if place.line != place.end_line:  # columns hold for one line only
        del ends["col"], ends["endColumn"]
    return {"file": neutralize(place.name), **{key: str(value) for key, value in ends.items()}, "title": finding.rule}


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
