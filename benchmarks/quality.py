"""Measure the library on annotated pairs and hold it to its floors.

    python benchmarks/quality.py [../shared/gold] [--update [--allow-regression]]

The folder holds ``score.py``, ``project.py``, ``dev/`` (annotated article pairs) and ``public/`` (public sets); beside
it may lie ``seeds/``. None of it is in this repository: where the folder is missing, that is said and nothing fails.

Prints a table, writes ``quality.json`` and returns 1 if a figure is below its floor in ``floors.json`` (for times:
above). ``--update`` raises floors to just below the figures; only ``--allow-regression`` lets it lower one. Times are
those of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import itertools
import json
import math
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

import edits
import seeds
import segmentation
import structure
import train_aligner
from articles import read_articles
from rapidfuzz import fuzz

import consistency
from consistency import aligner, diff, segmenter
from consistency.facts import FINDERS

HERE = pathlib.Path(__file__).resolve().parent
FLOORS, QUALITY = HERE / "floors.json", HERE / "quality.json"
LARGE = 2000  # sentences a side in the measure of scale
SENTENCES = 20  # of an article in the measure of speed
ARTICLES = 150  # in the measures of order and of splits
PER_TYPE = 60  # edits of each type
SEED = 7
MARGIN = 0.005  # between a figure and the floor that --update makes of it
GOALS = {
    "gold.macro_f1": 0.82,
    "aligner.hard_link_f1": 0.78,
    "aligner.dev_link_f1": 0.92,
    "aligner.alone_link_f1": 0.86,
    "aligner.news_synth_link_f1": 0.70,
    "edits.changes_found": 0.98,
    "edits.kind_named": 0.95,
    "edits.kept_quiet": 0.98,
    "edits.untouched_identical": 1.0,
    "edits.unique_found": 1.0,
    "edits.split": 0.95,
    "structure.split_found": 0.95,
    "structure.merged_found": 0.95,
    "structure.moved_found": 1.0,
    "seeds.passed": 1.0,
    "segmentation.boundary_f1": 0.99,
    "scale.align_s": 20.0,
    "scale.peak_mb": 1000.0,
    "speed.compare_ms": 40.0,
    "speed.times_baseline": 5.0,
    "speed.align_ms": 15.0,
    "speed.judge_ms": 10.0,
    "speed.import_s": 0.2,
}
Figures = dict[str, float]


def load(path: pathlib.Path) -> types.ModuleType:
    """Return the module that a file outside of any package is."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def find_pairs(gold: pathlib.Path) -> list[pathlib.Path]:
    """Return the files of the annotated pairs, in order."""
    return sorted((gold / "dev").glob("*.json"))


