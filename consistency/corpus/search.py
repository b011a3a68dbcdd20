"""The search for events on dataframes: the functions of ``events.py`` over a whole corpus, wherever it lies.

frequencies -> vectors -> keys -> candidates -> similar pairs -> events, which are connected components.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from consistency.corpus import events
from consistency.corpus.engine import on_rows, read_parquet, unnest
from consistency.corpus.events import Blocking
from consistency.overlap import Signs

_ROUNDS = 50  # of label propagation; each about doubles the distance that labels have gone


def find_events(daft: Any, articles: Any, folder: Path, blocking: Blocking, parts: int = 1) -> tuple[Any, int]:
    """Return the label of each article that has an event's other articles, and how many blocks were cut.

    Each step goes through the corpus in ``parts``, by the remainder of a hash, and holds one of them in memory.
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
    similar = [
        _measure(daft, _count(daft, each, blocking).concat(copies).distinct(), vectors, blocking).collect()
        for each, copies in dealt
    ]
    together = functools.reduce(lambda one, other: one.concat(other), similar)
    return _join_components(daft, _choose(daft, together, blocking)), cut


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
    """Write the vector and the keys of each article."""
    col, kinds = daft.col, daft.DataType
    whole, real = kinds.int64(), kinds.float32()
    key = kinds.struct({"key": whole, "term": whole})
    lists = {"terms": kinds.list(whole), "weights": kinds.list(real), "keys": kinds.list(key)}
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
        own = articles.where(mine).select("id", "published", "terms", "weights", "priors", "marks")
        weighed = own.join(seen, on="id", how="left").select(
            "id", "published", weigh(*map(col, columns)).alias("vector")
        )
        weighed.select("id", "published", *unnest(daft, "vector", tuple(lists))).write_parquet(str(folder))


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
    return {"terms": list(vector), "weights": list(vector.values()), "keys": keys}


def _meet(daft: Any, keys: Any, blocking: Blocking) -> Any:
    """Return the pairs of articles that share a term and are no more than a window apart, with the term."""
    col = daft.col
    left = keys.select("key", "term", col("id").alias("left"), col("published").alias("left_day"))
    right = keys.select("key", col("id").alias("right"), col("published").alias("right_day"))
    apart = (col("left_day") - col("right_day")).abs() > blocking.window
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
        functools.partial(_chain, window=blocking.window),
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
    """Return the candidates that are similar enough, with their similarity."""
    col = daft.col
    for side in ("left", "right"):
        names = [col("id").alias(side), col("terms").alias(f"{side}_terms"), col("weights").alias(f"{side}_weights")]
        pairs = pairs.join(vectors.select(*names), on=side)
    measure = on_rows(daft, _measure_row, daft.DataType.float64())
    columns = ("left_terms", "left_weights", "right_terms", "right_weights")
    measured = pairs.select("left", "right", measure(*map(col, columns)).alias("similarity"))
    return measured.where(col("similarity") >= blocking.similarity)


def _measure_row(
    left: Sequence[int], left_weights: Sequence[float], right: Sequence[int], right_weights: Sequence[float]
) -> float:
    ours, theirs = (dict(zip(*side, strict=True)) for side in ((left, left_weights), (right, right_weights)))
    return events.measure_similarity(ours, theirs)


def _choose(daft: Any, similar: Any, blocking: Blocking) -> Any:
    """Return the pairs that tell one event, in both directions."""
    col = daft.col
    both = similar.concat(similar.select(col("right").alias("left"), col("left").alias("right"), "similarity"))
    best = both.groupby("left").agg(col("similarity").max().alias("best"))
    for side in ("left", "right"):
        named = best.select(col("left").alias(side), col("best").alias(f"{side}_best"))
        both = both.join(named, on=side)
    choose = on_rows(daft, functools.partial(events.is_same_event, blocking=blocking), daft.DataType.bool())
    return both.where(choose(col("similarity"), col("left_best"), col("right_best"))).select("left", "right").collect()


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
