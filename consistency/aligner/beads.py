"""Beads: likely links become 1-1, 1-n and n-1 beads (Gale & Church 1993 name them so), the best links first.

A link of two free sentences founds a bead. A free sentence joins a bead that has one sentence on the other side, if it
is likely to say what its fellows leave unsaid: a logistic model weighs the signals of that.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from consistency.aligner.places import sort_letters
from consistency.aligner.signals import Pairs, Texts
from consistency.aligner.weights import Weights

if TYPE_CHECKING:
    from consistency.aligner.signals import Vector

JOINING = (
    "odds",  # log-odds of the link between the newcomer and the common sentence
    "rival",  # log-odds of the newcomer's best other link
    "unsaid",  # share of the newcomer that the common sentence has and its fellows have not
    "adjacent",  # 1 where the newcomer stands beside a fellow
    "longer",  # how much liker the common sentence its fellows are together with it, in letters
    "literal",  # style of the two articles
)
_STEP = 10  # probabilities are compared in tenths: of near-equals the earlier sentences come first
_SURE = 1e-4  # probabilities are cut at this, and at this from 1
_WORTH = 0.05  # a less likely link joins no bead

Link = tuple[int, int]  # left and right index


@attrs.frozen(eq=False)
class Draft:
    """A bead that may grow: indices of its sentences as they came, and the probability of its first link."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float

    @property
    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Left and right."""
        return self.left, self.right

    def add(self, i: int, j: int) -> Draft:
        """Return the bead with one more link; one of the two sentences is in it.

        >>> Draft((0,), (1,), 0.9).add(2, 1).left
        (0, 2)
        """
        return Draft(tuple(dict.fromkeys((*self.left, i))), tuple(dict.fromkeys((*self.right, j))), self.score)


@attrs.frozen(eq=False)
class Links:
    """Likely links: the probability and ``literal`` of each, and the partners of each sentence, the likeliest first."""

    texts: Texts
    scores: Mapping[Link, float]
    literal: Mapping[Link, float]
    partners: tuple[Mapping[int, Sequence[int]], Mapping[int, Sequence[int]]]

    @classmethod
    def read(cls, texts: Texts, pairs: Pairs, scores: Vector) -> Links:
        """Return the links of the pairs, with their probabilities.

        >>> from consistency.aligner import find_likely, load_weights
        >>> from consistency.model import Sentence
        >>> texts = Texts.read([Sentence(0, 0, 10, "Rain fell.")], [Sentence(0, 0, 10, "Rain fell.")])
        >>> pairs, model = find_likely(texts, load_weights())
        >>> Links.read(texts, pairs, model.predict(pairs)).partners[0][0]
        [0]
        """
        known = dict(zip(pairs.links, scores.tolist(), strict=True))
        literal = pairs.signals[:, pairs.names.index("literal")].tolist()
        partners: tuple[dict[int, list[int]], dict[int, list[int]]] = defaultdict(list), defaultdict(list)
        for i, j in sorted(known, key=lambda link: -known[link]):
            partners[0][i].append(j)
            partners[1][j].append(i)
        return cls(texts, known, dict(zip(known, literal, strict=True)), partners)

    def find_joiners(self, draft: Draft, taken: Sequence[Container[int]] = ((), ())) -> Pairs:
        """Return the links by which a sentence that is not taken could join a bead, with the signals of ``JOINING``.

        >>> Links(Texts.read([], []), {}, {}, ({}, {})).find_joiners(Draft((0,), (), 0.9)).names == JOINING
        True
        """
        import numpy as np

        links, rows = [], []
        for side in (0, 1):
            fellows, commons = draft.sides[side], draft.sides[1 - side]
            if len(commons) == 1:
                for new in self.partners[1 - side].get(commons[0], ()):
                    link = _link(side, new, commons[0])
                    if new not in fellows and new not in taken[side] and self.scores[link] >= _WORTH:
                        links.append(link)
                        rows.append(self._measure(link, side, fellows))
        left, right = np.array(links, np.intp).reshape(-1, 2).T
        return Pairs(left, right, JOINING, np.array(rows, float).reshape(-1, len(JOINING)))

    def _measure(self, link: Link, side: int, fellows: Sequence[int]) -> list[float]:
        from rapidfuzz import fuzz

        new, common = link[side], link[1 - side]
        ours, theirs = self.texts.sides[side], self.texts.sides[1 - side]
        rivals = (other for other in self.partners[side][new] if other != common)
        rival = next((self.scores[_link(side, new, other)] for other in rivals), 0.0)
        unsaid = ours[new].keys() & theirs[common].keys() - set().union(*(ours[k] for k in fellows))
        said = [word for k in fellows for word in ours[k].elements()]
        aim = sort_letters(theirs[common].elements())
        longer = fuzz.ratio(sort_letters([*said, *ours[new].elements()]), aim) - fuzz.ratio(sort_letters(said), aim)
        return [
            _log_odds(self.scores[link]),
            _log_odds(rival),
            self.texts.weigh(unsaid) / (self.texts.weigh(ours[new]) + 1e-9),
            float(any(abs(new - k) == 1 for k in fellows)),
            longer / 100,
            self.literal[link],
        ]


def _link(side: int, new: int, other: int) -> Link:
    return (new, other) if side == 0 else (other, new)


def _log_odds(probability: float) -> float:
    cut = min(max(probability, _SURE), 1 - _SURE)
    return math.log(cut / (1 - cut))


def form_beads(links: Links, weights: Weights) -> list[Draft]:
    """Return the beads that the links make under the thresholds of the weights.

    >>> from consistency.aligner import load_weights
    >>> form_beads(Links(Texts.read([], []), {}, {}, ({}, {})), load_weights())
    []
    """
    drafts: tuple[dict[int, Draft], dict[int, Draft]] = {}, {}  # of the linked sentences of either side
    offers = [_offer(link, score, None) for link, score in links.scores.items() if score >= weights.found]
    heapq.heapify(offers)
    while offers:
        *_, least, i, j, _, draft = heapq.heappop(offers)
        known = drafts[0].get(i), drafts[1].get(j)
        if all(known) or (known[0] or known[1]) is not draft:
            continue  # taken meanwhile, or the bead has grown: then it has made other offers
        grown = draft.add(i, j) if draft else Draft((i,), (j,), -least)
        for k, side in enumerate(grown.sides):
            drafts[k].update(dict.fromkeys(side, grown))
        joiners = links.find_joiners(grown, drafts)
        scores = weights.joining.predict(joiners).tolist()
        for link, score in zip(joiners.links, scores, strict=True):
            if score >= weights.join:
                heapq.heappush(offers, _offer(link, score, grown))
    return list(dict.fromkeys(drafts[0].values()))


Offer = tuple[int, int, float, int, int, int, Draft | None]


def _offer(link: Link, score: float, draft: Draft | None) -> Offer:
    """Return a link in the order in which links are taken: founding (no draft), or joining a bead."""
    i, j = link
    return (-round(score * _STEP), i + j, -score, i, j, len(draft.left) + len(draft.right) if draft else 0, draft)
