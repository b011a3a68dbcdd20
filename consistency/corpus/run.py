"""The journey of a corpus: read, find events, compare, write; on Daft's dataframe, so that it runs here or on Ray.

1. ``articles``: every chunk of the source is read; each article gets its signs.
2. ``events``: frequencies -> vectors -> blocks -> candidates -> similar pairs -> events (connected components).
3. ``stories``: the articles of each event come together, in shards.
4. Shard by shard: the articles of an event are compared, and the tables are written.

Stages 1 to 3 (``stages.py``) are kept in ``work``, whole or not at all; the rows of a shard go through memory, the
corpus does not.
"""

from __future__ import annotations

import errno
import functools
import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from consistency.comparer import Comparer
from consistency.corpus import listing, rows
from consistency.corpus.engine import is_heavy, on_rows, start
from consistency.corpus.events import Blocking
from consistency.corpus.listing import Listing
from consistency.corpus.overview import draw_overview
from consistency.corpus.reuse import Placed, Share, deal, find_share
from consistency.corpus.stages import (
    choose_shard,
    read_figures,
    read_stage,
    write_articles,
    write_events,
    write_stories,
)
from consistency.corpus.store import PAGES, TABLES, Store
from consistency.errors import ConsistencyError, SettingsError
from consistency.files import write_text
from consistency.policy import Policy
from consistency.reading.columns import check_columns
from consistency.report import build_report, overview

SHARD = 5000
"""Articles a shard: what is in memory at a time, and what is done again after a kill."""
MOST_PAIRS = 300
"""Pairs of one event that are compared; those near to each other in time go first."""
_BATCH = 8  # events that a process takes at a time; more, and the last ones are waited for
_ROOM = 1 << 20  # bytes; a disk with less is full


@attrs.frozen
class Progress:
    """How far a run is: articles, events and pairs compared so far, of how many shards; ``rate`` is pairs a second.

    ``before`` are shards that the run found done when it went on; ``done`` and ``shards`` do not count them.

    >>> Progress("compare", 10, 4, 5, 1, 2, seconds=10.0).left
    10.0
    """

    stage: str
    articles: int = 0
    events: int = 0
    pairs: int = 0
    done: int = 0
    shards: int = 0
    before: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Pairs a second, of the shards that this run compared."""
        return self.pairs / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that are left, ``None`` where nothing tells."""
        return self.seconds / self.done * (self.shards - self.done) if self.done else None


@attrs.frozen
class Summary:
    """What a run found in a corpus.

    Attributes:
        articles: how many could be read.
        errors: rows of the table of errors.
        events: with two articles or more.
        threads: with two articles or more, where these were looked for.
        pairs: compared ones.
        kept: of these, those that this run took over from before its input changed.
        sentences: rows of the table of sentence pairs.
        changes: rows of the table of changes.
        findings: breaches of the policy, 0 where none was given.
        cut_blocks: terms that too many articles share, so that nothing was looked for by them.
        cut_pairs: pairs of large events and threads that were not compared.
        seconds: of this run; it may have gone on from another.

    >>> Summary(articles=2, pairs=1).cut_pairs
    0
    """

    articles: int = 0
    errors: int = 0
    events: int = 0
    threads: int = 0
    pairs: int = 0
    kept: int = 0
    sentences: int = 0
    changes: int = 0
    findings: int = 0
    cut_blocks: int = 0
    cut_pairs: int = 0
    seconds: float = 0.0


