"""Measure whole corpora: make a corpus of any size with known events out of public sentences, and run over it.

python benchmarks/corpus.py PUBLIC --articles 1000 10000 [--work DIR] [--only-make]
python benchmarks/corpus.py PUBLIC --articles --known [--annotated FILE ...]

An event is twelve sentences drawn from public sets, with names of its own in every second one; each article that tells
it takes most of them, in one of two wordings where people wrote two, in an order of its own, and later articles have
other numbers. A third of the articles are alone with their event. As many articles appear a day whatever the size: a
larger corpus is a longer archive.

``--known`` measures on articles that were written about one event: the pairs of ``align_news_synth``, the same where
every second event is told by one article only, and pairs of annotated files with ``left`` and ``right``.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import datetime
import itertools
import json
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from consistency.corpus.engine import load
from consistency.corpus.run import Progress, compare_corpus

FIRST_DAY = datetime.date(2020, 1, 1)
A_DAY = 100  # articles
SENTENCES = 12
SIZES = (1,) * 55 + (2,) * 33 + (3,) * 10 + (5,) * 2  # articles an event
SOURCES = tuple("north south east west".split())
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
SYLLABLES = tuple("ba dor el fin gar hul ik jo kem lan mir nov os pel quin ras sul tor ul vek wen yar zor".split())
NUMBER = re.compile(r"\b\d{1,3}\b(?![,.]\d)")


def read_sentences(public: Path) -> list[tuple[str, ...]]:
    """Return sentences, each in one wording or two."""
    found: list[tuple[str, ...]] = []
    seen: set[tuple[str, ...]] = set()
    for line in (public / "pair_mrpc.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.append((row["a"], row["b"]))
    for line in (public / "align_news_synth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found += [(text,) for text in (*row["a"], *row["b"]) if len(text) > 40]
    for line in (public / "pair_vitaminc_real.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["a"]
        if len(text) > 40 and (start := tuple(text.split()[:3])) not in seen:  # many are of one page, edited
            seen.add(start)
            found.append((text,))
    return found


def make_articles(sentences: list[tuple[str, ...]], size: int, seed: int = 7) -> Iterator[dict[str, str | int]]:
    """Yield the rows of a corpus; ``known`` is the number of the event."""
    draw = random.Random(seed)  # noqa: S311
    rows: list[dict[str, str | int]] = []
    days = max(1, size // A_DAY)
    for event in itertools.count():
        names = [make_name(draw) for _ in range(3)]
        facts = [
            tuple(NAME.sub(names[place % 3], text, count=1) for text in wordings) if place % 2 else wordings
            for place, wordings in enumerate(draw.sample(sentences, SENTENCES))
        ]
        start = draw.randrange(days)
        for place in range(draw.choice(SIZES)):
            told = draw.sample(facts, draw.randint(SENTENCES * 3 // 4, SENTENCES))
            wordings = [draw.choice(wording) for wording in told]
            if place and draw.random() < 0.7:
                wordings = [NUMBER.sub(lambda n: str(int(n[0]) + draw.randint(0, 1)), text) for text in wordings]
            day = FIRST_DAY + datetime.timedelta(days=start + min(place, 6))
            text = "\n\n".join(wordings)
            rows.append({"text": text, "published": day.isoformat(), "source": draw.choice(SOURCES), "known": event})
            if len(rows) == size:
                draw.shuffle(rows)
                yield from rows
                return


def read_known(public: Path, annotated: list[Path]) -> dict[str, list[dict[str, str | int]]]:
    """Return corpora of real pairs by name."""
    lines = (public / "align_news_synth.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [[" ".join(json.loads(line)[side]) for side in "ab"] for line in lines]
    news: list[dict[str, str | int]] = [{"text": text, "known": n} for n, pair in enumerate(pairs) for text in pair]
    alone = [row for place, row in enumerate(news) if place % 4 != 3]
    corpora = {"align_news_synth": news, "half of it alone": alone}
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in annotated]
    if documents:
        keys = ("text", "title", "source", "published")
        sides = [(n, document[side]) for n, document in enumerate(documents) for side in ("left", "right")]
        corpora["annotated"] = [{key: row[key] for key in keys if row[key]} | {"known": n} for n, row in sides]
        corpora["both"] = news + [{**row, "known": int(row["known"]) + len(news)} for row in corpora["annotated"]]
    return corpora


def write(rows: Iterable[dict[str, str | int]], path: Path) -> Path:
    """Write a corpus as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def make_name(draw: random.Random) -> str:
    """Return a name of two invented words."""
    return " ".join("".join(draw.choices(SYLLABLES, k=4)).capitalize() for _ in range(2))


