"""The HTML reports: each one page that needs no network, opens from disk and reads without script.

Every text of the articles is escaped; what is unseen or turns the direction of the text is shown as ``U+FFFD``. A page
forbids all requests: its Content-Security-Policy admits only its own style and script.
"""

from __future__ import annotations

from collections import Counter

from consistency.model import Comparison, Kind, Nature
from consistency.report.layout import lay_out
from consistency.report.page import render_page, show
from consistency.report.story import list_hints, tell_headline
from consistency.report.story_layout import group_courses, lay_out_story
from consistency.report.summary import SHORT_LIST
from consistency.report.verdict import SEVERITY_SIGNS, cut_place, tell_total
from consistency.story import StoryReport
from consistency.verdict import Place, Severity, Verdict


def render(comparison: Comparison) -> str:
    """Return the page of a comparison.

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.", name="<b>.txt")
    >>> page = render(Comparison(rain, rain, (), (), ()))
    >>> page.startswith("<!doctype html>"), "&lt;b&gt;.txt" in page
    (True, True)
    """
    layout = lay_out(comparison)
    entries = layout.entries
    return render_page(
        "report.html.j2",
        ("report.css",),
        ("report.js",),
        headline=show(layout.summary.headline),
        called=[column.label for column in layout.columns],
        hints=list(map(show, layout.summary.hints)),
        columns=layout.columns,
        rows=layout.rows,
        natures=[(nature, [entry for entry in entries if entry.nature is nature]) for nature in Nature],
        kinds=[(kind, sum(entry.kind is kind for entry in entries)) for kind in Kind],
        counts=tuple(comparison.counts.items()),
        short_list=SHORT_LIST,
        signature=show(comparison.signature),
    )


def render_story(story: StoryReport) -> str:
    """Return the page of an event.

    It has no script: a pair is shown while the fragment names it or a place in it, so a link to it can be sent and the
    way back works. Without style all pairs are there, each below its statement.

    >>> page = render_story(StoryReport((), (), ()))
    >>> page.startswith("<!doctype html>"), "<script" in page
    (True, False)
    """
    layout = lay_out_story(story)
    return render_page(
        "story.html.j2",
        ("report.css", "story.css"),
        sources=layout.sources,
        groups=[(nature, name, [layout.entries[n] for n in numbers]) for nature, name, numbers in group_courses(story)],
        headline=tell_headline(story),
        hints=list_hints(story),
        rows=layout.rows,
        shared=sum(row.is_shared for row in layout.rows),
        differing=sum(row.differs for row in layout.rows),
        short_list=SHORT_LIST,
        signature=show(story.signature),
    )


def render_verdict(verdict: Verdict) -> str:
    """Return the page of the findings of a run.

    >>> "Nothing found in 0 pairs" in render_verdict(Verdict())
    True
    """
    severities = list(Severity)
    findings = sorted(verdict.findings, key=lambda finding: severities.index(finding.severity))
    found = Counter((finding.event, finding.left_name, finding.right_name) for finding in verdict.findings)
    return render_page(
        "findings.html.j2",
        ("report.css", "findings.css"),
        total=tell_total(verdict),
        rules=Counter(finding.rule for finding in findings).items(),
        findings=[
            (
                finding,
                SEVERITY_SIGNS[finding.severity],
                show(finding.message),
                show(finding.event),
                [_tell_place(place) for place in finding.places],
            )
            for finding in findings
        ],
        checked=[
            (show(event), show(left), show(right), found[event, left, right]) for event, left, right in verdict.checked
        ],
        troubles=list(map(show, verdict.troubles)),
        signature=show(verdict.signature),
    )


def _tell_place(place: Place) -> dict[str, str]:
    before, words, after = map(show, cut_place(place))
    return {
        "called": show(place.source or place.name),
        "published": place.published,
        "where": f"{show(place.name)}:{place.line}:{place.column}",
        "before": before,
        "words": words,
        "after": after,
    }