def compare_corpus(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    format: str = "parquet",  # noqa: A002  the word that every tool uses for this
    blocking: Blocking = Blocking(),  # noqa: B008  a frozen value
    comparer: Comparer | None = None,
    runner: str = "native",
    ray_address: str | None = None,
    shard: int = SHARD,
    most_pairs: int = MOST_PAIRS,
    policy: Policy | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
    restart: bool = False,
    progress: Callable[[Progress], object] = lambda _: None,
) -> Summary:
    """Find which articles of a corpus tell one event, compare them, and write tables of what they differ in.

    A run that was killed goes on when it is started again in the same way. Where the input has changed since then, the
    rows of pairs of articles that have not are kept.

    Args:
        paths: files (JSON Lines, Parquet, CSV, or one article a file), folders and globs, local or in object storage.
            A column or key ``event``, where given, is used instead of looking for events.
        out: a directory for the tables ``pairs``, ``changes`` and ``errors`` (``docs/corpus.md`` has their columns).
        format: ``parquet`` or ``jsonl``.
        blocking: how articles about one event are found.
        comparer: how two articles are compared.
        runner: ``native``, all cores of this machine, or ``ray``.
        ray_address: of a Ray cluster; without one Ray starts on this machine.
        shard: about how many articles are in memory at a time.
        most_pairs: how many pairs of one event are compared at most, and how many of a thread across its events.
        policy: what to check the pairs against; the findings are one more table.
        columns: what ``text``, ``published``, ``source``, ``title``, ``id`` and ``event`` are called in the tables and
            objects, where those names are your own: ``{"text": "content"}``.
        restart: whether to delete what a run has left in ``out``.
        progress: called after every stage and shard.

    Raises:
        ReadError: a path that has no file. One broken article is a row in ``errors``.
        SettingsError: a setting that is none, a missing extra, or ``out`` holds something else.

    >>> compare_corpus("wire.jsonl", "tables", format="xlsx")
    Traceback (most recent call last):
    consistency.errors.SettingsError: no table format 'xlsx'; there are parquet and jsonl
    """
    if shard < 1 or most_pairs < 1:
        raise SettingsError("shard and most_pairs must be at least 1")
    check_columns(columns)
    store, comparer = Store(Path(out), format), comparer or Comparer()
    given = listing.find_files([paths] if isinstance(paths, (str, os.PathLike)) else paths, out)
    daft = start(runner, ray_address)
    terms = {
        "files": [[path, size, listing.hash_file(path)] for path, size in given.files],
        "format": format,
        "blocking": attrs.asdict(blocking),
        "signature": comparer.signature,
        "shard": shard,
        "most_pairs": most_pairs,
        "policy": None if policy is None else repr(policy),
        "columns": dict(columns),
        "tables": {table: list(names) for table, names in TABLES.items()},
    }
    journey = _Journey(daft, store, blocking, comparer, shard, most_pairs, policy, dict(columns), progress)
    with store.open(terms, restart) as changed:
        if changed:
            progress(Progress(f"{changed:,} files of the input are new, gone or changed; what they leave true is kept"))
        try:
            return journey.go(given)
        except (OSError, ValueError, RuntimeError, MemoryError) as error:  # the engine has no base of its errors
            reason = f"{store.folder}: the run ended ({_explain(error, store.folder)}); start it again and it goes on"
            raise ConsistencyError(reason) from error


def _explain(error: Exception, folder: Path) -> str:
    if shutil.disk_usage(folder).free < _ROOM:  # of a full disk the engine tells much, but not always that it is full
        return os.strerror(errno.ENOSPC)
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