def measure_events(corpus: Path, work: Path) -> tuple[float, float]:
    """Return recall and precision of the pairs of articles that tell one event."""
    with corpus.open(encoding="utf-8") as lines:
        known = {f"{corpus}:{number}": json.loads(line)["known"] for number, line in enumerate(lines, 1)}
    table = load("pyarrow.dataset").dataset(work / "work" / "stories", format="parquet").to_table(["name", "event"])
    found = dict(zip(*(table[column].to_pylist() for column in ("name", "event")), strict=True))
    both = collections.Counter((known[name], event) for name, event in found.items())
    right = _count_pairs(both)
    all_known, all_found = (_count_pairs(collections.Counter(values.values())) for values in (known, found))
    return right / max(all_known, 1), right / max(all_found, 1)


def _count_pairs(sizes: collections.Counter[object]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


class Memory(threading.Thread):
    """Watches how much memory this process and those that it started have together (proportional set size)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stage = ""
        self.peaks: dict[str, int] = {}
        self.over = threading.Event()
        self.spent = 0.0  # seconds of the cores that looking took

    def run(self) -> None:
        """Look twice a second."""
        while not self.over.wait(0.5):
            now = sum(map(_measure_memory, _find_family(os.getpid())))
            self.peaks[self.stage] = max(self.peaks.get(self.stage, 0), now)
            self.spent = time.thread_time()


def _find_family(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            process, _, rest = path.read_text().partition(" (")
            children.setdefault(int(rest.rpartition(")")[2].split()[1]), []).append(int(process))
    family = [root]
    for process in family:
        family += children.get(process, ())
    return family


def _measure_memory(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) // 1024


def _measure_processor() -> float:
    """Return the seconds of all cores that this process and its ended children took; other work does not count."""
    return sum(os.times()[:4])


@attrs.frozen
class Mark:
    """When a stage began."""

    stage: str
    moment: float


def measure(corpus: Path, out: Path, runner: str) -> dict[str, object]:
    """Return the figures of one run."""
    before = _measure_processor()
    marks: list[Mark] = []
    memory = Memory()
    memory.start()

    def note(progress: Progress) -> None:
        memory.stage = progress.stage
        if not marks or marks[-1].stage != progress.stage:
            marks.append(Mark(progress.stage, time.monotonic()))
        left = "" if progress.left is None else f", {progress.left:.0f} s left"
        passed = time.monotonic() - marks[0].moment
        line = f"{passed:.0f} s, {progress.stage}: {progress.pairs:,} pairs, {progress.rate:.0f} a second{left}"
        print(line, memory.peaks, f"{_measure_processor() - before:.0f} s of the cores", file=sys.stderr, flush=True)

    summary = compare_corpus(corpus, out, runner=runner, restart=True, progress=note)
    memory.over.set()
    recall, precision = measure_events(corpus, out)
    starts = [mark.moment for mark in marks]
    return {
        **attrs.asdict(summary),
        "processor_seconds": round(_measure_processor() - before - memory.spent, 1),
        "articles_a_second": round(summary.articles / summary.seconds, 1),
        "pairs_a_second": round(summary.pairs / summary.seconds, 1),
        "ms_an_article": round(summary.seconds / summary.articles * 1000, 2),
        "peak_mb": memory.peaks,
        "recall": round(recall, 4),
        "precision": round(precision, 4),
        "begun": {mark.stage: round(mark.moment - starts[0], 1) for mark in marks},
        "cores": len(os.sched_getaffinity(0)),
        "runner": runner,
    }


def main() -> None:
    """Make each corpus, run over it, print its figures as a line of JSON."""
    parser = argparse.ArgumentParser(description="Measure runs over corpora of several sizes.")
    parser.add_argument("public", type=Path)
    parser.add_argument("--articles", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--runner", default="native")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "corpus-benchmark")
    parser.add_argument("--known", action="store_true", help="measure on real pairs too")
    parser.add_argument("--annotated", type=Path, nargs="*", default=[], help="files of annotated pairs")
    parser.add_argument("--only-make", action="store_true", help="make the corpora, measure nothing")
    told = parser.parse_args()
    for name, rows in read_known(told.public, told.annotated).items() if told.known else ():
        corpus = write(rows, told.work / f"{name.replace(' ', '-')}.jsonl")
        figures = measure(corpus, corpus.with_suffix(".tables"), told.runner)
        print(json.dumps({"corpus": name, **figures}), flush=True)
    sentences = read_sentences(told.public)
    for size in told.articles:
        corpus = write(make_articles(sentences, size), told.work / f"corpus-{size}.jsonl")
        if not told.only_make:
            print(json.dumps(measure(corpus, told.work / f"tables-{size}", told.runner)), flush=True)


if __name__ == "__main__":
    main()
