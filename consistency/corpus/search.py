"""The search for events on dataframes: the functions of ``events.py`` over a whole corpus, wherever it lies.

frequencies -> vectors -> keys -> candidates -> links -> events -> threads.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from consistency.corpus import events, grouping
from consistency.corpus.engine import on_rows, read_parquet, unnest
from consistency.corpus.events import Blocking
from consistency.overlap import Signs

_SIGNS = ("published", "terms", "weights", "priors", "marks", "length")
_LINK = ("similarity", "event", "story")
_ROUNDS = 50  # of label propagation; each about doubles the distance that labels have gone


def find_events(daft: Any, articles: Any, folder: Path, blocking: Blocking, parts: int = 1) -> tuple[Any, int]:
    """Return the event and thread of each article that is not alone in it, and how many blocks were cut.

    Both are labels; where articles are grouped by event, there is no thread. Each step goes through the corpus in
    ``parts``, by the remainder of a hash, and holds one of them in memory.
    """
    col = daft.col
    _weigh(daft, articles, folder / "vectors", blocking, parts)
    vectors = read_parquet(daft, folder / "vectors")
    keys = vectors.select("id", "published", "keys").explode("keys").where(col("keys").not_null())
    keys = keys.select("id", "published", *unnest(daft, "keys", ("key", "term")))
    bands = articles.select("id", "published", "bands").explode("bands").where(col("bands").not_null())
    cut, met, copied = 0, [], []
    for share in range(parts):
        mine = keys.where(col("key") % parts == share)
        sizes = mine.groupby("key").agg(col("id").count().alias("size")).where(col("size") > 1).collect()
        cut += sizes.where(col("size") > blocking.most).count_rows()
        kept = mine.join(sizes.where(col("size") <= blocking.most).select("key"), on="key")
        met.append(_meet(daft, kept, blocking))
        copied.append(_meet_copies(daft, bands.where(col("bands") % parts == share), blocking))
    dealt = zip(_deal(daft, met, folder / "met"), _deal(daft, copied, folder / "copied"), strict=True)
    measured = [
        _measure(daft, _count(daft, each, blocking).concat(copies).distinct(), vectors, blocking).collect()
        for each, copies in dealt
    ]
    links = functools.reduce(lambda one, other: one.concat(other), measured)
    labels = _group(daft, _raise_nearest(daft, links, blocking), blocking)
    if blocking.by == "thread":
        return _follow(daft, links, labels, blocking), cut
    nothing = daft.lit(None).cast(daft.DataType.int64())
    return labels.select("id", col("label").alias("event"), nothing.alias("thread")), cut


def _deal(daft: Any, pairs: Sequence[Any], folder: Path) -> Sequence[Any]:
    """Return the pairs of all parts in as many others, by the left article; by way of the disk."""
    if len(pairs) == 1:
        return pairs
    left, parts = daft.col("left"), len(pairs)
    for each in pairs:
        each.with_column("share", left % parts).write_parquet(str(folder), partition_cols=["share"])
    names = [folder / f"share={share}" for share in range(parts)]
    return [read_parquet(daft, name) if name.exists() else pairs[0].limit(0) for name in names]


def _weigh(daft: Any, articles: Any, folder: Path, blocking: Blocking, parts: int) -> None:
    """Write the signs of each article, what each weighs in the corpus, and its keys."""
    col, kinds = daft.col, daft.DataType
    key = kinds.struct({"key": kinds.int64(), "term": kinds.int64()})
    lists = {"vector": kinds.list(kinds.float32()), "keys": kinds.list(key)}
    row = functools.partial(_weigh_row, total=articles.count_rows(), blocking=blocking)
    weigh = on_rows(daft, row, kinds.struct(lists))
    terms = articles.select("id", "terms").explode("terms").where(col("terms").not_null())
    counted = [
        terms.where(col("terms") % parts == share)
        .groupby("terms")
        .agg(col("id").count().alias("frequency"))
        .where(col("frequency") > 1)
        .collect()
        for share in range(parts)
    ]
    shared = functools.reduce(lambda one, other: one.concat(other), counted)
    columns = ("published", "terms", "weights", "priors", "marks", "shared", "frequencies")
    for share in range(parts):
        mine = col("id") % parts == share
        seen = (
            terms.where(mine)
            .join(shared, on="terms")
            .groupby("id")
            .agg(col("terms").list_agg().alias("shared"), col("frequency").list_agg().alias("frequencies"))
        )
        own = articles.where(mine).select("id", *_SIGNS)
        weighed = own.join(seen, on="id", how="left").select("id", *_SIGNS, weigh(*map(col, columns)).alias("weighed"))
        weighed.select("id", *_SIGNS, *unnest(daft, "weighed", tuple(lists))).write_parquet(str(folder))


def _weigh_row(
    day: int | None,
    terms: Sequence[int],
    weights: Sequence[float],
    priors: Sequence[float],
    marks: Sequence[int],
    shared: Sequence[int] | None,
    counts: Sequence[int] | None,
    *,
    total: int,
    blocking: Blocking,
) -> dict[str, Any]:
    frequencies = dict(zip(shared or (), counts or (), strict=True))
    vector = events.weigh(Signs(tuple(terms), tuple(weights), tuple(priors), tuple(marks)), frequencies, total)
    keys = [{"key": key, "term": term} for key, term in events.find_keys(vector, frequencies, day, blocking)]
    return {"vector": [vector.get(term, 0.0) for term in terms], "keys": keys}


def _meet(daft: Any, keys: Any, blocking: Blocking) -> Any:
    """Return the pairs of articles that share a term and are near enough in time, with the term."""
    col = daft.col
    left = keys.select("key", "term", col("id").alias("left"), col("published").alias("left_day"))
    right = keys.select("key", col("id").alias("right"), col("published").alias("right_day"))
    apart = (col("left_day") - col("right_day")).abs() > blocking.reach
    pairs = left.join(right, on="key").where(col("left") < col("right")).where(~apart.fill_null(False))
    return pairs.select("left", "right", "term")


def _count(daft: Any, pairs: Any, blocking: Blocking) -> Any:
    """Return the pairs that share enough terms."""
    col = daft.col
    shared = pairs.groupby("left", "right").agg(col("term").count_distinct().alias("shared"))  # two boxes: one term
    return shared.where(col("shared") >= blocking.shared).select("left", "right")


def _meet_copies(daft: Any, bands: Any, blocking: Blocking) -> Any:
    """Return each article with the next one that shares a band: a thousand copies are a thousand pairs."""
    col, kinds = daft.col, daft.DataType
    one = daft.functions.to_struct(col("published"), col("id"))
    copies = bands.select("bands", one.alias("one")).groupby("bands").agg(col("one").list_agg().alias("all"))
    chain = on_rows(
        daft,
        functools.partial(_chain, window=blocking.reach),
        kinds.list(kinds.struct({"left": kinds.int64(), "right": kinds.int64()})),
    )
    met = copies.where(daft.functions.list_count(col("all")) > 1).select(chain(col("all")).alias("pair"))
    return met.explode("pair").where(col("pair").not_null()).select(*unnest(daft, "pair", ("left", "right")))


def _chain(rows: Sequence[Mapping[str, Any]], window: int) -> list[dict[str, int]]:
    ordered = sorted(rows, key=lambda row: (row["published"] or 0, row["id"]))
    return [
        {"left": min(one["id"], other["id"]), "right": max(one["id"], other["id"])}
        for one, other in itertools.pairwise(ordered)
        if events.can_meet(one["published"], other["published"], window)
    ]


def _measure(daft: Any, pairs: Any, vectors: Any, blocking: Blocking) -> Any:
    """Return the candidates as links: how near they are, and how sure it is that they are one event, or one story."""
    col, real = daft.col, daft.DataType.float64()
    columns = ("vector", *_SIGNS)
    for side in ("left", "right"):
        names = [col(name).alias(f"{side}_{name}") for name in columns]
        pairs = pairs.join(vectors.select(col("id").alias(side), *names), on=side)
    measure = on_rows(
        daft,
        functools.partial(_measure_row, window=blocking.window),
        daft.DataType.struct(dict.fromkeys(_LINK, real)),
    )
    told = [col(f"{side}_{name}") for side in ("left", "right") for name in columns]
    return pairs.select("left", "right", measure(*told).alias("link")).select(
        "left", "right", *unnest(daft, "link", _LINK)
    )


def _measure_row(*values: Any, window: int) -> dict[str, float]:
    half = len(values) // 2
    (ours, *left), (theirs, *right) = values[:half], values[half:]
    one, other = _make_signs(*left), _make_signs(*right)
    event, story = grouping.judge(one, other, window)
    vectors = (dict(zip(signs.terms, vector, strict=True)) for signs, vector in ((one, ours), (other, theirs)))
    return {
        "similarity": events.measure_similarity(*vectors),
        "event": event,
        "story": story,
    }


def _make_signs(day: int | None, terms: Any, weights: Any, priors: Any, marks: Any, length: int) -> Signs:
    return Signs(tuple(terms), tuple(weights), tuple(priors), tuple(marks), length, day)


def _raise_nearest(daft: Any, links: Any, blocking: Blocking) -> Any:
    """Return the links that may be of one event, with how sure it is."""
    col, columns = daft.col, ("left", "right", "similarity", "event")
    near = links.where(col("event") > 0).select(*columns)
    both = near.concat(near.select(col("right").alias("left"), col("left").alias("right"), *columns[2:]))
    best = both.groupby("left").agg(col("similarity").max().alias("best"))
    for side in ("left", "right"):
        near = near.join(best.select(col("left").alias(side), col("best").alias(f"{side}_best")), on=side)
    tell = on_rows(daft, functools.partial(grouping.raise_nearest, blocking=blocking), daft.DataType.float64())
    told = tell(*map(col, ("event", "similarity", "left_best", "right_best")))
    return near.select("left", "right", told.alias("value")).collect()


def _group(daft: Any, links: Any, blocking: Blocking) -> Any:
    """Return each member of a group of links with the label of its group, its least member."""
    col, kinds = daft.col, daft.DataType
    sure = links.where(col("value") >= blocking.sure)
    edges = sure.select("left", "right").concat(sure.select(col("right").alias("left"), col("left").alias("right")))
    labels = _join_components(daft, edges.collect())
    inside = links
    for side in ("left", "right"):
        inside = inside.join(labels.select(col("id").alias(side), col("label").alias(f"{side}_label")), on=side)
    inside = inside.where(col("left_label") == col("right_label"))
    one = daft.functions.to_struct(col("left"), col("right"), col("value"))
    gathered = (
        inside.select("left_label", one.alias("one")).groupby("left_label").agg(col("one").list_agg().alias("all"))
    )
    part = on_rows(
        daft,
        functools.partial(_part, sure=blocking.sure, together=blocking.together),
        kinds.list(kinds.struct({"id": kinds.int64(), "label": kinds.int64()})),
    )
    return (
        gathered.select(part(col("all")).alias("row"))
        .explode("row")
        .select(*unnest(daft, "row", ("id", "label")))
        .collect()
    )


def _part(links: Sequence[Mapping[str, Any]], sure: float, together: float) -> list[dict[str, int]]:
    rows = ((link["left"], link["right"], link["value"]) for link in links)
    return [{"id": member, "label": label} for member, label in grouping.part(rows, sure, together).items()]


def _follow(daft: Any, links: Any, labels: Any, blocking: Blocking) -> Any:
    """Return each article with the labels of its event and of its thread: the events that are one story."""
    col = daft.col
    stories = links.select("left", "right", col("story").alias("value"))
    for side in ("left", "right"):
        named = labels.select(col("id").alias(side), col("label").alias("found"))
        stories = stories.join(named, on=side, how="left")
        stories = stories.with_column(side, col("found").fill_null(col(side))).exclude("found")
    apart = stories.where(col("left") != col("right")).collect()
    threads = _group(daft, apart, blocking).select(col("id").alias("event"), col("label").alias("thread"))
    events_of = labels.select("id", col("label").alias("event"))
    alone = threads.join(events_of, on="event", how="anti").select(col("event").alias("id"), "event", "thread")
    told = events_of.join(threads, on="event", how="left")
    told = told.select("id", "event", col("thread").fill_null(col("event")))
    return told.concat(alone).collect()


def _join_components(daft: Any, edges: Any) -> Any:
    """Return each article of an edge with the label of its component, its least id (label propagation)."""
    col = daft.col
    labels = edges.groupby("left").agg(col("right").min().alias("label"))
    labels = labels.select(col("left").alias("id"), _least(col("left"), col("label")).alias("label"))
    labels = labels.collect()
    for _ in range(_ROUNDS):
        near = edges.join(labels.select(col("id").alias("right"), col("label").alias("near")), on="right")
        near = near.groupby("left").agg(col("near").min()).select(col("left").alias("id"), "near")
        far = labels.select(col("id").alias("label"), col("label").alias("far"))  # the label's label
        moved = labels.join(near, on="id").join(far, on="label")
        moved = moved.select("id", col("label"), _least(_least(col("label"), col("near")), col("far")).alias("next"))
        moved = moved.collect()
        labels = moved.select("id", col("next").alias("label"))
        if not moved.where(col("next") != col("label")).count_rows():
            return labels
    return labels


def _least(one: Any, other: Any) -> Any:
    from daft.functions import when

    return when(one < other, one).otherwise(other)
