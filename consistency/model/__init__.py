"""The values that travel through the library: frozen, made of tuples and enums.

Every span is a half-open range of characters of ``Article.text``. Times are dates, scores lie in [0, 1].
"""

from consistency.model.comparison import Comparison, View
from consistency.model.values import (
    Agreement,
    Article,
    Bead,
    Change,
    Fact,
    Kind,
    Nature,
    Pair,
    Relation,
    Role,
    Sentence,
    Span,
    Word,
    call_articles,
    split_name,
)

__all__ = [
    "Agreement",
    "Article",
    "Bead",
    "Change",
    "Comparison",
    "Fact",
    "Kind",
    "Nature",
    "Pair",
    "Relation",
    "Role",
    "Sentence",
    "Span",
    "View",
    "Word",
    "call_articles",
    "split_name",
]
