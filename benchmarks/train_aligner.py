"""Learns the weights of the aligner from article pairs with known links, and writes ``consistency/data/aligner.json``.

    python benchmarks/train_aligner.py ../shared/gold/dev              # cross-validate over article pairs
    python benchmarks/train_aligner.py ../shared/gold/dev --write      # and write weights learned from all of them

A logistic regression with an L2 penalty on standardised signals, solved by Newton's method (iteratively reweighted
least squares; Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 4.4.1): no random start, so
the same pairs give the same weights. The seed only deals the pairs into folds.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
from collections.abc import Sequence

import attrs
import numpy as np

from consistency import aligner
from consistency.model import Sentence

DATA = pathlib.Path(aligner.__file__).parent / "data" / "aligner.json"
PENALTY = 10.0
FOLDS = 6
SEED = 7
# Thresholds of decoding: chosen by cross-validation on a grid (docs/evaluation.md).
THRESHOLDS = {"found": 0.4, "join": 0.15, "gain_other": 0.05, "gain_own": 0.1}


@attrs.frozen(eq=False)
class Case:
    """One article pair: its sentences, its signals and its true links."""

    left: tuple[Sentence, ...]
    right: tuple[Sentence, ...]
    pairs: aligner.Pairs
    links: frozenset[tuple[int, int]]

    @property
    def labels(self) -> np.ndarray:
        """One for each measured pair that is a link, else zero."""
        return np.array([link in self.links for link in zip(*self.indices, strict=True)], float)

    @property
    def indices(self) -> tuple[list[int], list[int]]:
        """Left and right indices of the measured pairs."""
        return self.pairs.left.tolist(), self.pairs.right.tolist()


def read_case(path: pathlib.Path) -> Case:
    """Return the case of one gold file."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    left, right = (
        tuple(Sentence(k, a, b, gold[side]["text"][a:b]) for k, (a, b) in enumerate(gold[side]["sentences"]))
        for side in ("left", "right")
    )
    links = frozenset((i, j) for bead in gold["beads"] for i in bead["left"] for j in bead["right"])
    return Case(left, right, aligner.measure(left, right), links)


def fit(cases: Sequence[Case]) -> aligner.Weights:
    """Return the weights that a set of cases teaches."""
    signals = np.concatenate([case.pairs.signals for case in cases])
    labels = np.concatenate([case.labels for case in cases])
    mean, scale = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    design = np.column_stack([np.ones(len(signals)), (signals - mean) / scale])
    penalty = np.diag([0.0] + [PENALTY] * len(aligner.SIGNALS))
    beta = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        hessian = (design * (p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(hessian, design.T @ (labels - p) - penalty @ beta)
        beta += step
        if abs(step).max() < 1e-8:
            break
    slopes = beta[1:] / scale
    return aligner.Weights(
        bias=round(float(beta[0] - slopes @ mean), 4),
        signals={name: round(float(slope), 4) for name, slope in zip(aligner.SIGNALS, slopes, strict=True)},
        **THRESHOLDS,
    )


def count_links(case: Case, weights: aligner.Weights) -> np.ndarray:
    """Return (true, false, missed) links of one case under the weights."""
    beads = aligner.align(case.left, case.right, weights)
    found = {(i.index, j.index) for bead in beads for i in bead.left for j in bead.right}
    return np.array([len(found & case.links), len(found - case.links), len(case.links - found)])


def cross_validate(cases: Sequence[Case], seed: int = SEED) -> dict[str, float]:
    """Return precision, recall and F1 of links, each case judged by weights that never saw it."""
    order = list(range(len(cases)))
    random.Random(seed).shuffle(order)  # noqa: S311
    true = false = missed = 0
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = fit([case for k, case in enumerate(cases) if k not in held])
        counts = sum(count_links(cases[k], weights) for k in held)
        true, false, missed = true + counts[0], false + counts[1], missed + counts[2]
    return {
        "link_p": round(true / (true + false), 3),
        "link_r": round(true / (true + missed), 3),
        "link_f1": round(2 * true / (2 * true + false + missed), 3),
    }


def main() -> None:
    """Cross-validate, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--write", action="store_true", help="write the weights learned from all pairs")
    args = parser.parse_args()
    cases = [read_case(path) for path in sorted(args.gold.glob("*.json"))]
    for seed in range(SEED, SEED + 3):
        print("seed", seed, cross_validate(cases, seed))
    if args.write:
        DATA.write_text(json.dumps(attrs.asdict(fit(cases)), indent=1) + "\n", encoding="utf-8")
        print("wrote", DATA.name)


if __name__ == "__main__":
    main()
