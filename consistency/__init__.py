"""Compare news articles of one event, sentence by sentence, and say which facts changed."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from consistency._version import __version__

if TYPE_CHECKING:
    from consistency.checks import check
    from consistency.comparer import Comparer, compare
    from consistency.corpus.events import Blocking
    from consistency.corpus.grouping import group_articles
    from consistency.corpus.run import Summary, compare_corpus
    from consistency.corpus.story import compare_event
    from consistency.diff import Rule
    from consistency.errors import ConsistencyError, ReadError, SettingsError
    from consistency.facts import Finder
    from consistency.model import (
        Agreement,
        Article,
        Bead,
        Change,
        Comparison,
        Fact,
        Kind,
        Nature,
        Pair,
        Relation,
        Role,
        Sentence,
        Span,
    )
    from consistency.policy import Policy
    from consistency.reading import read, read_all
    from consistency.report import build_report
    from consistency.story import Course, Point, StoryReport, Telling
    from consistency.suite import assert_consistent
    from consistency.verdict import Finding, Place, Severity, Verdict

__all__ = [
    "Agreement",
    "Article",
    "Bead",
    "Blocking",
    "Change",
    "Comparer",
    "Comparison",
    "ConsistencyError",
    "Course",
    "Fact",
    "Finder",
    "Finding",
    "Kind",
    "Nature",
    "Pair",
    "Place",
    "Point",
    "Policy",
    "ReadError",
    "Relation",
    "Role",
    "Rule",
    "Sentence",
    "SettingsError",
    "Severity",
    "Span",
    "StoryReport",
    "Summary",
    "Telling",
    "Verdict",
    "__version__",
    "assert_consistent",
    "build_report",
    "check",
    "compare",
    "compare_corpus",
    "compare_event",
    "group_articles",
    "read",
    "read_all",
]

_HOMES = {
    **dict.fromkeys(("Comparer", "compare"), "comparer"),
    **dict.fromkeys(("ConsistencyError", "ReadError", "SettingsError"), "errors"),
    **dict.fromkeys(("read", "read_all"), "reading"),
    **dict.fromkeys(("Course", "Point", "StoryReport", "Telling"), "story"),
    **dict.fromkeys(("Finding", "Place", "Severity", "Verdict"), "verdict"),
    "Blocking": "corpus.events",
    "Finder": "facts",
    "Policy": "policy",
    "Rule": "diff",
    "Summary": "corpus.run",
    "assert_consistent": "suite",
    "build_report": "report",
    "check": "checks",
    "compare_corpus": "corpus.run",
    "compare_event": "corpus.story",
    "group_articles": "corpus.grouping",
}
"""The modules of the public names that are not values of ``model``."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: the pytest plugin is loaded where nobody compares anything."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"consistency.{_HOMES.get(name, 'model')}"), name)


def __dir__() -> list[str]:
    """Return the names that are here, those too that are not yet imported."""
    return sorted({*globals(), *__all__})
