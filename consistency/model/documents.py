"""The JSON document of a comparison, both ways: ``docs/wire-schema.md`` says what its fields mean."""

from __future__ import annotations

from typing import Any

import attrs

from consistency.model.values import Article, Change, Fact, Kind, Nature, Pair, Relation, Role, Sentence, Span

SCHEMA = 1
"""Goes up when a field changes its meaning or goes away, not when one is added."""


def arrange_article(article: Article, sentences: tuple[Sentence, ...]) -> dict[str, Any]:
    """Return the document of an article.

    >>> arrange_article(Article("Rain.", "rain.txt", id="7"), ())["id"]
    '7'
    """
    return {
        "id": article.id,
        "name": article.name,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "title": article.title,
        "text": article.text,
        "header": article.header.end,
        "notes": list(article.notes),
        "sentences": [_arrange_sentence(sentence) for sentence in sentences],
    }


def _arrange_sentence(sentence: Sentence) -> dict[str, Any]:
    dateline = [sentence.dateline.start, sentence.dateline.end] if sentence.dateline else None
    return {
        "start": sentence.start,
        "end": sentence.end,
        "role": str(sentence.role),
        "paragraph": sentence.paragraph,
        "dateline": dateline,
    }


def arrange_pair(pair: Pair) -> dict[str, Any]:
    """Return the document of a pair; its sentences are indices.

    >>> arrange_pair(Pair((Sentence(0, 0, 3, "Yes"),), (), Relation.UNIQUE))["left"]
    [0]
    """
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
        "confidence": round(float(change.confidence), 4),
        "left": _arrange_fact(change.left),
        "right": _arrange_fact(change.right),
    }


def _arrange_fact(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    value = None if fact.value is None else str(fact.value)
    return {"start": fact.start, "end": fact.end, "text": fact.text, "value": value}


def parse_article(document: dict[str, Any]) -> tuple[Article, tuple[Sentence, ...]]:
    """Return the article of a document, and its sentences.

    Raises:
        ValueError: the document has no text, as those of earlier versions.

    >>> parse_article(arrange_article(Article("Rain.", "rain.txt"), (Sentence(0, 0, 5, "Rain."),)))[1][0].text
    'Rain.'
    """
    if "text" not in document:
        raise ValueError("the articles have no text: write the report again with this version")
    fields = {name: document[name] for name in ("id", "name", "source", "published", "title", "text")}
    article = Article(**fields, header=Span(0, document["header"]), notes=tuple(document["notes"]))
    return article, tuple(
        Sentence(
            index,
            told["start"],
            told["end"],
            article.text[told["start"] : told["end"]],
            Role(told["role"]),
            told["paragraph"],
            Span(*told["dateline"]) if told["dateline"] else None,
        )
        for index, told in enumerate(document["sentences"])
    )


def parse_pair(document: dict[str, Any], left: tuple[Sentence, ...], right: tuple[Sentence, ...]) -> Pair:
    """Return the pair of a document, made of the sentences of both articles; the values of its facts are strings.

    >>> rain = (Sentence(0, 0, 5, "Rain."),)
    >>> parse_pair(arrange_pair(Pair(rain, rain, Relation.IDENTICAL)), rain, rain).right_text
    'Rain.'
    """
    return Pair(
        tuple(left[index] for index in document["left"]),
        tuple(right[index] for index in document["right"]),
        Relation(document["relation"]),
        document["score"],
        tuple(_parse_change(change) for change in document["changes"]),
    )


def _parse_change(document: dict[str, Any]) -> Change:
    kind = Kind(document["kind"])
    left, right = (document[side] and Fact(kind, **document[side]) for side in ("left", "right"))
    return Change(kind, Nature(document["nature"]), left, right, document["confidence"])


def flatten_fact(side: str, fact: Fact | None) -> dict[str, Any]:
    """Return a fact as columns of one side.

    >>> flatten_fact("left", None)
    {'left_start': None, 'left_end': None, 'left_text': None, 'left_value': None}
    """
    told = _arrange_fact(fact) or dict.fromkeys(field.name for field in attrs.fields(Fact) if field.name != "kind")
    return {f"{side}_{name}": value for name, value in told.items()}
