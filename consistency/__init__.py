"""Compare news articles of one event, sentence by sentence, and say which facts changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consistency._version import __version__
from consistency.errors import ConsistencyError, ReadError, SettingsError
from consistency.model import (
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
from consistency.reading import read, read_all
from consistency.report import build_report

if TYPE_CHECKING:
    from consistency.comparer import Comparer, compare

__all__ = [
    "Article",
    "Bead",
    "Change",
    "Comparer",
    "Comparison",
    "ConsistencyError",
    "Fact",
    "Kind",
    "Nature",
    "Pair",
    "ReadError",
    "Relation",
    "Role",
    "Sentence",
    "SettingsError",
    "Span",
    "__version__",
    "build_report",
    "compare",
    "read",
    "read_all",
]


def __getattr__(name: str) -> object:
    """Import the comparer when it is first asked for: its finders compile a hundred patterns."""
    if name in {"Comparer", "compare"}:
        from consistency import comparer

        return getattr(comparer, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
