"""Learns the weights of the aligner from article pairs with known links, and writes ``consistency/data/aligner.json``.

    python benchmarks/train_aligner.py ../shared/gold              # cross-validate over article pairs
    python benchmarks/train_aligner.py ../shared/gold --write      # and write weights learned from all of them
    python benchmarks/train_aligner.py ../shared/gold --model DIR  # both with cosines of a sentence-transformers model

Learned from four sets: annotated news pairs (dev), Wikinews articles and machine rewrites (news_synth), tellings of
fables (aesop), drafts of essays (argrewrite); and from articles of the second and third with foreign sentences in the
place of some. The weights for a similarity from outside are learned with cosines of all-MiniLM-L6-v2; without
``--model`` they stay as they are.

A logistic regression with an L2 penalty on standardised signals, solved by Newton's method (iteratively reweighted
least squares; Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 4.4.1): no random start, so
the same pairs give the same weights. The seed only deals the pairs into folds.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pathlib
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from consistency import aligner, model
from consistency.aligner import Similarity
from consistency.aligner.beads import Draft, Links, form_beads
from consistency.aligner.places import refine
from consistency.aligner.signals import Pairs, Texts, measure
from consistency.model import Sentence

DATA = pathlib.Path(model.__file__).parent / "data" / "aligner.json"
PENALTY = 10.0
FOLDS = 6
SEED = 7
LEARNED = {"dev": 6.0, "news_synth": 3.0, "aesop": 1.5, "argrewrite": 0.6}  # how much a pair of each set counts
SWAPPED = 1.0  # how much an article counts that has foreign sentences in the place of some of its own
SHARE = 5  # one of so many sentences
# Thresholds of decoding: chosen by cross-validation on a grid (docs/evaluation.md).
THRESHOLDS = {"found": 0.3, "join": 0.35}


@attrs.frozen(eq=False)
class Case:
    """One article pair: its sentences, the signals of their words and its true links."""

    left: tuple[Sentence, ...]
    right: tuple[Sentence, ...]
    links: frozenset[tuple[int, int]]
    texts: Texts
    pairs: Pairs
    swapped: frozenset[int] = frozenset()  # places of the sentences that are not the same on both sides

    @classmethod
    def measure(
        cls, left: Sequence[Sentence], right: Sequence[Sentence], links: Iterable[Sequence[int]], similarity: Similarity
    ) -> Case:
        """Return the case of an article pair and its true links."""
        matrix = similarity([s.text for s in left], [s.text for s in right])
        texts = Texts.read(left, right, matrix)
        return cls(tuple(left), tuple(right), frozenset((i, j) for i, j in links), texts, measure(texts))

    def choose(self, pairs: Pairs) -> Pairs:
        """Return the pairs that teach: all, or of an article with foreign sentences those of swapped places."""
        if not self.swapped:
            return pairs
        return pairs.choose([i in self.swapped and j in self.swapped for i, j in pairs.links])

    def label(self, pairs: Pairs) -> np.ndarray:
        """Return one for each pair that is a link, else zero."""
        return np.array([link in self.links for link in pairs.links], float)


def have_none(left: list[str], right: list[str]) -> None:
    """Return no similarity."""


def load_similarity(folder: pathlib.Path) -> Similarity:
    """Return the cosines of a sentence-transformers model."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder))

    def compare_vectors(left: list[str], right: list[str]) -> Any:
        ours, theirs = (model.encode(side, normalize_embeddings=True) for side in (left, right))
        return np.asarray(ours @ theirs.T, float)

    return compare_vectors


