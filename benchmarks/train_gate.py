"""Learns the weights of the gate from judged sentence pairs, and writes ``consistency/data/gate.json``.

    python benchmarks/train_gate.py ../shared/gold            # cross-validate over articles
    python benchmarks/train_gate.py ../shared/gold --write    # and write weights learned from all of them

Learned from whole pairs of articles, as the aligner links them (``hard``, and those that were read for this project,
see ``readings.py``), from pairs of sentences of real news, each read and judged by hand (``sentences.jsonl``), from
controlled edits of public sentences, and from our own pairs of sentences (``clashes.jsonl``) and of articles
(``tellings.jsonl``). A rival is a clash where the reader named a conflict or a development that its facts have words in
common with.

For each nature boosted trees over the rivals of all gates (LightGBM, seed fixed), and for each gate a logistic
regression with an L2 penalty on standardised signals, solved by Newton's method; the log-odds of both are weighed: the
same pairs give the same weights. What that says is calibrated on whole pairs (Platt 1999), under cross-validation.
Articles are dealt into folds by what they are compared with, so that none is in two.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import pathlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import edits
import numpy as np
from readings import read_lines, read_readings, read_tellings
from train_aligner import grow

from consistency import Article, Sentence
from consistency.aligner import align
from consistency.aligner.texts import Words
from consistency.clauses import parse
from consistency.diff import acts, case, rivals
from consistency.diff.gate import name_trees
from consistency.facts import FINDERS
from consistency.learned import Forest, Model, Rows
from consistency.model import Bead, Nature
from consistency.segmenter import segment
from consistency.text import find_data

PENALTY = 10.0
FOLDS = 5
TREES = {"objective": "binary", "learning_rate": 0.05, "num_leaves": 20, "min_data_in_leaf": 30, "lambda_l2": 20.0}
TREES |= {"max_depth": 8}
TREES |= {"feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 1, "num_threads": 1}
TREES |= {"deterministic": True, "force_row_wise": True, "verbose": -1}
ROUNDS = 200
GROWN = 0.7  # how much the trees say, beside the linear model of a gate
NATURES = {Nature.CONFLICT: 2, Nature.DEVELOPMENT: 1}
# The confidence from which a clash is told, by what judges it, chosen on the predictions for folds kept aside.
LEAST = {"conflict": 0.4, "development": 0.35}
LEAST_OF = {
    acts.GATE: {"conflict": 0.6, "development": 0.5},
    acts.GATE + rivals.EDITED: {"conflict": 0.45, "development": 0.25},
    acts.GATE + rivals.ALONE: {"conflict": 0.35, "development": 0.3},
    acts.STATE: {"conflict": 0.5, "development": 0.5},
    acts.STATE + rivals.EDITED: {"conflict": 0.25, "development": 0.35},
    acts.STATE + rivals.ALONE: {"conflict": 0.4, "development": 0.2},
    "entity": {"conflict": 0.5, "development": 0.35},
    "quantity": {"conflict": 0.5, "development": 0.4},
    "quantity" + rivals.EDITED: {"conflict": 0.6, "development": 0.4},
    "quantity" + rivals.ALONE: {"conflict": 0.35, "development": 0.3},
    rivals.EDITED: {"conflict": 0.35, "development": 0.25},
    rivals.ALONE: {"conflict": 0.3, "development": 0.3},
}
LEAST_ALONE = {"conflict": 0.25, "development": 0.25}  # in one sentence edited, in articles of one sentence
ENOUGH = 20  # true clashes in whole pairs, to calibrate by
LINK = 0.8  # how surely sentences are linked of which no article is told
UNLINKED = 0.4  # the same where the aligner would not link them
# How much an example of each source counts.
WEIGHTS = {"hard": 1.0, "readings": 1.0, "sentences": 1.0, "edits": 0.3, "own": 0.8, "tellings": 1.0}
EDITS, SEED = 60, 11  # controlled edits of each type; the seed is not that of the measure
WHOLE = ("hard", "readings", "tellings")  # whole pairs of articles: what is calibrated and reported on
OWN = pathlib.Path(__file__).with_name("clashes.jsonl")

Story = case.Story


@attrs.frozen(eq=False)
class Statement:
    """Linked sentences of two articles, and the hard changes that a reader found in them."""

    source: str
    group: tuple[str, str]
    bead: Bead
    left: Story
    right: Story
    changes: tuple[dict[str, Any], ...]


def tell(cache: dict[str, Story], name: str, text: str, published: str | None) -> Story:
    """Return the story of an article, told once."""
    key = f"{name} {published}"
    if key not in cache:
        article = Article(text, name, published=published)
        sentences = segment(article)
        cache[key] = Story.tell(article, sentences, FINDERS, parse(sentences))
    return cache[key]


def overlap(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many characters two spans have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def pick(story: Story, span: Sequence[int]) -> tuple[Sentence, ...]:
    """Return the sentences that lie in a span, half of either is enough."""
    return tuple(
        s for s in story.sentences if overlap((s.start, s.end), span) * 2 >= min(s.end - s.start, span[1] - span[0])
    )


def find_words(text: str, span: Sequence[int], words: str | None) -> tuple[int, int] | None:
    """Return where words stand in a span of a text, or anywhere in it; "75" does not stand in "775"."""
    if not words:
        return None
    pattern = re.compile(rf"(?<![\w.,]){re.escape(words)}(?!\w|[.,]\d)", re.IGNORECASE)
    found = pattern.search(text, span[0], span[1]) or pattern.search(text)
    return found.span() if found else None


def read_sentences(folder: pathlib.Path, cache: dict[str, Story]) -> Iterator[Statement]:
    """Yield the judged sentence pairs."""
    texts = {row["doc"]: row["text"] for row in read_lines(folder / "articles.jsonl")}
    for row in read_lines(folder / "sentences.jsonl"):
        left, right = (
            tell(cache, d, texts[d], p)
            for d, p in ((row[f"{s}_doc"], row[f"published_{s}"]) for s in ("left", "right"))
        )
        bead = Bead(pick(left, row["left_span"]), pick(right, row["right_span"]), LINK)
        changes = tuple(
            {
                "nature": change["nature"],
                "kind": change["kind"],
                "left": find_words(left.article.text, row["left_span"], change["left"]),
                "right": find_words(right.article.text, row["right_span"], change["right"]),
            }
            for change in row["hard"]
        )
        if bead.left and bead.right:
            yield Statement("sentences", (row["left_doc"], row["right_doc"]), bead, left, right, changes)


def read_pairs(rows: Iterable[dict[str, Any]], source: str, cache: dict[str, Story]) -> Iterator[Statement]:
    """Yield the beads of whole article pairs, as the aligner links them, with the hard changes that are told there."""
    for row in rows:
        left, right = (tell(cache, row[s]["doc"], row[s]["text"], row[s]["published"]) for s in ("left", "right"))
        hard = [c for bead in row["beads"] for c in bead["changes"] if c["nature"] != "elaboration"]
        for bead in align_stories(left, right):
            if bead.left and bead.right:
                changes = tuple(
                    c for c in hard if _stands_in(c["left"], bead.left) or _stands_in(c["right"], bead.right)
                )
                yield Statement(source, (row["left"]["doc"], row["right"]["doc"]), bead, left, right, changes)


def align_stories(left: Story, right: Story) -> tuple[Bead, ...]:
    """Return the beads of two articles."""
    ours, theirs = (Words(story.sentences, story.parses) for story in (left, right))
    return align(left.sentences, right.sentences, words=(ours, theirs))


def _stands_in(span: Sequence[int] | None, sentences: Sequence[Sentence]) -> bool:
    return span is not None and any(overlap(span, (s.start, s.end)) for s in sentences)


def read_edits(folder: pathlib.Path, cache: dict[str, Story]) -> Iterator[Statement]:
    """Yield sentences with one controlled edit: a fact changed is a conflict, a sentence reworded none."""
    for row in edits.make_edits(folder / "public", EDITS, edits.generator(SEED)):
        for number, edit in enumerate(row["edits"]):
            sort = edit["type"].partition(":")[0]
            if sort in ("change", "keep"):
                names = f"{row['id']}.{number}.old", f"{row['id']}.{number}.new"
                left, right = (tell(cache, n, edit[k], None) for n, k in zip(names, ("old", "new"), strict=True))
                spans = find_edit(edit["old"], edit["new"])
                changes = (
                    ({"nature": "conflict", "kind": sort, "left": spans[0], "right": spans[1]},)
                    if sort == "change"
                    else ()
                )
                yield Statement(
                    "edits", (row["id"], row["id"]), Bead(left.sentences, right.sentences, LINK), left, right, changes
                )


def read_own(path: pathlib.Path, cache: dict[str, Story]) -> Iterator[Statement]:
    """Yield our own pairs."""
    for row in read_lines(path):
        names = f"{row['id']} left", f"{row['id']} right"
        left, right = (
            tell(cache, n, row[s], row[f"published_{s}"]) for n, s in zip(names, ("left", "right"), strict=True)
        )
        changes = tuple(
            {
                "nature": change["nature"],
                "kind": change["kind"],
                "left": find_words(row["left"], (0, len(row["left"])), change["left"]),
                "right": find_words(row["right"], (0, len(row["right"])), change["right"]),
            }
            for change in row["changes"]
        )
        beads = align_stories(left, right)
        link = max((bead.score for bead in beads if bead.left and bead.right), default=UNLINKED)
        yield Statement(
            "own", (row["left"], row["left"]), Bead(left.sentences, right.sentences, link), left, right, changes
        )


def join_own(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    """Yield our own pairs without days two by two, as articles of two statements, on the right in the other order."""
    rows = [row for row in read_lines(path) if not (row["published_left"] or row["published_right"])]
    for one, other in zip(rows[::2], rows[1::2], strict=False):
        sides, changes = {}, []
        for side, told in (("left", (one, other)), ("right", (other, one))):
            sides[side] = {
                "doc": told[0]["left"],  # in the fold of both
                "text": "\n\n".join(row[side] for row in told),
                "published": None,
            }
        for row in (one, other):
            for change in row["changes"]:
                spans = {}
                for side in ("left", "right"):
                    start = sides[side]["text"].index(row[side])
                    spans[side] = find_words(sides[side]["text"], (start, start + len(row[side])), change[side])
                changes.append({**change, **spans})
        yield {**sides, "beads": [{"changes": changes}]}


def find_edit(old: str, new: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return what differs of two texts, from both ends.

    >>> find_edit("It hurt 12 people.", "It hurt 21 people.")
    ((8, 10), (8, 10))
    """
    start = count_common(old, new)
    rest = min(len(old), len(new)) - start
    stop = count_common(old[::-1][:rest], new[::-1][:rest])
    return (start, max(start + 1, len(old) - stop)), (start, max(start + 1, len(new) - stop))


