"""Learns the weights of the gate from judged sentence pairs, and writes ``consistency/data/gate.json``.

    python benchmarks/train_gate.py ../shared/gold            # cross-validate over articles
    python benchmarks/train_gate.py ../shared/gold --write    # and write weights learned from all of them

Learned from pairs of sentences of real news, each read and judged by hand (``sentences.jsonl``), from whole pairs of
articles (``hard``, as the aligner links them), from controlled edits of public sentences, and from our own pairs
(``clashes.jsonl`` beside this file). A rival is a clash where the reader named a conflict or a development that its
facts have words in common with.

A logistic regression with an L2 penalty on standardised signals, solved by Newton's method: no random start, so the
same pairs give the same weights. Articles are dealt into folds by what they are compared with, so that none is in two.
"""

from __future__ import annotations

import argparse
import collections
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

from consistency import Article, Sentence
from consistency.aligner import align
from consistency.clauses import parse
from consistency.diff import acts, case, gate, rivals
from consistency.facts import FINDERS
from consistency.model import Bead, Fact
from consistency.segmenter import segment
from consistency.text import find_data

PENALTY = 10.0
FOLDS = 5
LEAST = {"quantity": 0.3, "time": 0.35, "entity": 0.5, "act": 0.35}  # the confidence from which a clash is told
WEIGHTS = {"sentences": 1.0, "hard": 1.0, "edits": 0.3, "own": 0.6}  # how much an example of each source counts
EDITS, SEED = 60, 11  # controlled edits of each type; the seed is not that of the measure
REAL = ("sentences", "hard")  # what is reported on
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
    rows = map(json.loads, (folder / "articles.jsonl").read_text("utf-8").splitlines())
    texts = {row["doc"]: row["text"] for row in rows}
    for row in map(json.loads, (folder / "sentences.jsonl").read_text("utf-8").splitlines()):
        left, right = (
            tell(cache, d, texts[d], p)
            for d, p in ((row[f"{s}_doc"], row[f"published_{s}"]) for s in ("left", "right"))
        )
        bead = Bead(pick(left, row["left_span"]), pick(right, row["right_span"]), 1.0)
        changes = tuple(
            {
                "nature": change["nature"],
                "left": find_words(left.article.text, row["left_span"], change["left"]),
                "right": find_words(right.article.text, row["right_span"], change["right"]),
            }
            for change in row["hard"]
        )
        if bead.left and bead.right:
            yield Statement("sentences", (row["left_doc"], row["right_doc"]), bead, left, right, changes)


def read_pairs(folder: pathlib.Path, cache: dict[str, Story]) -> Iterator[Statement]:
    """Yield the beads of whole article pairs, as the aligner links them."""
    for file in sorted((folder / "hard").glob("*.json")):
        row = json.loads(file.read_text("utf-8"))
        left, right = (tell(cache, row[s]["doc"], row[s]["text"], row[s]["published"]) for s in ("left", "right"))
        changes = tuple(c for bead in row["beads"] for c in bead["changes"] if c["nature"] != "elaboration")
        for bead in align(left.sentences, right.sentences):
            if bead.left and bead.right:
                yield Statement("hard", (row["left"]["doc"], row["right"]["doc"]), bead, left, right, changes)


def read_edits(folder: pathlib.Path, cache: dict[str, Story]) -> Iterator[Statement]:
    """Yield sentences with one controlled edit: a fact changed is a conflict, a sentence reworded none."""
    for row in edits.make_edits(folder / "public", EDITS, edits.generator(SEED)):
        for number, edit in enumerate(row["edits"]):
            sort = edit["type"].partition(":")[0]
            if sort in ("change", "keep"):
                names = f"{row['id']}.{number}.old", f"{row['id']}.{number}.new"
                left, right = (tell(cache, n, edit[k], None) for n, k in zip(names, ("old", "new"), strict=True))
                spans = find_edit(edit["old"], edit["new"])
                changes = ({"nature": "conflict", "left": spans[0], "right": spans[1]},) if sort == "change" else ()
                yield Statement(
                    "edits", (row["id"], row["id"]), Bead(left.sentences, right.sentences, 1.0), left, right, changes
                )


def read_own(path: pathlib.Path, cache: dict[str, Story]) -> Iterator[Statement]:
    """Yield our own pairs."""
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        names = f"{row['id']} left", f"{row['id']} right"
        left, right = (
            tell(cache, n, row[s], row[f"published_{s}"]) for n, s in zip(names, ("left", "right"), strict=True)
        )
        changes = tuple(
            {
                "nature": change["nature"],
                "left": find_words(row["left"], (0, len(row["left"])), change["left"]),
                "right": find_words(row["right"], (0, len(row["right"])), change["right"]),
            }
            for change in row["changes"]
        )
        yield Statement(
            "own", (row["left"], row["left"]), Bead(left.sentences, right.sentences, 1.0), left, right, changes
        )


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


