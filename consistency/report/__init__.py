"""Reports: comparisons, stories and findings as text for people or for programs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from consistency.errors import SettingsError
from consistency.model import Comparison
from consistency.policy import suggest
from consistency.story import StoryReport
from consistency.verdict import Verdict

__all__ = ["FORMATS", "build_report", "show"]

FORMATS: Mapping[type, Mapping[str, str]] = {
    Comparison: {"plain": "render", "markdown": "render", "html": "render", "json": "render"},
    StoryReport: {"plain": "render_story", "markdown": "render_story", "html": "render_story", "json": "render"},
    Verdict: {
        "plain": "render_verdict",
        "markdown": "render_verdict",
        "html": "render_verdict",
        "json": "render",
        "junit": "render",
        "sarif": "render",
        "github": "render",
    },
}
"""What each value can be written as, and by which function of the module that is called like the format."""


def build_report(
    value: Comparison | StoryReport | Verdict,
    format: str = "plain",  # noqa: A002  the word that every tool uses for this
    *,
    color: bool = False,
    width: int = 80,
) -> str:
    """Return a comparison, the story of an event, or the findings of a run as a report that ends with a newline.

    Args:
        value: what ``compare``, ``compare_event`` or a run of checks returns; ``Verdict(findings)`` will do.
        format: one of ``FORMATS`` of its type. ``plain`` is for a terminal, ``html`` a page that needs nothing else,
            ``json`` the contract of ``docs/wire-schema.md``. Of findings, ``junit`` is the XML that CI servers read as
            tests, ``sarif`` is SARIF 2.1.0, ``github`` the commands that GitHub Actions turns into annotations.
        color: whether ``plain`` uses ANSI colours; its signs tell the same without them.
        width: columns of ``plain``; less than 40 counts as 40.

    Raises:
        SettingsError: there is no such format.
        TypeError: the value is none of these.

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.", name="rain.txt")
    >>> found = Comparison(rain, rain, (), (), ())
    >>> build_report(found, "markdown").splitlines()[0]
    '# No conflict found between rain.txt (1) and rain.txt (2)'
    >>> build_report(found, "markdwon")
    Traceback (most recent call last):
    consistency.errors.SettingsError: no report format 'markdwon'; did you mean 'markdown'?
    """
    known = FORMATS.get(type(value))
    if known is None:
        raise TypeError(f"a Comparison, a StoryReport or a Verdict is wanted, not {type(value).__name__}")
    if format not in known:
        raise SettingsError(f"no report format {format!r}; {suggest(str(format), known)}")
    module = importlib.import_module(f"consistency.report.{format}")  # only when asked for: html has a template engine
    look = {"color": color, "width": width} if format == "plain" else {}
    report: str = getattr(module, known[format])(value, **look)
    return report


def show(value: Comparison | StoryReport, form: str) -> str:
    """Return a value as a notebook shows it (``cell``), or as ``print`` does (``head``, the top of the plain report).

    >>> print(show(StoryReport((), (), ()), "head").splitlines()[0])
    EVENT told by 0 articles
    """
    if form == "cell":
        from consistency.report import cell

        return cell.render(value) if isinstance(value, Comparison) else cell.render_story(value)
    from consistency.report import plain

    if isinstance(value, Comparison):
        return plain.render(value, brief=True).rstrip("\n")
    return plain.render_story(value, brief=True).rstrip("\n")