def count_common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def deal(statements: Sequence[Statement]) -> np.ndarray:
    """Return the fold of each statement; articles that are compared with each other are in one."""
    parents: dict[str, str] = {}

    def find(doc: str) -> str:
        while (up := parents.setdefault(doc, doc)) != doc:
            doc = parents[doc] = parents.setdefault(up, up)
        return doc

    for statement in statements:
        parents[find(statement.group[0])] = find(statement.group[1])
    roots = (find(statement.group[0]) for statement in statements)
    return np.array([int(hashlib.sha256(root.encode()).hexdigest(), 16) % FOLDS for root in roots])


def label(change: dict[str, Any], rival: rivals.Rival) -> bool:
    """Say whether a change that a reader found is what a rival tells.

    Two main acts tell any change of state in their statement: what has come of it is told in other words.
    """
    if rival.gate.startswith(acts.STATE) and change["kind"] in ("status", "polarity"):
        return True
    sides = [(change[name], fact) for name, fact in (("left", rival.left), ("right", rival.right))]
    met = [bool(span and overlap(span, (fact.start, fact.end))) for span, fact in sides]
    return any(met) and all(hit or not span for hit, (span, _) in zip(met, sides, strict=True))


@attrs.frozen(eq=False)
class Example:
    """The signals of a rival and what the readers say of it: 0 no clash, 1 a development, 2 a conflict."""

    kind: str
    signals: dict[str, float]
    answer: int
    fold: int
    source: str


