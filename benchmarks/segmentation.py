"""Score the segmenter: boundary F1 and exact-span F1.

    python benchmarks/segmentation.py ../shared/gold/dev [-v]
    python benchmarks/segmentation.py ../shared/gold/public/pair_mrpc.jsonl [-v]

A directory holds gold articles, ``{left: {text, title, sentences: [[start, end]..]}, right: ..}``. A JSON Lines file
holds single sentences, ``{a: sentence, ..}``: each five in a row make one text, so that the gold is beyond doubt.
A boundary is the end of a sentence that is not the last of its text; ``-v`` prints each one on which gold (``-``) and
segmenter (``+``) disagree.

The floor of the articles is lower because their gold is no sentence gold: it keeps runs of short sentences of one
quotation whole, leaves sentences glued where the source lost its line breaks, and splits behind some abbreviations.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pathlib
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from consistency.model import Article
from consistency.segmenter import segment

_T = TypeVar("_T")
_Gold = tuple[str, str, "str | None", set[tuple[int, int]]]  # identifier, text, title, spans

FLOORS = {"articles": 0.94, "joined": 0.99}


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _articles(path: pathlib.Path) -> Iterator[_Gold]:
    pair = json.loads(path.read_text(encoding="utf-8"))
    for side in ("left", "right"):
        text = pair[side]["text"]
        spans = {_trim(text, start, end) for start, end in pair[side]["sentences"]}
        yield f"{pair['id']} {side}", text, pair[side].get("title"), spans


def _joined(path: pathlib.Path) -> Iterator[_Gold]:
    rows = [json.loads(line)["a"].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row[-1:] and row[-1] in ".!?\"'”’)"]
    for first in range(0, len(rows) - 4, 5):
        ends = list(itertools.accumulate(len(row) + 1 for row in rows[first : first + 5]))
        spans = {(end - len(row) - 1, end - 1) for row, end in zip(rows[first:], ends, strict=False)}
        yield str(first), " ".join(rows[first : first + 5]), None, spans


def score(paths: Iterable[str | pathlib.Path], *, verbose: bool = False) -> dict[str, float]:
    """Return boundary F1, precision and recall and exact-span F1 in [0, 1], and the numbers of sentences."""
    boundaries, spans = [0, 0, 0], [0, 0, 0]
    for path in map(pathlib.Path, paths):
        for name, text, title, gold in _joined(path) if path.suffix == ".jsonl" else _articles(path):
            found = {(s.start, s.end) for s in segment(Article(text, title=title))}
            gold_ends, found_ends = (set(sorted(end for _, end in spans)[:-1]) for spans in (gold, found))
            _add(spans, gold, found)
            _add(boundaries, gold_ends, found_ends)
            for end in sorted(gold_ends ^ found_ends) if verbose else ():
                sign = "-" if end in gold_ends else "+"
                print(sign, name, repr(text[max(0, end - 50) : end]), "|", repr(text[end : end + 40]))
    return {
        "boundary_f1": _f1(*boundaries),
        "boundary_precision": round(boundaries[0] / (boundaries[2] or 1), 4),
        "boundary_recall": round(boundaries[0] / (boundaries[1] or 1), 4),
        "span_f1": _f1(*spans),
        "gold_sentences": spans[1],
        "found_sentences": spans[2],
    }


def _f1(same: int, gold: int, found: int) -> float:
    return round(2 * same / (gold + found), 4) if gold + found else 1.0


def _add(counts: list[int], gold: set[_T], found: set[_T]) -> None:
    for place, number in enumerate((len(gold & found), len(gold), len(found))):
        counts[place] += number


def main(argv: list[str] | None = None) -> int:
    """Print the score; return 1 if the boundary F1 is below its floor, 2 if there is no gold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=pathlib.Path, help="directory of gold articles, or a JSON Lines file of sentences")
    parser.add_argument("-v", "--verbose", action="store_true", help="print each disagreement")
    options = parser.parse_args(argv)
    paths = sorted(options.gold.glob("*.json")) if options.gold.is_dir() else [options.gold]
    if not paths or not all(path.is_file() for path in paths):
        print(f"{options.gold}: no gold there", file=sys.stderr)
        return 2
    started = time.perf_counter()
    figures = score(paths, verbose=options.verbose)
    print(json.dumps({**figures, "seconds": round(time.perf_counter() - started, 2)}))
    return int(figures["boundary_f1"] < FLOORS["joined" if options.gold.suffix == ".jsonl" else "articles"])


if __name__ == "__main__":
    sys.exit(main())
