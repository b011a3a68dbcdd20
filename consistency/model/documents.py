"""The JSON document of a comparison, both ways: ``docs/wire-schema.md`` says what its fields mean."""

from __future__ import annotations

from math import isfinite
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
    fields = {name: take(document, name, str) for name in ("id", "name", "text")}
    fields |= {name: take(document, name, str, type(None)) for name in ("source", "published", "title")}
    header, notes = Span(0, take(document, "header", int)), tuple(map(str, take(document, "notes", list)))
    article = Article(**fields, header=header, notes=notes)
    return article, tuple(_parse_sentence(article, *each) for each in enumerate(take(document, "sentences", list)))


def _parse_sentence(article: Article, index: int, document: dict[str, Any]) -> Sentence:
    start, end, paragraph = (take(document, name, int) for name in ("start", "end", "paragraph"))
    dateline = take(document, "dateline", list, type(None))
    span = Span(*map(int, dateline)) if dateline else None
    return Sentence(index, start, end, article.text[start:end], Role(document["role"]), paragraph, span)


def take(document: dict[str, Any], name: str, *kinds: type) -> Any:
    """Return a field of a document, if it is of one of these types.

    >>> take({"score": 1.0}, "score", float)
    1.0
    """
    value = document[name]
    if not isinstance(value, kinds) or isinstance(value, bool) or (isinstance(value, float) and not isfinite(value)):
        raise TypeError(f"{name} is {value!r}")
    return value


def parse_pair(document: dict[str, Any], left: tuple[Sentence, ...], right: tuple[Sentence, ...]) -> Pair:
    """Return the pair of a document, made of the sentences of both articles; the values of its facts are strings.

    >>> rain = (Sentence(0, 0, 5, "Rain."),)
    >>> parse_pair(arrange_pair(Pair(rain, rain, Relation.IDENTICAL)), rain, rain).right_text
    'Rain.'
    """
    return Pair(
        tuple(left[index] for index in take(document, "left", list)),
        tuple(right[index] for index in take(document, "right", list)),
        Relation(document["relation"]),
        take(document, "score", int, float),
        tuple(_parse_change(change) for change in take(document, "changes", list)),
    )


def _parse_change(document: dict[str, Any]) -> Change:
    kind = Kind(document["kind"])
    left, right = (_parse_fact(kind, document[side]) for side in ("left", "right"))
    return Change(kind, Nature(document["nature"]), left, right, take(document, "confidence", int, float))


def _parse_fact(kind: Kind, document: dict[str, Any] | None) -> Fact | None:
    if document is None:
        return None
    start, end = (take(document, name, int) for name in ("start", "end"))
    return Fact(kind, start, end, take(document, "text", str), take(document, "value", str, type(None)))


def flatten_fact(side: str, fact: Fact | None) -> dict[str, Any]:
    """Return a fact as columns of one side.

    >>> flatten_fact("left", None)
    {'left_start': None, 'left_end': None, 'left_text': None, 'left_value': None}
    """
    told = _arrange_fact(fact) or dict.fromkeys(field.name for field in attrs.fields(Fact) if field.name != "kind")
    return {f"{side}_{name}": value for name, value in told.items()}