def read_sets(gold: pathlib.Path, similarity: Similarity = have_none) -> dict[str, list[Case]]:
    """Return the cases of each set, by its name."""
    sets = {"dev": [read_annotated(path, similarity) for path in sorted((gold / "dev").glob("*.json"))]}
    for name in [name for name in LEARNED if name != "dev"]:
        rows = (gold / "public" / f"align_{name}.jsonl").read_text(encoding="utf-8").splitlines()
        sets[name] = [read_listed(json.loads(row), similarity) for row in rows]
    rng = random.Random(SEED)  # noqa: S311 (nothing secret)
    sets["swapped"] = swap_sentences([*sets["news_synth"], *sets["aesop"]], similarity, rng)
    return sets


def read_annotated(path: pathlib.Path, similarity: Similarity) -> Case:
    """Return the case of one file of annotated news."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    left, right = (
        tuple(Sentence(k, a, b, gold[side]["text"][a:b]) for k, (a, b) in enumerate(gold[side]["sentences"]))
        for side in ("left", "right")
    )
    links = ((i, j) for bead in gold["beads"] for i in bead["left"] for j in bead["right"])
    return Case.measure(left, right, links, similarity)


def read_listed(row: dict[str, Any], similarity: Similarity) -> Case:
    """Return the case of one row of a public set: lists of sentences, and links."""
    return Case.measure(place(row["a"]), place(row["b"]), row["links"], similarity)


def place(texts: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences of an article that has these texts, one after the other."""
    starts = itertools.accumulate((len(text) + 1 for text in texts), initial=0)
    return tuple(
        Sentence(k, start, start + len(text), text)
        for k, (start, text) in enumerate(zip(starts, texts, strict=False))  # the last start is the end
    )


