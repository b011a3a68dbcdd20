"""Reports: a comparison as text for people (plain, markdown, html) or for programs (json)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consistency.errors import SettingsError
from consistency.model import Comparison
from consistency.policy import find_nearest

if TYPE_CHECKING:
    from consistency.report.story import StoryReport

__all__ = ["FORMATS", "build_report"]

FORMATS = ("plain", "markdown", "html", "json")


def build_report(
    comparison: Comparison | StoryReport,
    format: str = "plain",  # noqa: A002  the word that every tool uses for this
    *,
    color: bool = False,
    width: int = 80,
) -> str:
    """Return a comparison, or the story of an event, as a report that ends with a newline.

    Args:
        comparison: what to report: what ``compare`` or ``compare_event`` returns.
        format: one of ``FORMATS``. ``plain`` is for a terminal, ``html`` a page that needs nothing else, ``json`` the
            contract of ``docs/wire-schema.md``.
        color: whether ``plain`` uses ANSI colours; its signs tell the same without them. A story has none.
        width: columns of ``plain``; less than 40 counts as 40. A story has its own.

    Raises:
        SettingsError: there is no such format.

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.", name="rain.txt")
    >>> found = Comparison(rain, rain, (), (), ())
    >>> build_report(found, "markdown").splitlines()[0]
    '# Comparison of rain.txt and rain.txt'
    >>> build_report(found, "markdwon")
    Traceback (most recent call last):
    consistency.errors.SettingsError: no report format 'markdwon'; did you mean 'markdown'?
    """
    if format not in FORMATS:
        raise SettingsError(f"no report format {format!r}; did you mean {find_nearest(str(format), FORMATS)!r}?")
    if not isinstance(comparison, Comparison):
        return comparison.render(format)
    # Each format is imported when it is asked for: html brings a template engine.
    if format == "plain":
        from consistency.report import plain

        return plain.render(comparison, color=color, width=width)
    if format == "markdown":
        from consistency.report import markdown

        return markdown.render(comparison)
    if format == "html":
        from consistency.report import html

        return html.render(comparison)
    from consistency.report import json

    return json.render(comparison)