def measure(statements: Sequence[Statement]) -> list[Example]:
    """Return the rivals of all statements as examples."""
    found = []
    for statement, fold in zip(statements, deal(statements).tolist(), strict=True):
        opened = case.Case.open(statement.bead, statement.left, statement.right)
        for rival in rivals.complete(opened, [*rivals.find_rivals(opened), *acts.find_rival_acts(opened)]):
            natures = {c["nature"] for c in statement.changes if label(c, rival)}
            answer = 2 if "conflict" in natures else 1 if natures else 0
            found.append(Example(rival.gate, dict(rival.signals), answer, fold, statement.source))
    return found


def fit(
    rows: np.ndarray, answers: np.ndarray, weights: np.ndarray, penalty: float = PENALTY
) -> tuple[float, np.ndarray]:
    """Return bias and weights of a logistic regression on standardised rows, in the units of the rows."""
    mean = np.average(rows, axis=0, weights=weights)
    scale = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=weights))
    used = scale > 1e-9
    table = np.column_stack([np.ones(len(rows)), (rows[:, used] - mean[used]) / scale[used]])
    ridge = np.diag([1e-6, *[penalty] * int(used.sum())])
    beta = np.zeros(table.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(table @ beta, -30, 30)))
        slope = table.T @ (weights * (answers - chance)) - ridge @ beta
        curve = (table * (weights * chance * (1 - chance))[:, None]).T @ table + ridge
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    found = np.zeros(rows.shape[1])
    found[used] = beta[1:] / scale[used]
    return float(beta[0] - mean @ found), found


