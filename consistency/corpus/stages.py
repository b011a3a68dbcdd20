"""The first stages of a corpus: its articles with their signs, their events, and the articles of each event.

Each reads what the one before it has written, and writes a folder.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from consistency.corpus import rows, source
from consistency.corpus.engine import is_heavy, on_rows, read_parquet, unnest
from consistency.corpus.events import Blocking
from consistency.corpus.search import find_events
from consistency.language import ENGLISH, Language
from consistency.overlap.signs import hash_sign

_A_PART = 1  # shards of articles that are searched for events at a time
_CHUNK_PARTITIONS = 1000  # of the source on a cluster
_ARTICLE_SIZE = 2000  # bytes, about
_FIGURES = "told.json"


def read_stage(daft: Any, folder: Path) -> Any:
    """Return what a stage has written as a dataframe."""
    return read_parquet(daft, folder, "**/*.parquet")


def write_articles(
    daft: Any, files: Sequence[tuple[str, int]], folder: Path, columns: dict[str, str], language: Language = ENGLISH
) -> None:
    """Write the articles of some files, and why others could not be read.

    Args:
        daft: the engine.
        files: their names and sizes.
        folder: where to write.
        columns: what is called otherwise in them.
        language: what they are written in.
    """
    col = daft.col
    chunks = list(source.cut(files))
    sliced = [chunk for chunk in chunks if chunk.form == "lines"]
    if len(sliced) > len({chunk.path for chunk in sliced}):
        count = on_rows(daft, source.count_lines, daft.DataType.int64(), batch=1)
        counted = _spread(daft, chunks).select("place", count(col("path"), col("start"), col("stop")).alias("lines"))
        lines = counted.sort("place").to_pydict()["lines"]
        chunks = list(source.number(chunks, lines))
    read = on_rows(
        daft,
        functools.partial(rows.read_rows, columns=columns, language=language),
        _type_articles(daft),
        heavy=is_heavy(sum(size for _, size in files) / _ARTICLE_SIZE),
        batch=1,
    )
    told = _spread(daft, chunks).select(read(*map(col, ("path", "start", "stop", "first"))).alias("article"))
    articles = told.explode("article").where(col("article").not_null()).select(*unnest(daft, "article", rows.ARTICLE))
    articles.write_parquet(str(folder))


def _spread(daft: Any, chunks: Sequence[source.Chunk]) -> Any:
    """Return the chunks as a dataframe that all workers take from."""
    columns = {name: [getattr(chunk, name) for chunk in chunks] for name in ("path", "start", "stop", "first")}
    frame = daft.from_pydict({**columns, "place": list(range(len(chunks)))})
    if daft.get_or_infer_runner_type() == "ray":
        return frame.into_partitions(min(len(chunks), _CHUNK_PARTITIONS))
    return frame


def _type_articles(daft: Any) -> Any:
    kinds = daft.DataType
    whole, real = kinds.int64(), kinds.float32()
    known = dict.fromkeys(("id", "published", "header", "length"), whole)
    known |= {"terms": kinds.list(whole), "bands": kinds.list(whole), "marks": kinds.list(kinds.int8())}
    known |= {"weights": kinds.list(real), "priors": kinds.list(real)}
    return kinds.list(kinds.struct({name: known.get(name, kinds.string()) for name in rows.ARTICLE}))


def write_events(daft: Any, articles: Path, folder: Path, blocking: Blocking, *, shard: int, most_pairs: int) -> None:
    """Write the event and thread of each article that is not alone, and the figures of the search.

    Args:
        daft: the engine.
        articles: what ``write_articles`` wrote.
        folder: where to write.
        blocking: how articles about one event are found.
        shard: about how many articles a shard has.
        most_pairs: how many pairs of one event are compared at most, and how many of a thread across its events.
    """
    col = daft.col
    known = read_stage(daft, articles).where(col("reason").is_null())
    total = known.count_rows()
    shards = max(1, math.ceil(total / shard))
    native = daft.get_or_infer_runner_type() == "native"  # Ray has partitions of its own
    parts = math.ceil(shards / _A_PART) if native else 1
    labels, cut = find_events(daft, known.where(col("event").is_null()), folder, blocking, parts)
    name = on_rows(daft, _name_event, daft.DataType.string())
    found = labels.select("id", name(col("event")).alias("event"), name(col("thread")).alias("thread"))
    thread = col("event") if blocking.by == "thread" else daft.lit(None).cast(daft.DataType.string())
    told = known.where(col("event").not_null()).select("id", "event", thread.alias("thread"))
    together, by = found.concat(told), blocking.by
    sizes = together.groupby(by).agg(col("id").count().alias("size")).where(col("size") > 1).collect()
    choose = on_rows(daft, functools.partial(choose_shard, shards=shards), daft.DataType.int64())
    placed = together.join(sizes.select(by), on=by).with_column("shard", choose(col(by)))
    placed.select("id", "event", "thread", "shard").write_parquet(str(folder / "events"))
    figures = {
        "articles": total,
        **_count_groups(daft, together, sizes, by, most_pairs),
        "cut_blocks": cut,
        "shards": shards,
    }
    (folder / _FIGURES).write_text(json.dumps(figures), encoding="utf-8")


def _count_groups(daft: Any, together: Any, sizes: Any, by: str, most_pairs: int) -> dict[str, int]:
    """Return how many events and threads have two articles or more, and how many of their pairs are too many."""
    col = daft.col
    events = together.groupby("event").agg(col("id").count().alias("size"), col("thread").min().alias("thread"))
    events = events.with_column("pairs", _count_pairs(col("size"))).collect()
    several = events.where(col("size") > 1)
    counted = several.groupby("pairs").agg(col("event").count().alias("count")).to_pydict()
    figures = {"events": several.count_rows(), "threads": 0}
    if by == "thread":
        inside = events.groupby("thread").agg(col("pairs").sum().alias("inside"))
        across = sizes.join(inside, on="thread").select((_count_pairs(col("size")) - col("inside")).alias("pairs"))
        across = across.groupby("pairs").agg(col("pairs").count().alias("count")).to_pydict()
        counted = {name: values + across[name] for name, values in counted.items()}
        figures["threads"] = sizes.count_rows()
    told = zip(counted["pairs"], counted["count"], strict=True)
    return figures | {"cut_pairs": sum(max(0, int(pairs) - most_pairs) * count for pairs, count in told)}


def _count_pairs(size: Any) -> Any:
    return size * (size - 1) // 2


def read_figures(found: Path) -> dict[str, int]:
    """Return what ``write_events`` counted: articles, events, threads, shards, and what was cut."""
    figures: dict[str, int] = json.loads((found / _FIGURES).read_text(encoding="utf-8"))
    return figures


def write_stories(daft: Any, articles: Path, found: Path, folder: Path) -> None:
    """Write the articles of each event, or thread, together, a folder a shard."""
    columns = ("name", "own_id", "text", "title", "source", "published", "header", "digest")
    told = read_stage(daft, articles).select("id", *columns).join(read_stage(daft, found / "events"), on="id")
    told.select("event", "thread", "shard", *columns).write_parquet(str(folder), partition_cols=["shard"])


def choose_shard(group: str, shards: int) -> int:
    """Return the shard of an event or thread, the same one in every run.

    >>> choose_shard("dam", 1)
    0
    """
    return hash_sign(group) % shards


def _name_event(label: int | None) -> str | None:
    return None if label is None else f"{label:016x}"
