"""The JSON report: the contract of ``docs/wire-schema.md`` and ``data/comparison.schema.json``."""

from __future__ import annotations

import json
from typing import Any

from consistency.model import Article, Change, Comparison, Fact, Pair, Sentence
from consistency.report.summary import UNSAFE

SCHEMA = 1
"""Goes up when a field changes its meaning or goes away, not when one is added."""


def render(comparison: Comparison) -> str:
    """Return the JSON report: the same comparison gives the same bytes.

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.")
    >>> document = json.loads(render(Comparison(rain, rain, (), (), ())))
    >>> list(document)
    ['schema', 'left', 'right', 'pairs', 'counts', 'confirmed', 'signature']
    """
    text = json.dumps(arrange(comparison), ensure_ascii=False, indent=2, allow_nan=False)
    # The line breaks of the indent stay; what else is unsafe on a terminal or in UTF-8 stands inside a string.
    return "\n".join(UNSAFE.sub(_escape, line) for line in text.split("\n")) + "\n"


def arrange(comparison: Comparison) -> dict[str, Any]:
    """Return the document that ``render`` writes, of dicts, lists, strings and numbers.

    >>> from consistency.model import Article
    >>> rain = Article("Rain fell.")
    >>> arrange(Comparison(rain, rain, (), (), ()))["counts"]
    {'identical': 0, 'paraphrased': 0, 'updated': 0, 'unique': 0}
    """
    left, right = comparison.confirmed
    return {
        "schema": SCHEMA,
        "left": _arrange_article(comparison.left, comparison.left_sentences),
        "right": _arrange_article(comparison.right, comparison.right_sentences),
        "pairs": [_arrange_pair(pair) for pair in comparison.pairs],
        "counts": {str(relation): count for relation, count in comparison.counts.items()},
        "confirmed": {"left": round(left, 4), "right": round(right, 4)},
        "signature": comparison.signature,
    }


def _arrange_article(article: Article, sentences: tuple[Sentence, ...]) -> dict[str, Any]:
    return {
        "name": article.name,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "title": article.title,
        "sentences": [{"start": s.start, "end": s.end, "role": str(s.role)} for s in sentences],
    }


def _arrange_pair(pair: Pair) -> dict[str, Any]:
    return {
        "left": [sentence.index for sentence in pair.left],
        "right": [sentence.index for sentence in pair.right],
        "relation": str(pair.relation),
        "score": round(float(pair.score), 4),
        "changes": [_arrange_change(change) for change in pair.changes],
    }


def _arrange_change(change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "nature": str(change.nature),
        "left": _arrange_fact(change.left),
        "right": _arrange_fact(change.right),
    }


def _arrange_fact(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    value = None if fact.value is None else str(fact.value)
    return {"start": fact.start, "end": fact.end, "text": fact.text, "value": value}


def _escape(match: Any) -> str:
    return f"\\u{ord(match.group()):04x}"