def label(change: dict[str, Any], left: Fact | None, right: Fact | None) -> bool:
    """Say whether a change that a reader found is what stands in two facts."""
    sides = [(change[name], fact) for name, fact in (("left", left), ("right", right))]
    met = [bool(span and fact and overlap(span, (fact.start, fact.end))) for span, fact in sides]
    return any(met) and all(hit or not span for hit, (span, _) in zip(met, sides, strict=True))


@attrs.frozen(eq=False)
class Example:
    """The signals of a rival and what the readers say of it: 0 no clash, 1 a development, 2 a conflict."""

    kind: str
    signals: dict[str, float]
    answer: int
    fold: int
    weight: float
    real: bool


def measure(statements: Sequence[Statement]) -> list[Example]:
    """Return the rivals of all statements as examples."""
    found = []
    for statement, fold in zip(statements, deal(statements).tolist(), strict=True):
        opened = case.Case.open(statement.bead, statement.left, statement.right)
        for rival in (*rivals.find_rivals(opened), *acts.find_rival_acts(opened)):
            natures = {c["nature"] for c in statement.changes if label(c, rival.left, rival.right)}
            answer = 2 if "conflict" in natures else 1 if natures else 0
            found.append(
                Example(
                    rival.gate, dict(rival.signals), answer, fold, WEIGHTS[statement.source], statement.source in REAL
                )
            )
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


def learn(examples: Sequence[Example], names: Sequence[str]) -> tuple[gate.Odds, gate.Odds]:
    """Return the two models of one kind of fact."""
    rows = np.array([[example.signals.get(name, 0.0) for name in names] for example in examples])
    answers = np.array([example.answer for example in examples])
    weights = np.array([example.weight for example in examples])
    clash = fit(rows, (answers > 0).astype(float), weights)
    hard = answers > 0
    conflict = fit(rows[hard], (answers[hard] == 2).astype(float), weights[hard])
    return tuple(
        gate.Odds(round(bias, 4), {n: round(float(w), 4) for n, w in zip(names, found, strict=True) if abs(w) > 5e-4})
        for bias, found in (clash, conflict)
    )  # type: ignore[return-value]


def report(kind: str, examples: Sequence[Example], chances: np.ndarray, conflicts: np.ndarray) -> None:
    """Print how many clashes are true at several confidences, under cross-validation."""
    answers = np.array([example.answer for example in examples])
    natures = np.where(conflicts >= 0.5, 2, 1)
    sure = chances * np.maximum(conflicts, 1 - conflicts)
    hits = answers[np.argsort(-chances)] > 0
    precision = (np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean() if hits.any() else 0.0
    print(f"{kind}: {len(answers)} rivals, {hits.sum()} clashes, average precision {precision:.3f}")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        parts = []
        for number, name in ((2, "conflicts"), (1, "developments")):
            told = answers[(sure >= least) & (natures == number)]
            right, turned = (told == number).sum(), (told == 3 - number).sum()
            parts.append(f"{name} {right} right and {turned} of the other nature, of {len(told)}")
        print(f"  {least}: " + "; ".join(parts))


def main(arguments: Iterable[str] | None = None) -> None:
    """Cross-validate, and write the weights where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    cache: dict[str, Story] = {}
    statements = [
        *read_sentences(options.gold, cache),
        *read_pairs(options.gold, cache),
        *read_edits(options.gold, cache),
    ]
    if OWN.is_file():
        statements += read_own(OWN, cache)
    by_kind: dict[str, list[Example]] = collections.defaultdict(list)
    for example in measure(statements):
        by_kind[example.kind].append(example)
    learned = {}
    for kind, examples in sorted(by_kind.items()):
        names = sorted({name for example in examples for name in example.signals})
        chances, conflicts = np.zeros(len(examples)), np.zeros(len(examples))
        for fold in range(FOLDS):
            models = learn([e for e in examples if e.fold != fold], names)
            for k, example in enumerate(examples):
                if example.fold == fold:
                    chances[k], conflicts[k] = (model.tell(example.signals) for model in models)
        for real, name in ((True, kind), (False, f"{kind}, made")):
            shown = np.array([example.real is real for example in examples])
            report(name, [e for e in examples if e.real is real], chances[shown], conflicts[shown])
        clash, conflict = learn(examples, names)
        learned[kind] = {
            "clash": attrs.asdict(clash),
            "conflict": attrs.asdict(conflict),
            "least": LEAST.get(kind, 0.5),
        }
    if options.write:
        path = pathlib.Path(str(find_data("gate.json")))
        path.write_text(json.dumps(learned, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