@attrs.frozen(eq=False)
class Lesson:
    """The examples of all gates as numbers; a signal that a gate never has is zero there."""

    names: tuple[str, ...]
    rows: np.ndarray
    kinds: np.ndarray  # the gate of each example
    answers: np.ndarray
    weights: np.ndarray
    folds: np.ndarray
    whole: np.ndarray

    @classmethod
    def gather(cls, examples: Sequence[Example]) -> Lesson:
        """Return the lesson of some examples."""
        names = tuple(sorted({name for example in examples for name in example.signals}))
        places = {name: place for place, name in enumerate(names)}
        rows = np.zeros((len(examples), len(names)))
        for row, example in zip(rows, examples, strict=True):
            row[[places[name] for name in example.signals]] = list(example.signals.values())
        return cls(
            names,
            rows,
            np.array([example.kind for example in examples]),
            np.array([example.answer for example in examples]),
            np.array([WEIGHTS[example.source] for example in examples]),
            np.array([example.fold for example in examples]),
            np.array([example.source in WHOLE for example in examples]),
        )

    def grow(self, chosen: np.ndarray, nature: Nature) -> Forest:
        """Return trees that tell a clash of one nature, whatever its gate, learned from some of the rows."""
        told = (self.answers[chosen] == NATURES[nature]).astype(float)
        return grow(self.names, self.rows[chosen], told, self.weights[chosen], TREES, ROUNDS)

    def learn(self, chosen: np.ndarray, nature: Nature, kind: str) -> Model:
        """Return what tells a clash of one nature at one gate beside what the trees say."""
        own = chosen & (self.kinds == kind)
        told = (self.answers[own] == NATURES[nature]).astype(float)
        bias, slopes = fit(self.rows[own], told, self.weights[own])
        signals = {name: slope * (1 - GROWN) for name, slope in zip(self.names, slopes.tolist(), strict=True) if slope}
        return Model(bias * (1 - GROWN), signals | {name_trees(nature): GROWN})

    def weigh(self, nature: Nature) -> np.ndarray:
        """Return the log-odds of a nature for all rows, each by what is learned of the other folds."""
        odds = np.zeros(len(self.rows))
        for fold in range(FOLDS):
            others, own = self.folds != fold, self.folds == fold
            grown = self.grow(others, nature).predict(Rows(self.names, self.rows[own]))
            table = Rows((*self.names, name_trees(nature)), np.column_stack([self.rows[own], grown]))
            for kind in sorted(set(self.kinds[own])):
                some = self.kinds[own] == kind
                chance = self.learn(others, nature, kind).predict(Rows(table.names, table.signals[some]))
                chance = chance.clip(1e-6, 1 - 1e-6)
                odds[np.flatnonzero(own)[some]] = np.log(chance / (1 - chance))
        return odds

    def calibrate(self, odds: np.ndarray, nature: Nature, kind: str) -> tuple[float, float]:
        """Return slope and shift by which the log-odds of a gate say how many of whole pairs are true (Platt 1999)."""
        some = self.whole & (self.kinds == kind)
        told = (self.answers[some] == NATURES[nature]).astype(float)
        if told.sum() < ENOUGH:
            return 1.0, 0.0
        shift, (slope,) = fit(odds[some, None], told, np.ones(len(told)), 0.5)
        return max(float(slope), 0.2), shift


