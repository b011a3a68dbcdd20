"""Aligning: sentences of both articles become beads, in any order, 1-1, 1-n or n-1.

The signals of two sentences are weighed by logistic models (weights: ``data/aligner.json``, made by
``benchmarks/train_aligner.py``): a first one over the words of all pairs, a second one over the likely pairs and their
places among the others. Decoding is best first; a bead grows (to 1-n or n-1: Gale & Church 1993) only by a sentence
that says more of the other side than its fellows say already.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from consistency.aligner.signals import LIKELY, WORDS, Pairs, Texts, measure, refine
from consistency.errors import SettingsError
from consistency.model import Bead, Role, Sentence
from consistency.text import fold

if TYPE_CHECKING:
    from consistency.aligner.signals import Vector

SIGNALS = WORDS + LIKELY
_STEP = 10  # scores are compared in tenths: near-equals go to the earlier sentences


@attrs.frozen
class Model:
    """A learned combination of signals: one weight a signal.

    >>> Model(0.0, {"cosine": 2.0}).signals["cosine"]
    2.0
    """

    bias: float
    signals: Mapping[str, float]

    def predict(self, pairs: Pairs) -> Vector:
        """Return the probability of a link for each pair.

        >>> rain = Sentence(0, 0, 10, "Rain fell.")
        >>> load_weights().words.predict(measure(Texts.read([rain], [rain]))).shape
        (1,)
        """
        import numpy as np

        odds = self.bias + pairs.signals @ np.array([self.signals[name] for name in pairs.names])
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))

    def explain(self, pairs: Pairs, row: int) -> dict[str, float]:
        """Return what the bias and each signal add to the log-odds of one pair, the strongest first.

        >>> rain = Sentence(0, 0, 10, "Rain fell.")
        >>> sorted(load_weights().words.explain(measure(Texts.read([rain], [rain])), 0)) == sorted(("bias", *WORDS))
        True
        """
        parts = {name: self.signals[name] * float(x) for name, x in zip(pairs.names, pairs.signals[row], strict=True)}
        return dict(sorted({"bias": self.bias, **parts}.items(), key=lambda part: -abs(part[1])))


@attrs.frozen
class Weights:
    """What is learned: models of words, of likely pairs, of these with a similarity, and the thresholds of decoding.

    ``found`` is the least score of a new link, ``join`` of a sentence that joins a bead; that one says at least
    the share ``gain_other`` of the other side, by at least the share ``gain_own`` of itself, that nobody said before.
    """

    words: Model
    likely: Model
    similar: Model
    found: float
    join: float
    gain_other: float
    gain_own: float


@functools.cache
def load_weights() -> Weights:
    """Return the shipped weights.

    >>> load_weights().likely.signals.keys() == set(SIGNALS)
    True
    """
    file = importlib.resources.files("consistency") / "data" / "aligner.json"
    learned = json.loads(file.read_text("utf-8"))
    words, likely, similar = (Model(**learned.pop(name)) for name in ("words", "likely", "similar"))
    return Weights(words, likely, similar, **learned)


def find_likely(texts: Texts, weights: Weights) -> tuple[Pairs, Model]:
    """Return the likely pairs of sentences, and the model that knows their signals.

    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> pairs, model = find_likely(Texts.read([rain], [rain]), load_weights())
    >>> bool(model.predict(pairs)[0] > 0.5)
    True
    """
    pairs = measure(texts)
    likely = refine(texts, pairs, weights.words.predict(pairs))
    return likely, weights.likely if texts.similarity is None else weights.similar


_ROUNDS = (
    (Role.BODY, Role.BODY),
    (Role.HEADLINE, Role.HEADLINE),
    (Role.HEADLINE, Role.BODY),
    (Role.BODY, Role.HEADLINE),
)


Similarity = Callable[[list[str], list[str]], Any]


def align(
    left: Sequence[Sentence],
    right: Sequence[Sentence],
    weights: Weights | None = None,
    similarity: Similarity | None = None,
) -> tuple[Bead, ...]:
    """Return the beads of two articles; every sentence is in exactly one, a sentence without counterpart alone.

    Beads with a left side come first, in the order of the left article. Body sentences meet body sentences and
    headlines headlines; a headline meets a body sentence only where both have no counterpart; captions, credits and
    links meet only their equal.

    ``similarity`` takes the texts of all left and of all right sentences and returns a matrix, a row for each left one
    and a column for each right one: 1 for the same meaning, 0 for nothing in common (cosines of sentence vectors, say).
    Raises ``SettingsError`` where it returns another shape, or what is no number.

    >>> rain, sun = Sentence(0, 0, 10, "Rain fell."), Sentence(1, 11, 21, "Sun shone.")
    >>> [(len(bead.left), len(bead.right)) for bead in align([rain], [sun, rain])]
    [(1, 1), (0, 1)]
    """
    weights = weights or load_weights()
    beads = _match_equals(left, right)
    matrix = None if similarity is None else _ask(similarity, left, right)
    for roles in _ROUNDS:
        rows, columns = (
            [k for k, s in enumerate(side) if s.role is role] for side, role in zip((left, right), roles, strict=True)
        )
        if rows and columns:
            part = None if matrix is None else matrix[rows][:, columns]
            texts = Texts.read(ours := [left[k] for k in rows], theirs := [right[k] for k in columns], part)
            beads += _link(ours, theirs, texts, beads, weights)
    beads += [Bead((sentence,), (), 0.0) for sentence in _rest(left, (b.left for b in beads))]
    beads.sort(key=lambda bead: bead.left[0].index)
    return (*beads, *(Bead((), (sentence,), 0.0) for sentence in _rest(right, (b.right for b in beads))))


def _match_equals(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[Bead]:
    """Link sentences with the same words, the first of several with the first; of one role before of two."""
    beads: list[Bead] = []
    for same_role in (True, False):
        waiting: dict[tuple[str, Role | None], list[Sentence]] = defaultdict(list)
        for sentence in reversed(_rest(right, (bead.right for bead in beads))):
            waiting[fold(sentence.text), sentence.role if same_role else None].append(sentence)
        beads += [
            Bead((sentence,), (found.pop(),))
            for sentence in _rest(left, (bead.left for bead in beads))
            if (found := waiting.get((fold(sentence.text), sentence.role if same_role else None)))
        ]
    return beads


def _rest(sentences: Sequence[Sentence], linked: Iterable[tuple[Sentence, ...]]) -> list[Sentence]:
    taken = {sentence.index for side in linked for sentence in side}
    return [sentence for sentence in sentences if sentence.index not in taken]


def _ask(similarity: Similarity, left: Sequence[Sentence], right: Sequence[Sentence]) -> Vector:
    """Return the matrix of a similarity, within [-1, 1]."""
    import numpy as np

    shape = (len(left), len(right))
    if 0 in shape:
        return np.zeros(shape)
    try:
        matrix = np.asarray(similarity([s.text for s in left], [s.text for s in right]), float)
    except (TypeError, ValueError) as error:
        raise SettingsError(
            f"similarity: no matrix of numbers came back for {shape[0]} and {shape[1]} texts: {error}"
        ) from error
    if matrix.shape != shape or not np.isfinite(matrix).all():
        raise SettingsError(
            f"similarity: {shape[0]} and {shape[1]} texts need a matrix of {shape} numbers, not {matrix.shape}"
        )
    return matrix.clip(-1, 1)


def _link(
    left: Sequence[Sentence], right: Sequence[Sentence], texts: Texts, closed: Sequence[Bead], weights: Weights
) -> list[Bead]:
    """Return new beads of two lists of sentences; those of the closed beads are only context."""
    pairs, model = find_likely(texts, weights)
    scores, alone = model.predict(pairs), model.predict(_without_rivals(pairs))
    lefts = {s.index for bead in closed for s in bead.left}
    rights = {s.index for bead in closed for s in bead.right}
    rows = zip(scores.round(6).tolist(), alone.tolist(), pairs.left.tolist(), pairs.right.tolist(), strict=True)
    links = [
        (founds, joins >= weights.join, i, j)
        for founds, joins, i, j in rows
        if max(founds, joins) >= min(weights.found, weights.join)
        and left[i].index not in lefts
        and right[j].index not in rights
    ]
    return [
        Bead(tuple(left[i] for i in sorted(ours)), tuple(right[j] for j in sorted(theirs)), round(score, 4))
        for ours, theirs, score in _decode(links, texts, weights)
    ]


def _without_rivals(pairs: Pairs) -> Pairs:
    """Return the pairs as if no sentence competed: who joins a bead stands beside its fellows, not against them."""
    signals = pairs.signals.copy()
    margins = [pairs.names.index(name) for name in ("margin", "edge")]
    signals[:, margins] = signals[:, margins].clip(min=0)
    return attrs.evolve(pairs, signals=signals)


def _decode(
    links: list[tuple[float, bool, int, int]], texts: Texts, weights: Weights
) -> list[tuple[list[int], list[int], float]]:
    """Return beads (left indices, right indices, score of the first link), best links first.

    A link founds a bead where both sentences are free. Where one is free it joins the other's bead, if that stays 1-n
    or n-1 and the newcomer says something of the common sentence that its fellows do not say.
    """
    beads: list[tuple[list[int], list[int]]] = []
    scores: list[float] = []
    bead_of: tuple[dict[int, int], dict[int, int]] = {}, {}  # of the linked sentences of either side
    links.sort(key=lambda link: (-round(link[0] * _STEP), link[2] + link[3], -link[0], link[2]))
    for score, can_join, *link in links:
        free = [sentence not in known for sentence, known in zip(link, bead_of, strict=True)]
        if all(free):
            if score >= weights.found:
                bead_of[0][link[0]] = bead_of[1][link[1]] = len(beads)
                beads.append(([link[0]], [link[1]]))
                scores.append(score)
        elif can_join and any(free):
            new, common = (0, 1) if free[0] else (1, 0)  # sides
            number = bead_of[common][link[common]]
            fellows, others = beads[number][new], beads[number][common]
            own, other = texts.sides[new], texts.sides[common]
            said = [own[k] for k in fellows]
            if len(others) == 1 and _says_more(own[link[new]], said, other[link[common]], texts, weights):
                fellows.append(link[new])
                bead_of[new][link[new]] = number
    return [(ours, theirs, score) for (ours, theirs), score in zip(beads, scores, strict=True)]


def _says_more(
    new: Counter[str], fellows: Sequence[Counter[str]], other: Counter[str], texts: Texts, weights: Weights
) -> bool:
    """Say whether a sentence says enough of the other side that its fellows leave unsaid."""
    gain = texts.weigh(word for word in new.keys() & other.keys() if not any(word in fellow for fellow in fellows))
    return gain >= weights.gain_other * texts.weigh(other) and gain >= weights.gain_own * texts.weigh(new)