@attrs.frozen
class _Journey:
    daft: Any
    store: Store
    blocking: Blocking
    comparer: Comparer
    shard: int
    most_pairs: int
    policy: Policy | None
    columns: dict[str, str]
    progress: Callable[[Progress], object]

    def go(self, given: Listing) -> Summary:
        begin = time.monotonic()
        self.progress(Progress("reading articles"))
        articles = self.store.stage(
            "articles",
            lambda folder: write_articles(self.daft, given.files, folder, self.columns, self.comparer.language),
        )
        self.progress(Progress("finding events", seconds=time.monotonic() - begin))
        find = functools.partial(
            write_events, self.daft, articles, blocking=self.blocking, shard=self.shard, most_pairs=self.most_pairs
        )
        found = self.store.stage("events", find)
        told = read_figures(found)
        self.progress(Progress("gathering events", told["articles"], told["events"], seconds=time.monotonic() - begin))
        stories = self.store.stage("stories", lambda folder: write_stories(self.daft, articles, found, folder))
        broken = read_stage(self.daft, articles).where(self.daft.col("reason").not_null()).select("name", "reason")
        skipped = [{"name": each.name, "stage": each.stage, "reason": each.reason} for each in given.skipped]
        told_broken = [{**row, "stage": "read"} for row in broken.to_pylist()]
        self.store.write_part("errors", "read", skipped + told_broken)
        kept = self._compare_shards(stories, told["shards"])
        self.store.clear_told()
        summary = Summary(
            kept=kept,
            **{name: told[name] for name in ("articles", "events", "threads", "cut_blocks", "cut_pairs")},
            **{table: self.store.count(table) for table in TABLES},
            seconds=round(time.monotonic() - begin, 3),
        )
        write_text(self.store.folder / "summary.json", json.dumps(attrs.asdict(summary), indent=2) + "\n")
        self._write_report(stories, attrs.asdict(summary))
        return summary

    def _write_report(self, stories: Path, figures: Mapping[str, int]) -> None:
        """Write the page of the corpus, and a page for each of its gravest conflicts."""
        found = draw_overview(self.store, figures)
        names = sorted({name for conflict in found.gravest for name in conflict.names})
        told = read_stage(self.daft, stories).where(self.daft.col("name").is_in(names)).to_pylist() if names else ()
        articles = {row["name"]: rows.make_article(row) for row in told}
        pages: dict[tuple[str, str], str] = {}
        (self.store.folder / PAGES).mkdir(exist_ok=True)
        for left, right in dict.fromkeys(conflict.names for conflict in found.gravest):
            pages[left, right] = f"{PAGES}/{len(pages) + 1}.html"
            compared = self.comparer.compare(articles[left], articles[right])
            write_text(self.store.folder / pages[left, right], build_report(compared, "html"))
        gravest = tuple(attrs.evolve(conflict, page=pages[conflict.names]) for conflict in found.gravest)
        write_text(self.store.folder / "report.html", overview.render(attrs.evolve(found, gravest=gravest)))

    def _write_kept(self, stories: Path, shards: int, folder: Path) -> None:
        """Write what is still true of the shards of before the input changed."""
        col = self.daft.col

        def place(names: Collection[str]) -> dict[str, Placed]:
            told = read_stage(self.daft, stories).where(col("name").is_in(list(names)))
            return {
                row["name"]: Placed(
                    row["event"], row["thread"], choose_shard(row[self.blocking.by], shards), row["digest"]
                )
                for row in told.select("name", "event", "thread", "digest").to_pylist()
            }

        if any(stories.glob("shard=*")):
            deal(self.store.told, Store(folder, self.store.form), place)

    def _compare_shards(self, stories: Path, shards: int) -> int:
        """Write the tables of all shards that are not there; return how many pairs were kept."""
        begin = time.monotonic()
        seen = Progress("comparing", shards=shards)
        kept = None
        if self.store.told.folder.exists():
            folder = self.store.stage("kept", lambda half: self._write_kept(stories, shards, half))
            kept = Store(folder, self.store.form)
        count = 0
        for shard in range(shards):
            if self.store.is_done(shard):
                seen = attrs.evolve(seen, shards=seen.shards - 1, before=seen.before + 1)
                continue
            share = find_share(kept, shard) if kept else Share()
            tables = self._compare_shard(stories / f"shard={shard}", share)
            count += len(tables.pop("kept"))
            self.store.write(shard, tables)
            seen = attrs.evolve(
                seen,
                articles=seen.articles + tables.pop("articles"),
                events=seen.events + tables.pop("events"),
                pairs=seen.pairs + len(tables["pairs"]),
                done=seen.done + 1,
                seconds=time.monotonic() - begin,
            )
            self.progress(seen)
        return count

    def _compare_shard(self, folder: Path, share: Share) -> dict[str, Any]:
        """Return the tables of a shard, and ``kept``, the pairs that were taken from its share."""
        col, functions = self.daft.col, self.daft.functions
        tables = rows.make_tables()
        if self.policy is None:
            del tables["findings"]
        if not folder.exists():  # no event fell into it
            return tables
        told = read_stage(self.daft, folder)
        story = functions.to_struct(*(col(name) for name in told.column_names if name != "shard"))
        group = col(self.blocking.by).alias("group")
        grouped = told.select(group, story.alias("article")).groupby("group").agg(col("article").list_agg()).collect()
        compare = functools.partial(
            rows.compare_story,
            comparer=self.comparer,
            most_pairs=self.most_pairs,
            policy=self.policy,
            known=share.keys,
        )
        heavy = is_heavy(told.count_rows())
        tell = on_rows(self.daft, compare, self.daft.DataType.string(), heavy=heavy, batch=_BATCH)
        for text in grouped.select(tell(col("article")).alias("told")).to_pydict()["told"]:
            for name, value in json.loads(text).items():
                if name in tables:
                    tables[name] += value
        for name, kept in share.choose(map(tuple, tables["kept"])).items():
            if name in tables:
                tables[name] += kept
        return tables