def hash_files(paths: list[pathlib.Path]) -> str:
    """Return the SHA-256 of the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def keep_numbers(figures: dict[str, Any]) -> Figures:
    """Return the figures that are one number, without the times that depend on the machine."""
    return {k: float(v) for k, v in figures.items() if isinstance(v, (int, float)) and k not in ("seconds", "mb_per_s")}


# -- the measures: each takes the folder of the gold pairs and returns its figures ---------------------------------


def measure_gold(gold: pathlib.Path) -> Figures:
    """Links and relations on the annotated pairs, with the weights that are shipped."""
    score, compare = load(gold / "score.py"), load(gold / "project.py").compare
    return keep_numbers(score.gold(compare, [str(path) for path in find_pairs(gold)]))


def measure_aligner(gold: pathlib.Path) -> Figures:
    """Links where each pair is judged by weights that never saw it, sentences as the library cuts them."""
    figures = train_aligner.cross_validate(train_aligner.read_cases(gold))
    return {f"{name}_{measure}": figure for name, found in figures.items() for measure, figure in found.items()}


def measure_seeds(gold: pathlib.Path) -> Figures:
    """Share of the statements on the two seed articles that hold; prints each."""
    folder = gold.parent / "seeds"
    if not folder.is_dir():
        print(f"SKIPPED: no seed articles at {folder}", file=sys.stderr)
        return {}
    checks = seeds.check(folder)
    for name, holds in checks.items():
        print("PASS" if holds else "FAIL", name)
    return {"passed": sum(checks.values()) / len(checks)}


def measure_segmentation(gold: pathlib.Path) -> Figures:
    """Sentence boundaries on the annotated pairs and on joined single sentences."""
    articles = segmentation.score(find_pairs(gold))
    joined = segmentation.score([gold / "public" / "pair_mrpc.jsonl"])
    figures = {name: articles[name] for name in ("boundary_f1", "span_f1")}
    return {**figures, "joined_boundary_f1": joined["boundary_f1"]}


def measure_edits(gold: pathlib.Path) -> Figures:
    """Controlled edits of public articles: what changed is found, what did not is left alone."""
    score, compare = load(gold / "score.py"), load(gold / "project.py").compare
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "edits.jsonl"
        for name, make in (("", edits.make_edits), ("paraphrases_", edits.make_paraphrase_edits)):
            edits.write(path, make(gold / "public", PER_TYPE, edits.generator(SEED)))
            found = keep_numbers(score.edits(compare, str(path)))
            figures |= {name + measure: figure for measure, figure in found.items()}
    return figures


def measure_structure(gold: pathlib.Path) -> Figures:
    """Shuffled, exchanged and split articles."""
    compare, public = load(gold / "project.py").compare, gold / "public"
    rng = random.Random(SEED)  # noqa: S311 (nothing secret)
    articles = read_articles(public, rng)[:ARTICLES]
    figures = structure.measure_order(compare, articles, rng)
    figures |= structure.measure_symmetry(compare, public, ARTICLES)
    figures |= structure.measure_splits(compare, public, articles, rng)
    del figures["splits"]  # how many there were
    return {name: round(figure, 3) for name, figure in figures.items()}


def measure_scale(gold: pathlib.Path) -> Figures:
    """Seconds and peak megabytes of aligning 2,000 sentences with 2,000, each a shuffled copy with words left out."""
    command = [sys.executable, str(HERE / "scale.py"), str(gold / "public"), "--sentences", str(LARGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
    return {name: float(figure) for name, figure in json.loads(done.stdout).items()}


def measure_speed(gold: pathlib.Path) -> Figures:
    """Median milliseconds of a comparison after the first, no article seen twice; seconds of the import.

    ``times_baseline`` is how many times that takes what ``token_sort_ratio`` takes over each two sentences of both.
    """
    spent, baseline = [], []
    for pair in zip(cut_articles(gold, "left"), cut_articles(gold, "right"), strict=False):
        started = time.process_time()
        found = consistency.compare(*pair)
        compared = time.process_time()
        for one, other in itertools.product(found.left_sentences, found.right_sentences):
            fuzz.token_sort_ratio(one.text, other.text)
        spent.append(compared - started)
        baseline.append(time.process_time() - compared)
    stages = [time_stages(*pair) for pair in zip(cut_articles(gold, "right"), cut_articles(gold, "left"), strict=False)]
    return {
        "first_compare_ms": round(1000 * spent[0], 1),
        "compare_ms": round(1000 * statistics.median(spent[1:]), 1),
        "times_baseline": round(statistics.median(spent[1:]) / statistics.median(baseline[1:]), 1),
        "align_ms": round(1000 * statistics.median(align for align, _ in stages), 1),
        "judge_ms": round(1000 * statistics.median(judge for _, judge in stages), 1),
        "import_s": round(statistics.median(time_import() for _ in range(7)), 3),
    }


def time_stages(left: str, right: str) -> tuple[float, float]:
    """Return the seconds of aligning two articles, and of finding and comparing their facts."""
    articles = [consistency.Article(text) for text in (left, right)]
    sentences = [segmenter.segment(article) for article in articles]
    started = time.process_time()
    beads = aligner.align(*sentences)
    aligned = time.process_time()
    stories = [diff.Story.tell(*side, FINDERS) for side in zip(articles, sentences, strict=True)]
    for bead in beads:
        diff.judge(bead, *stories)
    return aligned - started, time.process_time() - aligned


def cut_articles(gold: pathlib.Path, side: str) -> Iterator[str]:
    """Yield articles of 20 sentences each, cut from those of one side."""
    articles = (json.loads(path.read_text(encoding="utf-8"))[side] for path in find_pairs(gold))
    sentences = (article["text"][start:end] for article in articles for start, end in article["sentences"])
    while len(cut := list(itertools.islice(sentences, SENTENCES))) == SENTENCES:
        yield "\n\n".join(cut)


def time_import() -> float:
    """Return the seconds that the import takes in a fresh interpreter."""
    code = "import time; start = time.process_time(); import consistency; print(time.process_time() - start)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    return float(done.stdout)


MEASURES: dict[str, Callable[[pathlib.Path], Figures]] = {
    "seeds": measure_seeds,
    "segmentation": measure_segmentation,
    "aligner": measure_aligner,
    "gold": measure_gold,
    "edits": measure_edits,
    "structure": measure_structure,
    "scale": measure_scale,
    "speed": measure_speed,
}


# -- floors ---------------------------------------------------------------------------------------------------------


def is_cost(name: str) -> bool:
    """Return whether less is better, so that the floor is a ceiling.

    >>> is_cost("speed.import_s"), is_cost("structure.false_many_beside_splits"), is_cost("gold.link_f1")
    (True, True, False)
    """
    return name.endswith(("_ms", "_s", "_mb", "_baseline")) or ".false_" in name


def holds(name: str, figure: float, floor: float) -> bool:
    """Return whether a figure keeps its floor.

    >>> holds("gold.link_f1", 0.8, 0.76), holds("speed.compare_ms", 50.0, 40.0)
    (True, False)
    """
    return figure <= floor if is_cost(name) else figure >= floor


def raise_floors(figures: Figures, floors: Figures, *, allow_regression: bool = False) -> Figures:
    """Return the floors that the figures give: none is lower than before unless that is allowed, times stay.

    >>> raise_floors({"gold.link_f1": 0.8}, {"gold.link_f1": 0.76, "speed.compare_ms": 40.0})
    {'gold.link_f1': 0.795, 'speed.compare_ms': 40.0}
    >>> raise_floors({"gold.link_f1": 0.7}, {"gold.link_f1": 0.76})
    {'gold.link_f1': 0.76}
    """
    raised = dict(floors)
    for name in floors.keys() & figures.keys():
        reached = figures[name] if figures[name] >= 1 else math.floor((figures[name] - MARGIN) * 1000) / 1000
        if not is_cost(name) and (allow_regression or reached > floors[name]):
            raised[name] = reached
    return raised


def print_table(figures: Figures, floors: Figures) -> None:
    """Print a line for each figure: measure, figure, floor, goal, and a sign where it is below its floor."""
    print(f"\n{'measure':<42}{'figure':>10}{'floor':>10}{'goal':>10}")
    for name, figure in figures.items():
        floor, goal = (f"{column[name]:g}" if name in column else "" for column in (floors, GOALS))
        broken = name in floors and not holds(name, figure, floors[name])
        print(f"{name:<42}{f'{figure:.4g}':>10}{floor:>10}{goal:>10}{'  BELOW' if broken else ''}")


def main(argv: list[str] | None = None) -> int:
    """Measure, print, write; return 1 if a floor is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = HERE.parent.parent / "shared" / "gold"
    parser.add_argument("gold", nargs="?", type=pathlib.Path, default=default, help="folder of the annotated pairs")
    parser.add_argument("--only", choices=MEASURES, action="append", help="measure this group only; writes nothing")
    parser.add_argument("--update", action="store_true", help="raise the floors")
    parser.add_argument("--allow-regression", action="store_true", help="let --update lower floors too")
    told = parser.parse_args(argv)
    if not find_pairs(told.gold):
        print(f"SKIPPED: no annotated pairs at {told.gold}; nothing was measured", file=sys.stderr)
        return 0
    floors: Figures = json.loads(FLOORS.read_text(encoding="utf-8"))
    gold = told.gold.resolve()
    measured = {group: MEASURES[group](gold) for group in told.only or MEASURES}
    figures = {f"{group}.{name}": figure for group in measured for name, figure in measured[group].items()}
    if told.update:
        floors = raise_floors(figures, floors, allow_regression=told.allow_regression)
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    print_table(figures, floors)
    if not told.only:
        signature, digest = consistency.Comparer().signature, hash_files(find_pairs(gold))
        written = {"signature": signature, "gold_sha256": digest, "figures": figures}
        QUALITY.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    broken = [name for name, figure in figures.items() if name in floors and not holds(name, figure, floors[name])]
    if broken:
        print(f"below the floor: {', '.join(broken)}", file=sys.stderr)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
