"""Beads: likely links become 1-1, 1-n and n-1 beads (Gale & Church 1993 name them so), the best links first.

A link of two free sentences founds a bead. A free sentence joins a bead that has one sentence on the other side, if it
is likely to say what its fellows leave unsaid: a logistic model weighs the signals of that.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from consistency.aligner.signals import Pairs
from consistency.aligner.texts import Texts, sort_letters
from consistency.aligner.weights import Weights

if TYPE_CHECKING:
    from consistency.aligner.texts import Vector

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
_MANY = 20  # links of a bead that are measured at a time

Link = tuple[int, int]  # left and right index


@attrs.frozen(eq=False)
class Draft:
    """A bead that may grow: indices of its sentences as they came, and the probability of its first link."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float

    @property
    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Left and right.

        >>> Draft((0,), (1, 2), 0.9).sides
        ((0,), (1, 2))
        """
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

        >>> import numpy as np
        >>> two, styles = np.array([0, 1]), np.array([[0.1], [0.1]])
        >>> found = Links.read(Texts.read([], []), Pairs(two, two, ("literal",), styles), np.array([0.9, 0.4]))
        >>> found.scores[0, 0], found.partners[0][1]
        (0.9, [1])
        """
        known = dict(zip(pairs.links, scores.tolist(), strict=True))
        literal = pairs.signals[:, pairs.names.index("literal")].tolist()
        partners: tuple[dict[int, list[int]], dict[int, list[int]]] = defaultdict(list), defaultdict(list)
        for i, j in sorted(known, key=lambda link: -known[link]):
            partners[0][i].append(j)
            partners[1][j].append(i)
        return cls(texts, known, dict(zip(known, literal, strict=True)), partners)

    def find_joiners(self, draft: Draft, taken: Sequence[Container[int]]) -> Pairs:
        """Return the links by which a sentence that is not taken could join a bead, with the signals of ``JOINING``.

        >>> Links(Texts.read([], []), {}, {}, ({}, {})).find_joiners(Draft((), (), 0.9), ((), ())).names == JOINING
        True
        """
        import numpy as np

        links: list[Link] = []
        rows: list[list[float]] = []
        for side in (0, 1):
            fellows, commons = draft.sides[side], draft.sides[1 - side]
            if len(commons) == 1:
                free = (k for k in self.partners[1 - side].get(commons[0], ()) if k not in taken[side])
                likeliest = (_link(side, k, commons[0]) for k in itertools.islice(free, _MANY))
                found = [link for link in likeliest if self.scores[link] >= _WORTH]
                rows += self._measure(found, side, fellows, commons[0])
                links += found
        left, right = np.array(links, np.intp).reshape(-1, 2).T
        return Pairs(left, right, JOINING, np.array(rows, float).reshape(-1, len(JOINING)))

    def _measure(self, links: Sequence[Link], side: int, fellows: Sequence[int], common: int) -> list[list[float]]:
        from rapidfuzz import fuzz

        ours, theirs = self.texts.sides[side], self.texts.sides[1 - side][common]
        aim, said = theirs.letters, sorted(word for k in fellows for word in ours[k].stems.elements())
        unsaid = theirs.stems.keys() - set(said)
        alone = fuzz.ratio(sort_letters(said), aim)
        beside = {k + step for k in fellows for step in (-1, 1)}
        rows = []
        for link in links:
            new = link[side]
            rivals = (_link(side, new, other) for other in self.partners[side][new] if other != common)
            together = fuzz.ratio(sort_letters([*said, *ours[new].stems.elements()]), aim)
            rows.append(
                [
                    _log_odds(self.scores[link]),
                    _log_odds(next((self.scores[rival] for rival in rivals), 0.0)),
                    self.texts.weigh(ours[new].stems.keys() & unsaid) / (self.texts.weigh(ours[new].stems) + 1e-9),
                    float(new in beside),
                    (together - alone) / 100,
                    self.literal[link],
                ]
            )
        return rows


def _link(side: int, new: int, other: int) -> Link:
    return (new, other) if side == 0 else (other, new)


def _log_odds(probability: float) -> float:
    cut = min(max(probability, _SURE), 1 - _SURE)
    return math.log(cut / (1 - cut))


def form_beads(links: Links, weights: Weights) -> list[Draft]:
    """Return the beads that the links make under the thresholds of the weights.

    >>> from consistency.aligner.weights import load_weights
    >>> form_beads(Links(Texts.read([], []), {}, {}, ({}, {})), load_weights())
    []
    """
    drafts: tuple[dict[int, Draft], dict[int, Draft]] = {}, {}  # of the linked sentences of either side
    offers = [_offer(links, link, score, None) for link, score in links.scores.items() if score >= weights.found]
    heapq.heapify(offers)
    while offers:
        offer = heapq.heappop(offers)
        known = drafts[0].get(offer.link[0]), drafts[1].get(offer.link[1])
        if all(known) or (known[0] or known[1]) is not offer.draft:
            continue  # taken meanwhile, or the bead has grown: then it has made other offers
        grown = offer.take()
        for k, side in enumerate(grown.sides):
            drafts[k].update(dict.fromkeys(side, grown))
        joiners = links.find_joiners(grown, drafts)
        scores = weights.joining.predict(joiners).tolist()
        for link, score in zip(joiners.links, scores, strict=True):
            if score >= weights.join:
                heapq.heappush(offers, _offer(links, link, score, grown))
    return list(dict.fromkeys(drafts[0].values()))


@attrs.frozen(order=True)
class _Offer:
    """A link that waits to found a bead (no draft) or to join one; those that are taken first rank lowest."""

    rank: tuple[int, int, float, list[str]]
    link: Link
    score: float = attrs.field(eq=False)
    draft: Draft | None = attrs.field(eq=False)

    def take(self) -> Draft:
        """Return the bead that the link makes."""
        i, j = self.link
        return self.draft.add(i, j) if self.draft else Draft((i,), (j,), self.score)


def _offer(links: Links, link: Link, score: float, draft: Draft | None) -> _Offer:
    i, j = link
    words = sorted((links.texts.left[i].letters, links.texts.right[j].letters))  # the same from either side
    return _Offer((-round(score * _STEP), i + j, -score, words), link, score, draft)
