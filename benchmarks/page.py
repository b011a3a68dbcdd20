"""The HTML page of two articles of 500 sentences each: its size, its first paint and its frames while it scrolls.

    python benchmarks/page.py [--out FILE]

Prints one JSON object. Exits with 1 where a limit is broken, with 2 where Chromium or selenium is missing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from browser import is_there, open_browser

from consistency.model import Article, Change, Comparison, Fact, Kind, Nature, Pair, Relation, Sentence
from consistency.report.html import render

SENTENCES = 500
LIMITS = {"megabytes": 3.0, "first_paint_ms": 1_000.0, "hitches": 0}
ROUNDS = 3
WORDS = re.findall(
    r"\w+",
    "the harbour council said on and of a bridge river workers night would late after water closed people road plan"
    " reopened were from district officials while rain storm that with damaged near repair budget its morning",
)
SCROLL = """
const done = arguments[0], frames = [];
let hitches = 0;  // tasks of the page over 50 ms (W3C Long Tasks): unlike frames, other work on the machine makes none
new PerformanceObserver((list) => { hitches += list.getEntries().length; }).observe({ type: "longtask" });
let last = performance.now(), place = -1;
requestAnimationFrame(function step(now) {
  frames.push(now - last);
  if (scrollY === place) return setTimeout(() => done([hitches, frames.slice(2)]), 100);
  [last, place] = [now, scrollY];
  scrollBy(0, 100);
  requestAnimationFrame(step);
});
"""


def make_comparison(count: int = SENTENCES, seed: int = 7) -> Comparison:
    """Return a comparison of two made-up articles with every relation, changed numbers and moved sentences."""
    chance = random.Random(seed)  # noqa: S311  no secret
    drafts = [(chance.choice(list(Relation)), *_draft(chance)) for _ in range(count)]
    left, first = _join("left.txt", [text for _, text, _ in drafts])
    order = sorted(range(count), key=lambda n: n + (chance.randint(-40, 40) if chance.random() < 0.05 else 0))
    texts = [_tell(chance, *drafts[n]) for n in order]
    right, later = _join("right.txt", texts)
    pairs = []
    for n, (relation, _, number) in enumerate(drafts):
        here, there = first[n], later[order.index(n)]
        if relation is Relation.UNIQUE:
            pairs += [Pair((here,), (), relation), Pair((), (there,), relation)]
            continue
        facts = [_find(here, str(number)), _find(there, str(number + 5))]
        nature = chance.choice(list(Nature))
        changes = (Change(Kind.QUANTITY, nature, *facts),) if relation is Relation.UPDATED else ()
        pairs.append(Pair((here,), (there,), relation, 0.8, changes))
    pairs.sort(key=lambda pair: (not pair.left, (pair.left or pair.right)[0].index))
    return Comparison(left, right, first, later, tuple(pairs), "benchmark")


def _draft(chance: random.Random) -> tuple[str, int]:
    number = chance.randint(10, 900)
    words = chance.choices(WORDS, k=chance.randint(14, 30))
    words.insert(len(words) // 2, str(number))
    return " ".join(words).capitalize() + ".", number


def _tell(chance: random.Random, relation: Relation, text: str, number: int) -> str:
    if relation is Relation.UNIQUE:
        return _draft(chance)[0]
    if relation is Relation.UPDATED:
        return text.replace(str(number), str(number + 5))
    if relation is Relation.PARAPHRASED:
        return " ".join(chance.choice(WORDS) if chance.random() < 0.2 else word for word in text.split())
    return text


def _join(name: str, texts: list[str]) -> tuple[Article, tuple[Sentence, ...]]:
    sentences, start = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, start, start + len(text), text, paragraph=index // 2))
        start += len(text) + 1
    return Article("\n".join(texts), name), tuple(sentences)


def _find(sentence: Sentence, words: str) -> Fact | None:
    place = sentence.text.find(words)
    return None if place < 0 else Fact(Kind.QUANTITY, *_span(sentence, place, words), words, int(words))


def _span(sentence: Sentence, place: int, words: str) -> tuple[int, int]:
    return sentence.start + place, sentence.start + place + len(words)


def measure(path: Path) -> dict[str, Any]:
    """Return the medians over some fresh browsers: first paint, script, and frames while scrolling to the end."""
    rounds = [_measure_once(path) for _ in range(ROUNDS)]
    return {name: round(statistics.median(found[name] for found in rounds), 1) for name in rounds[0]}


def _measure_once(path: Path) -> dict[str, float]:
    with open_browser() as driver:
        driver.get(f"{path.as_uri()}#l1")  # with a pair chosen: its link is drawn anew in every frame
        driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        paint = driver.execute_script("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        loaded = driver.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd")
        driver.set_script_timeout(60)
        hitches, frames = driver.execute_async_script(SCROLL)
    return {
        "first_paint_ms": paint,
        "loaded_ms": loaded,
        "median_frame_ms": statistics.median(frames),
        "frame_p99_ms": statistics.quantiles(frames, n=100)[-1],
        "slowest_frame_ms": max(frames),
        "hitches": hitches,
    }


def main() -> int:
    """Measure, print, and say by the exit code whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="keep the page here")
    path = parser.parse_args().out or Path(tempfile.mkdtemp()) / "page.html"
    if not is_there():
        print("no Chromium: apt-get install chromium chromium-driver", file=sys.stderr)
        return 2
    comparison = make_comparison()
    render(comparison)  # the first call imports and compiles
    started = time.perf_counter()
    page = render(comparison)
    rendered = time.perf_counter() - started
    path.write_text(page, encoding="utf-8")
    found = {
        "sentences": [len(comparison.left_sentences), len(comparison.right_sentences)],
        "render_ms": round(rendered * 1_000, 1),
        "megabytes": round(path.stat().st_size / 1e6, 3),
        **measure(path.resolve()),
    }
    print(json.dumps(found, indent=2))
    broken = [name for name, limit in LIMITS.items() if found[name] > limit]
    for name in broken:
        print(f"{name} is {found[name]}, over its limit of {LIMITS[name]}", file=sys.stderr)
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
