"""Find the events of a corpus, compare their articles, and tell the story of one event.

pip install "news-consistency[corpus]"
python examples/corpus.py [PATH ...] [--out DIR]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import consistency
from consistency.corpus.events import Blocking
from consistency.corpus.store import Store

ARTICLES = Path(__file__).with_name("articles")


def main() -> None:
    """Run over a corpus, print its pairs, then all articles of the folder as one event."""
    parser = argparse.ArgumentParser(description="Compare the articles of a corpus that tell one event.")
    parser.add_argument("paths", nargs="*", default=[ARTICLES], type=Path)
    parser.add_argument("--out", default=Path("tables"), type=Path)
    told = parser.parse_args()

    summary = consistency.compare_corpus(told.paths, told.out, blocking=Blocking(window=14))
    print(f"{summary.articles} articles, {summary.events} events, {summary.changes} changes")
    for row in Store(told.out).read("pairs"):
        print(f"{row['left']} and {row['right']}: {row['updated']} updated, {row['conflicts']} conflicts")

    print(consistency.build_report(consistency.compare_event(sorted(ARTICLES.glob("*.txt")))))


if __name__ == "__main__":
    try:
        main()
    except consistency.ConsistencyError as error:
        sys.exit(str(error))
