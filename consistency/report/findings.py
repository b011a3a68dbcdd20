"""The report on findings: its door, and the formats for people (plain, markdown, html) and programs (json)."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from consistency.errors import SettingsError
from consistency.policy import find_nearest
from consistency.report.markdown import escape
from consistency.report.summary import UNSAFE, neutralize
from consistency.report.verdict import dump_json, tell_finding, tell_total
from consistency.verdict import Finding, Place, Severity, Verdict

__all__ = ["FINDINGS_FORMATS", "build_findings_report"]

FINDINGS_FORMATS = ("plain", "markdown", "html", "json", "junit", "sarif", "github")

SCHEMA = 1
"""Of the JSON form: goes up when a field changes its meaning or goes away, not when one is added."""

_SIGNS = {Severity.ERROR: "!", Severity.WARNING: "±", Severity.NOTE: "+"}
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_STYLE = """
:root { color-scheme: light dark } body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
padding: 0 1rem } mark { font-weight: 600; padding: 0 .15em } li { margin: 1rem 0 } blockquote { margin: .25rem 0 }
small { opacity: .8 }
"""


def build_findings_report(
    verdict: Verdict,
    format: str = "plain",  # noqa: A002  the word that every tool uses for this
    *,
    color: bool = False,
) -> str:
    """Return the findings of a run as a report.

    Args:
        verdict: what to report; ``Verdict(findings)`` will do.
        format: one of ``FINDINGS_FORMATS``. ``junit`` is the XML that CI servers read as tests, ``sarif`` is SARIF
            2.1.0, ``github`` the workflow commands that GitHub Actions turns into annotations.
        color: whether ``plain`` uses ANSI colours.

    Raises:
        SettingsError: there is no such format.

    >>> print(build_findings_report(Verdict(checked=(("flood", "first.txt", "later.txt"),))), end="")
    consistent: no finding in 1 pair
    >>> build_findings_report(Verdict(), "serif")
    Traceback (most recent call last):
    consistency.errors.SettingsError: no report format 'serif'; did you mean 'sarif'?
    """
    if format == "plain":
        return _render_plain(verdict, color)
    if format == "markdown":
        return _render_markdown(verdict)
    if format == "html":
        return _render_html(verdict)
    if format == "json":
        return _render_json(verdict)
    if format == "junit":
        from consistency.report import junit

        return junit.render(verdict)
    if format == "sarif":
        from consistency.report import sarif

        return sarif.render(verdict)
    if format == "github":
        from consistency.report import github

        return github.render(verdict)
    raise SettingsError(f"no report format {format!r}; did you mean {find_nearest(str(format), FINDINGS_FORMATS)!r}?")


def _render_plain(verdict: Verdict, color: bool) -> str:
    lines: list[str] = []
    for finding in verdict.findings:
        sign = _SIGNS[finding.severity]
        if color:
            import click

            sign = click.style(sign, fg=_COLORS[finding.severity], bold=True)
        first, *rest = tell_finding(finding)
        lines += [f"{sign} {first}", *(f"  {line}" for line in rest), ""]
    return "\n".join([*lines, tell_total(verdict)]) + "\n"


def _render_markdown(verdict: Verdict) -> str:
    lines = [f"# {tell_total(verdict).capitalize()}", ""]
    for finding in verdict.findings:
        lines.append(f"- `{_SIGNS[finding.severity]}` {escape(neutralize(finding.message))} `{finding.id}`")
        lines += [f"  - {_escape_place(place)} {_embolden(place)}".rstrip() for place in finding.places]
    lines += [f"- trouble: {escape(neutralize(trouble))}" for trouble in verdict.troubles]
    return "\n".join(lines).rstrip() + "\n"


def _cut(place: Place) -> tuple[str, str, str]:
    statement, mark = place.statement, place.mark
    parts = statement[: mark.start], statement[mark.start : mark.end], statement[mark.end :]
    return parts[0], parts[1], parts[2]


def _escape_place(place: Place) -> str:
    return f"{escape(neutralize(place.name))}:{place.line}:{place.column}"


def _embolden(place: Place) -> str:
    before, words, after = (escape(UNSAFE.sub("\ufffd", part)) for part in _cut(place))
    return f"{before}**{words}**{after}" if words else before + after


def _render_html(verdict: Verdict) -> str:
    """Return a page that loads nothing and runs nothing."""
    title = html.escape(tell_total(verdict).capitalize())
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        f"<main><h1>{title}</h1>",
        "<ol>",
        *(line for finding in verdict.findings for line in _list_item(finding)),
        "</ol>",
        *(f"<p>trouble: {html.escape(neutralize(trouble))}</p>" for trouble in verdict.troubles),
        f"<p><small>{html.escape(neutralize(verdict.signature))}</small></p></main>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _list_item(finding: Finding) -> Iterator[str]:
    yield f'<li id="{finding.id}"><b>{html.escape(neutralize(finding.message))}</b>'
    for place in finding.places:
        before, words, after = (html.escape(UNSAFE.sub("\ufffd", part)) for part in _cut(place))
        marked = f"{before}<mark>{words}</mark>{after}" if words else before + after
        where = f"{html.escape(neutralize(place.name))}:{place.line}:{place.column}"
        yield f'<blockquote><small>{where}</small><br><span dir="auto">{marked}</span></blockquote>'
    yield f"<small>{finding.rule}, {finding.severity}, {finding.id}</small></li>"


def _render_json(verdict: Verdict) -> str:
    document = {
        "schema": SCHEMA,
        "findings": [_arrange_finding(finding) for finding in verdict.findings],
        "checked": [{"event": event, "left": left, "right": right} for event, left, right in verdict.checked],
        "accepted": [finding.id for finding in verdict.accepted],
        "gone": [gone.id for gone in verdict.gone],
        "troubles": list(verdict.troubles),
        "signature": verdict.signature,
    }
    return dump_json(document)


def _arrange_finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "kind": str(finding.kind) if finding.kind else None,
        "event": finding.event,
        "left": _arrange_place(finding.left_name, finding.left),
        "right": _arrange_place(finding.right_name, finding.right),
    }


def _arrange_place(article: str, place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"article": article, "place": None}
    where = {
        "file": place.name,
        "start": place.span.start,
        "end": place.span.end,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "statement": place.statement,
        "mark": [place.mark.start, place.mark.end],
    }
    return {"article": article, "place": where}
