"""Measure which articles are brought together as one event: recall and precision of their pairs, all in memory.

python benchmarks/events.py GOLD [--labels FILE] [--by event|thread]

Corpora: BASIL (articles of three outlets on politics, with days); the same, each article cut in two by every second
sentence, one half without its headline, so that four tell an event in few common words; Wikinews articles and rewrites;
the same, every second event told once; our own routine reports by one desk (nothing is one event) and by two.

With ``--labels`` (``readings.jsonl``, or such a file) also pairs that readers judged, all in one corpus: how many of
each kind are brought together.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import json
import re
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TypeAlias

import attrs
from readings import read_lines
from templates import make_reports
from train_events import make_article

from consistency import Article, Blocking, group_articles

Told: TypeAlias = "list[tuple[Article, Hashable]]"
ENDS = re.compile(r"(?<=[.!?\"”])\s+")
SEED = 11  # not that of the reports which weights are learned from


def read_pairs(gold: Path) -> dict[str, Article]:
    """Return the articles of the annotated pairs by name; their names are unique."""
    found = {}
    for path in sorted([*gold.glob("dev/*.json"), *gold.glob("hard/*.json")]):
        pair = json.loads(path.read_text(encoding="utf-8"))
        for row in (pair["left"], pair["right"]):
            found[row["doc"]] = attrs.evolve(make_article(row), name=row["doc"])
    return found


def cut(articles: Told) -> Told:
    """Return the halves of articles, by every second sentence."""
    halves = []
    for article, event in articles:
        sentences = ENDS.split(article.text)
        halves.append((attrs.evolve(article, text=" ".join(sentences[::2])), event))
        halves.append((attrs.evolve(article, text=" ".join(sentences[1::2]), title=""), event))
    return halves


def list_corpora(gold: Path) -> dict[str, Told]:
    """Return the corpora by name: articles, and what event each tells."""
    basil: Told = [(a, n.split(":")[1]) for n, a in read_pairs(gold).items() if n.startswith("basil")]
    rows = enumerate(read_lines(gold / "public" / "align_news_synth.jsonl"))
    news: Told = [(Article(" ".join(row[side])), number) for number, row in rows for side in "ab"]
    reports: list[tuple[str, Article, int]] = [
        (row["source"], make_article(row), row["known"]) for row in make_reports(SEED)
    ]
    return {
        "politics (BASIL)": basil,
        "the same, in halves": cut(basil),
        "news and rewrites": news,
        "the same, every second event told once": [each for n, each in enumerate(news) if n % 4 != 3],
        "routine reports of one desk": [(article, event) for desk, article, event in reports if desk == "north"],
        "routine reports of two desks": [(article, event) for _, article, event in reports],
        "the same, without days": [(attrs.evolve(article, published=None), event) for _, article, event in reports],
    }


def count(sizes: Iterable[int]) -> int:
    """Return how many pairs groups of these sizes have."""
    return sum(size * (size - 1) // 2 for size in sizes)


def measure(told: Told, blocking: Blocking) -> str:
    """Return a row of figures: pairs of one event, pairs that were found, recall, precision."""
    named = [(attrs.evolve(article, name=str(number)), event) for number, (article, event) in enumerate(told)]
    events = {article.name: event for article, event in named}
    groups = group_articles((article for article, _ in named), blocking)
    known, found = count(collections.Counter(events.values()).values()), count(map(len, groups))
    right = sum(count(collections.Counter(events[a.name] for a in group).values()) for group in groups)
    shares = [f"{right / pairs:.3f}" if pairs else "-" for pairs in (known, found)]
    return f"{len(told)} | {known} | {found} | {' | '.join(shares)}"


def judge(gold: Path, labels: Path, blocking: Blocking) -> str:
    """Return how many pairs of each label are brought together, all articles in one corpus."""
    articles = read_pairs(gold)
    rows = [*read_lines(gold / "articles.jsonl")]
    rows += [row[side] for row in read_lines(gold / "unlabelled.jsonl") for side in ("left", "right")]
    read = list(read_lines(labels))
    wanted = {row[side] for row in read for side in ("left", "right")}
    for row in rows:
        known = articles.get(row["doc"])
        if row["doc"] in wanted and (known is None or known.published is None):
            articles[row["doc"]] = attrs.evolve(make_article(row), name=row["doc"])
    for row in read:  # what its reader knew of the days
        for side, day in zip(("left", "right"), row.get("published", ()), strict=False):
            if day:
                published = datetime.date.fromisoformat(day)
                articles[row[side]] = attrs.evolve(articles[row[side]], published=published)
    groups = group_articles(articles.values(), blocking)
    group = {article.name: number for number, members in enumerate(groups) for article in members}
    met: dict[str, list[bool]] = collections.defaultdict(list)
    for row in read:
        met[row["event"]].append(group[row["left"]] == group[row["right"]])
    return ", ".join(f"{label}: {sum(pairs)} of {len(pairs)}" for label, pairs in sorted(met.items()))


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description="Measure which articles are brought together as one event.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--labels", type=Path, help="JSON Lines of left, right, event")
    parser.add_argument("--by", choices=("event", "thread"), default="event")
    told = parser.parse_args()
    blocking = Blocking(by=told.by)
    print("| corpus | articles | pairs of one event | found | recall | precision |\n|---|---|---|---|---|---|")
    for name, articles in list_corpora(told.gold).items():
        print(f"| {name} | {measure(articles, blocking)} |")
    if told.labels:
        print("brought together of the pairs read as", judge(told.gold, told.labels, blocking))


if __name__ == "__main__":
    main()
