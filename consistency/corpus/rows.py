"""The rows of a corpus: what workers make of chunks and of events; plain functions over plain values.

They are the same on every engine, and so are the rows that they give.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import itertools
import json
import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from consistency.checks import check
from consistency.comparer import Comparer
from consistency.corpus import events, source
from consistency.corpus.store import TABLES, Store
from consistency.corpus.story import order
from consistency.foreign import note_foreign
from consistency.language import ENGLISH, Language
from consistency.model import Article, Comparison, Kind, Nature, Span
from consistency.overlap import Signs, find_signs
from consistency.overlap.signs import hash_sign
from consistency.policy import Policy
from consistency.verdict import Finding, Place, Severity

ARTICLE = ("id", "name", "own_id", "text", "title", "source", "published", "header", "digest", "event", "reason",
           "terms", "weights", "priors", "marks", "bands", "length")  # fmt: skip
"""The columns of an article: its fields, the event that its row names or why it cannot be read, and its signs."""
_KEPT = 64  # articles of an event that are kept as they were read: all but of large events, where neighbours come first


def read_rows(
    path: str,
    start: int,
    stop: int,
    first: int,
    columns: Mapping[str, str] = MappingProxyType({}),
    language: Language = ENGLISH,
) -> list[dict[str, Any]]:
    """Return the rows of a chunk, with the columns `ARTICLE`; ``columns`` are what its own are called.

    Signs are told by the words of a language.

    >>> read_rows("no_such_file.txt", 0, 0, 1)[0]["reason"]
    'there is no such file; check the path'
    """
    return [_make_row(found, language) for found in source.read_chunk(source.Chunk(path, start, stop, first), columns)]


def _make_row(found: source.Found, language: Language) -> dict[str, Any]:
    article = found.article
    row: dict[str, Any] = {"id": hash_sign(found.name), "name": found.name, "event": found.event}
    if article is None:
        return {**dict.fromkeys(ARTICLE), **row, "reason": found.reason}
    is_sought = found.event is None
    signs, bands = (find_signs(article, language), events.find_bands(article)) if is_sought else (Signs(), ())
    return {
        **row,
        "own_id": article.id,
        "text": article.text,
        "title": article.title,
        "source": article.source,
        "published": article.published.toordinal() if article.published else None,
        "header": article.header.end,
        "digest": digest(article),
        "reason": None,
        **{name: list(getattr(signs, name)) for name in ("terms", "weights", "priors", "marks")},
        "bands": list(bands),
        "length": signs.length,
    }


def digest(article: Article) -> str:
    """Return what tells the content of an article from another's, whatever the two are called.

    >>> digest(Article("Rain.", name="a.txt")) == digest(Article("Rain.", name="b.txt")) != digest(Article("Snow."))
    True
    """
    told = (article.id, article.text, article.title, article.source, str(article.published), article.header.end)
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


def make_article(row: Mapping[str, Any]) -> Article:
    """Return the article of a row with the columns `ARTICLE`.

    >>> columns = dict.fromkeys(ARTICLE)
    >>> make_article({**columns, "text": "Rain.", "name": "rain.txt", "header": 0, "own_id": ""}).text
    'Rain.'
    """
    day = row["published"]
    return Article(
        row["text"],
        row["name"],
        row["source"],
        None if day is None else datetime.date.fromordinal(day),
        row["title"],
        Span(0, row["header"]),
        id=row["own_id"],
    )


def compare_story(
    rows: Sequence[Mapping[str, Any]],
    comparer: Comparer,
    most_pairs: int,
    policy: Policy | None = None,
    known: Collection[tuple[str, str]] = (),
) -> str:
    """Return the rows of all tables for the articles of one event or thread, as JSON; an error stops nothing.

    A row names the event only where both articles are of it, and the thread where one was looked for. Pairs whose names
    are ``known`` are not compared, and listed as ``kept``.
    """
    articles = sorted(map(make_article, rows), key=order)
    event_of = {row["name"]: row["event"] for row in rows}
    thread = rows[0]["thread"]
    tables = make_tables(len(articles), sum(size > 1 for size in Counter(event_of.values()).values()))
    noted = ((article.name, note_foreign(article, comparer.language)) for article in articles)
    tables["errors"] += ({"name": name, "other": None, "stage": "note", "reason": note} for name, note in noted if note)
    prepare = functools.lru_cache(_KEPT)(comparer.prepare)
    digests = {row["name"]: row["digest"] for row in rows}
    for left, right in plan_pairs(articles, most_pairs, event_of):
        if (left.name, right.name) in known:
            tables["kept"].append((left.name, right.name))
            continue
        event = find_common(event_of[left.name], event_of[right.name])
        try:
            found = comparer.compare(prepare(left), prepare(right))
            findings = () if policy is None else check(found, policy)
        except Exception as error:  # whatever one pair does, the others are compared
            reason = f"{type(error).__name__}: {error}"
            tables["errors"].append({"name": left.name, "other": right.name, "stage": "compare", "reason": reason})
            continue
        told = {"event": event, "thread": thread}
        names = {**told, "left": left.name, "right": right.name, "left_id": left.id, "right_id": right.id}
        digested = {"left_digest": digests[left.name], "right_digest": digests[right.name]}
        tables["pairs"].append({**names, **_tell_pair(found), **digested})
        for table in ("sentences", "changes"):
            tables[table] += ({**told, **row} for row in found.to_rows(table))
        tables["findings"] += ({**names, **_tell_finding(finding)} for finding in findings)
    return json.dumps(tables)


def make_tables(articles: int = 0, events: int = 0) -> dict[str, Any]:
    """Return no rows for each table, no pairs that are kept, and how many articles and events they are about.

    >>> make_tables(2)["articles"]
    2
    """
    return {**{table: [] for table in TABLES}, "kept": [], "articles": articles, "events": events}


def find_common(left: str | None, right: str | None) -> str | None:
    """Return the event of a pair: that of both articles, ``None`` where they tell two of one thread.

    >>> find_common("flood", "flood"), find_common("flood", "trial")
    ('flood', None)
    """
    return left if left == right else None


def plan_pairs(
    articles: Sequence[Article],
    most: int,
    event_of: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[Article, Article]]:
    """Yield the pairs of the articles of a thread: those of each event, then those across events.

    Neighbours go first, and at most so many pairs of each event and across. What two events of a thread have in common
    takes nothing from what there is to say of each.

    Args:
        articles: in order.
        most: how many pairs.
        event_of: the event of each article by its name; without any, all are of one.

    >>> one, two, three = (Article("Rain.", name=name) for name in "123")
    >>> [left.name + right.name for left, right in plan_pairs((one, two, three), 3)]
    ['12', '23', '13']
    >>> told = {"1": "flood", "2": "trial", "3": "flood"}
    >>> [left.name + right.name for left, right in plan_pairs((one, two, three), 3, told)]
    ['13', '12', '23']
    """
    events_told: dict[str | None, list[Article]] = defaultdict(list)
    for article in articles:
        events_told[event_of.get(article.name)].append(article)
    for members in events_told.values():
        yield from itertools.islice(_step(members, len(members)), most)
    if len(events_told) > 1:  # the first steps have enough, lest a crowd of copies is gone through for one stranger
        pairs = _step(articles, min(most + 1, len(articles)))
        across = (pair for pair in pairs if event_of.get(pair[0].name) != event_of.get(pair[1].name))
        yield from itertools.islice(across, most)


def _step(articles: Sequence[Article], end: int) -> Iterator[tuple[Article, Article]]:
    """Yield the pairs that are less than so many steps apart, the nearest first."""
    return ((articles[i], articles[i + step]) for step in range(1, end) for i in range(len(articles) - step))


def _tell_pair(found: Comparison) -> dict[str, Any]:
    natures = Counter(change.nature for _, change in found.changes)
    left, right = found.confirmed
    return {
        "left_source": found.left.source,
        "right_source": found.right.source,
        "left_published": found.left.published.isoformat() if found.left.published else None,
        "right_published": found.right.published.isoformat() if found.right.published else None,
        **{str(relation): count for relation, count in found.counts.items()},
        **{f"{nature}s": natures[nature] for nature in Nature},
        "left_confirmed": round(left, 4),
        "right_confirmed": round(right, 4),
        "overlap": found.overlap,
    }


def _tell_finding(finding: Finding) -> dict[str, Any]:
    places = {side: place and attrs.asdict(place) for side, place in (("left", finding.left), ("right", finding.right))}
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "kind": finding.kind and str(finding.kind),
        "message": finding.message,
        "confidence": finding.confidence,
        "places": json.dumps(places),
    }


def read_findings(out: str | os.PathLike[str], format: str = "parquet") -> Iterator[Finding]:  # noqa: A002
    """Yield the findings of a run with a policy.

    >>> list(read_findings("no_such_folder"))
    []
    """
    for row in Store(Path(out), format).read("findings"):
        places = json.loads(row["places"])
        yield Finding(
            id=row["id"],
            rule=row["rule"],
            severity=Severity(row["severity"]),
            message=row["message"],
            left_name=row["left"],
            right_name=row["right"],
            left=_make_place(places["left"]),
            right=_make_place(places["right"]),
            kind=Kind(row["kind"]) if row["kind"] else None,
            event=row["event"] or row["thread"],
            confidence=row["confidence"],
            left_id=row["left_id"],
            right_id=row["right_id"],
        )


def _make_place(values: dict[str, Any] | None) -> Place | None:
    if values is None:
        return None
    return Place(**{**values, "span": Span(**values["span"]), "mark": Span(**values["mark"])})
