"""What a Jupyter notebook shows of a comparison or a story: the figures and the first changes, never the articles.

The style of each element is its own and takes the colours of the notebook, so nothing leaks out and a dark notebook
stays dark; there is no script. The length has a bound, however long the articles are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from consistency.model import Comparison, Kind, Nature
from consistency.report.page import render_template, show
from consistency.report.story import tell_course, tell_headline
from consistency.report.story_layout import group_courses, list_sources
from consistency.report.summary import shorten, summarize, tell_share
from consistency.story import StoryReport

_MOST = 12  # lines of the list
_LONGEST, _LONGEST_NAME = 400, 60  # characters


def render(comparison: Comparison) -> str:
    """Return a comparison as HTML for a cell.

    >>> from consistency.model import Article
    >>> shown = render(Comparison(Article("Rain.", "<a>.txt"), Article("Rain.", "b.txt"), (), (), ()))
    >>> "No conflict found between" in shown, "&lt;a&gt;.txt" in shown, "<style" in shown
    (True, True, False)
    """
    summary = summarize(comparison)
    return render_template(
        "cell.html.j2",
        headline=show(summary.headline),
        called=list(map(show, summary.called)),
        shared=[tell_share(share) for share in summary.shared],
        confirmed=[tell_share(share) for share in summary.confirmed],
        numbers=[(nature, len(summary.select(nature))) for nature in Nature],
        counts=summary.counts,
        changes=_cut((told.change.nature, told.change.kind, told.text) for told in summary.statements),
        more=len(summary.statements) - _MOST,
    )


def render_story(story: StoryReport) -> str:
    """Return a story as HTML for a cell.

    >>> "No conflict found between 0 articles" in render_story(StoryReport((), (), ()))
    True
    """
    called = [shorten(source.called, _LONGEST_NAME) for source in list_sources(story)]
    groups = group_courses(story)
    courses = (story.courses[n] for *_, numbers in groups for n in numbers)
    return render_template(
        "cell.html.j2",
        called=None,
        headline=tell_headline(story),
        groups=[(name, len(numbers)) for _, name, numbers in groups],
        statements=len(story.statements),
        shared=sum(len(statement) > 1 for statement in story.statements),
        changes=_cut((course.nature, course.kind, tell_course(story, course, called)) for course in courses),
        more=len(story.courses) - _MOST,
    )


def _cut(changes: Iterable[tuple[Nature, Kind, str]]) -> list[tuple[Nature, Kind, str]]:
    return [(nature, kind, show(shorten(text, _LONGEST))) for nature, kind, text in itertools.islice(changes, _MOST)]