def stretch(model: Model, slope: float, shift: float) -> dict[str, Any]:
    """Return a model as rows of numbers, its log-odds times a slope, plus a shift."""
    signals = {name: round(weight * slope, 4) for name, weight in model.signals.items() if abs(weight * slope) > 5e-4}
    return {"bias": round(model.bias * slope + shift, 4), "signals": signals}


def open_gate(kind: str) -> dict[str, Any]:
    """Return a gate without models: from where it tells what."""
    return {"models": {}, "least": choose_least(kind), "alone": LEAST_ALONE if kind.endswith(rivals.EDITED) else {}}


def choose_least(kind: str) -> dict[str, float]:
    """Return the confidence from which each nature is told."""
    return next((least for sort, least in LEAST_OF.items() if kind.endswith(sort)), LEAST)


def report(lesson: Lesson, kind: str, nature: Nature, chances: np.ndarray) -> None:
    """Print how many of what is told of whole pairs is true at several confidences, under cross-validation."""
    print(f"{kind}, {nature}:", end=" ")
    for whole in (lesson.whole, ~lesson.whole):
        some = whole & (lesson.kinds == kind)
        if some.any():
            _report(lesson.answers[some] == NATURES[nature], chances[some])


def _report(told: np.ndarray, chances: np.ndarray) -> None:
    hits = told[np.argsort(-chances, kind="stable")]
    precision = (np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean() if hits.any() else 0.0
    print(f"{len(told)} rivals, {hits.sum()} true, average precision {precision:.3f};", end=" ")
    least = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)
    print(", ".join(f"{t}: {int(told[chances >= t].sum())} of {int((chances >= t).sum())}" for t in least))


def main(arguments: Iterable[str] | None = None) -> None:
    """Cross-validate, and write the weights where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    cache: dict[str, Story] = {}
    hard = (json.loads(file.read_text("utf-8")) for file in sorted((options.gold / "hard").glob("*.json")))
    statements = [
        *read_pairs(hard, "hard", cache),
        *read_pairs(read_readings(options.gold), "readings", cache),
        *read_sentences(options.gold, cache),
        *read_edits(options.gold, cache),
        *read_own(OWN, cache),
        *read_pairs(join_own(OWN), "own", cache),
        *read_pairs(read_tellings(), "tellings", cache),
    ]
    lesson = Lesson.gather(measure(statements))
    every, kinds = lesson.folds >= 0, sorted(set(lesson.kinds.tolist()))
    gates: dict[str, Any] = {kind: open_gate(kind) for kind in kinds}
    for nature in NATURES:
        odds = lesson.weigh(nature)
        for kind in kinds:
            slope, shift = lesson.calibrate(odds, nature, kind)
            report(lesson, kind, nature, 1 / (1 + np.exp(-(slope * odds + shift))))
            gates[kind]["models"][str(nature)] = stretch(lesson.learn(every, nature, kind), slope, shift)
    if options.write:
        trees = {str(n): attrs.asdict(lesson.grow(every, n), filter=lambda part, _: part.init) for n in NATURES}
        path = pathlib.Path(str(find_data("gate.json")))
        path.write_text(json.dumps({"gates": gates, "trees": trees}, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