def swap_sentences(cases: Sequence[Case], similarity: Similarity, rng: random.Random) -> list[Case]:
    """Return articles beside themselves, some sentences swapped for those of the next article: a place is no proof."""
    made = []
    for case, other in zip(cases, [*cases[1:], *cases[:1]], strict=True):
        texts, foreign = [s.text for s in case.left], [s.text for s in other.left]
        if len(texts) < SHARE:
            continue
        swapped = frozenset(rng.sample(range(len(texts)), len(texts) // SHARE))
        lines = [rng.choice(foreign) if k in swapped else text for k, text in enumerate(texts)]
        links = ((k, k) for k in range(len(texts)) if k not in swapped)
        made.append(attrs.evolve(Case.measure(case.left, place(lines), links, similarity), swapped=swapped))
    return made


def fit(sets: Mapping[str, Sequence[Case]]) -> aligner.Weights:
    """Return the weights that the cases teach: of the words, of the pairs that these find, and of joining."""
    cases = [case for name in LEARNED for case in sets[name]]
    counts = [LEARNED[name] for name in LEARNED for _ in sets[name]]
    words = regress([case.pairs for case in cases], cases, counts)
    more, many = [*cases, *sets["swapped"]], [*counts, *(SWAPPED for _ in sets["swapped"])]
    likely = [refine(case.texts, case.pairs, words.predict(case.pairs)) for case in more]
    second = regress([case.choose(pairs) for case, pairs in zip(more, likely, strict=True)], more, many)
    shipped = aligner.load_weights()
    weights = attrs.evolve(shipped, words=words, **THRESHOLDS)
    if cases[0].texts.similarity is not None:
        return attrs.evolve(weights, similar=second)
    joiners = [find_joiners(case, pairs, second, weights) for case, pairs in zip(cases, likely, strict=False)]
    return attrs.evolve(weights, likely=second, joining=regress(joiners, cases, counts))


def find_joiners(case: Case, pairs: Pairs, model: aligner.Model, weights: aligner.Weights) -> Pairs:
    """Return the links by which sentences could join rightly founded beads, without those that found one themselves."""
    links = Links.read(case.texts, pairs, model.predict(pairs))
    drafts = form_beads(links, attrs.evolve(weights, join=2.0))
    true = [draft for draft in drafts if (draft.left[0], draft.right[0]) in case.links]
    taken = {draft.left[0] for draft in true}, {draft.right[0] for draft in true}
    found = [links.find_joiners(draft, taken) for draft in (Draft((), (), 0.0), *true)]  # none joins the empty one
    left, right, signals = (
        np.concatenate([getattr(some, part) for some in found]) for part in ("left", "right", "signals")
    )
    return Pairs(left, right, found[0].names, signals)


def regress(pairs: Sequence[Pairs], cases: Sequence[Case], counts: Sequence[float]) -> aligner.Model:
    """Return the model that tells the links among the pairs of each case; a case counts so much."""
    signals = np.concatenate([some.signals for some in pairs])
    labels = np.concatenate([case.label(some) for case, some in zip(cases, pairs, strict=True)])
    sizes = np.repeat(counts, [len(some.left) for some in pairs])
    mean, scale = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(signals)), (signals - mean) / scale])
    penalty = np.diag([0.0] + [PENALTY] * signals.shape[1])
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        hessian = (design * (sizes * p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(hessian, design.T @ (sizes * (labels - p)) - penalty @ beta)
        beta += step
        if abs(step).max() < 1e-8:
            break
    slopes = beta[1:] / scale
    return aligner.Model(
        bias=round(float(beta[0] - slopes @ mean), 4),
        signals={name: round(float(slope), 4) for name, slope in zip(pairs[0].names, slopes, strict=True)},
    )


def count_links(case: Case, weights: aligner.Weights) -> np.ndarray:
    """Return (true, false, missed) links of one case under the weights."""
    matrix = case.texts.similarity
    beads = aligner.align(case.left, case.right, weights, None if matrix is None else lambda *_: matrix)
    found = {(i.index, j.index) for bead in beads for i in bead.left for j in bead.right}
    return np.array([len(found & case.links), len(found - case.links), len(case.links - found)])


def cross_validate(sets: dict[str, list[Case]], seed: int = SEED) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of links on each set, each case judged by weights that never saw it."""
    rng = random.Random(seed)  # noqa: S311
    folds = {name: deal(len(cases), rng) for name, cases in sets.items()}
    counts = {name: np.zeros(3) for name in sets if name != "swapped"}
    for fold in range(FOLDS):
        seen = {n: [case for case, f in zip(cases, folds[n], strict=True) if f != fold] for n, cases in sets.items()}
        weights = fit(seen)
        for name in counts:
            held = (case for case, f in zip(sets[name], folds[name], strict=True) if f == fold)
            counts[name] += sum((count_links(case, weights) for case in held), np.zeros(3))
    return {name: rate(*count) for name, count in counts.items()}


def deal(size: int, rng: random.Random) -> list[int]:
    """Return a fold for each of some cases, the folds equally large."""
    order = list(range(size))
    rng.shuffle(order)
    return [place % FOLDS for place in order]


def rate(true: float, false: float, missed: float) -> dict[str, float]:
    """Return precision, recall and F1.

    >>> rate(3, 1, 1)
    {'link_p': 0.75, 'link_r': 0.75, 'link_f1': 0.75}
    """
    return {
        "link_p": round(float(true / (true + false)), 3),
        "link_r": round(float(true / (true + missed)), 3),
        "link_f1": round(float(2 * true / (2 * true + false + missed)), 3),
    }


def main() -> None:
    """Cross-validate, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path, help="folder with dev/ and public/")
    parser.add_argument("--write", action="store_true", help="write the weights learned from all pairs")
    parser.add_argument("--model", type=pathlib.Path, help="folder of a sentence-transformers model")
    args = parser.parse_args()
    sets = read_sets(args.gold, load_similarity(args.model) if args.model else have_none)
    for seed in range(SEED, SEED + 3):
        print("seed", seed, cross_validate(sets, seed))
    if args.write:
        weights = fit(sets)
        DATA.write_text(json.dumps(attrs.asdict(weights), indent=1) + "\n", encoding="utf-8")
        print("wrote", DATA.name)


if __name__ == "__main__":
    main()
