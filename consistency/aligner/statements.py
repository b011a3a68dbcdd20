"""Statements: what two likely sentences share, and what each of them tells besides.

Content words weigh what they are rare in news, whatever else stands in the two articles, so that one sentence beside
one sentence is judged by itself. What is measured from either side is a signal twice: the lesser and the greater value.
"""

from __future__ import annotations

import collections
import itertools
from collections.abc import Hashable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

import attrs

from consistency.aligner.bags import Bag, find_rows
from consistency.aligner.signals import Pairs, find_rival
from consistency.aligner.texts import Content, read_contents

if TYPE_CHECKING:
    from consistency.aligner.texts import Indices, Texts, Vector, Wording

SIDED = (  # measured from either side
    "told",  # share of its content words that the other has
    "plain",  # the same of words that are neither names nor figures,
    "named",  # of names,
    "figured",  # of figures,
    "opening",  # of its first words: the main act stands there more often than an aside
    "acted",  # of those near the main predicate in the tree of the sentence,
    "done",  # of its verbs,
    "uttered",  # of its words inside quote marks, wherever the other has them: the same utterance, direct or indirect
    "length",  # weight of its content words
    "untold",  # weight of those that the other has not,
    "other_names",  # of such names,
    "other_figures",  # of such figures
    "spoken",  # share of it inside quote marks
    "denied",  # 1 where a word negates
    "referring",  # 1 where a pronoun stands for somebody
    "telling",  # 1 where somebody says it
    "depth",  # how far behind its start the shared words stand, 0 to 1
    "index",  # its place in its article
    "size",  # sentences of its article
    "lead",  # probability of the pair over that of the best rival
    "crowd",  # sum of the probabilities of the rivals
    "next",  # probability of the pair of the sentences before, of that of those behind
    "across",  # of the likeliest pair of one with a neighbour of the other
)
KINDS = ("told", "plain", "named", "figured", "opening", "acted", "done", "uttered")  # of words
SHARED = (  # the same from both sides
    "odds",  # log-odds of the first look
    "shorter",  # share of the content words of the shorter one that the other has
    "ratio",  # weight of the shorter one, of that of the longer one
    "common",  # weight of the shared content words,
    "common_plain",  # of such that are neither names nor figures,
    "common_names",  # of such names
    "common_figures",  # how many such figures
    "openings",  # of words that open both
    "arcs",  # words that hang on the same word in both
    "hung",  # share of such words of the one that has fewer
    "agents",  # share of the shorter subject that is in the other one; -1 where a sentence has none
    "patients",  # the same of objects and complements,
    "speakers",  # of who says it
    "crossed",  # share of the subject that is in the object of the other, or the other way round
    "turned",  # probability of the likeliest pair of the sentence before one and that behind the other
    "displaced",  # difference of their relative places
)
Sided = dict[str, "tuple[Vector, Vector]"]
Free = tuple[Sequence[bool], Sequence[bool]]  # of each sentence of either side, whether it may be linked
STATEMENTS = (*(f"{name}.{end}" for name in SIDED for end in ("least", "most")), *SHARED)
_DIGITS = 6  # of a signal: what differs less is equal


@attrs.frozen(eq=False)
class Contents:
    """The content words of one side: a value a row of the bag in each of the vectors."""

    bag: Bag
    is_name: Vector
    is_figure: Vector
    weight: Vector
    opens: Vector
    is_quoted: Vector
    place: Vector  # 0 at the start of the sentence, 1 at its end
    near: Vector  # 1 for the main predicate, less for each arc that lies between
    acts: Vector
    suffers: Vector
    says: Vector
    is_verb: Vector
    arcs: Bag  # of content words and those that they hang on
    flags: Vector  # a row a sentence: 1 where it is denied, where it is referring, where it is telling

    @classmethod
    def read(cls, side: Sequence[Wording], names: Set[str], numbers: Mapping[Hashable, int]) -> Contents:
        """Return the words of a side; ``numbers`` gives each thing its number."""
        import numpy as np

        each = read_contents(side)
        chain = itertools.chain.from_iterable
        stems = list(chain(content.stems for content in each))
        arcs = list(chain(content.arcs for content in each))
        things = np.array(list(map(numbers.__getitem__, stems)), np.intp)
        owners = np.repeat(np.arange(len(side)), [len(content.stems) for content in each])
        arc_owners = np.repeat(np.arange(len(side)), [len(content.arcs) for content in each])
        order = np.lexsort((things, owners))
        is_figure = np.array([stem[0].isdigit() for stem in stems], float)
        is_name = np.array([stem in names for stem in stems], float) * (1 - is_figure)
        rows = np.fromiter(chain(content.rows for content in each), float).reshape(-1, len(Content.FIELDS))
        return cls(  # type: ignore[call-arg]
            Bag.read(owners, things, len(side)),
            is_name[order],
            is_figure[order],
            *rows[order].T.copy(),
            Bag.read(arc_owners, list(map(numbers.__getitem__, arcs)), len(side)),
            np.array([content.flags for content in each], float).reshape(-1, 3),
        )

    def split(self) -> Vector:
        """Return for each of ``KINDS`` which words are of it, and how much."""
        import numpy as np

        every = np.ones(len(self.weight))
        plain = (1 - self.is_name) * (1 - self.is_figure)
        return np.stack(
            [every, plain, self.is_name, self.is_figure, self.opens, self.near, self.is_verb, self.is_quoted]
        )

    def weigh(self, of: Vector) -> Vector:
        """Return for each sentence the sum of a value of its words; several rows of values at once."""
        import numpy as np

        sums = np.concatenate([np.zeros((*of.shape[:-1], 1)), np.cumsum(of, axis=-1)], axis=-1)
        return np.asarray(sums[..., self.bag.bounds[1:]] - sums[..., self.bag.bounds[:-1]]).round(9)


def add_statements(texts: Texts, pairs: Pairs, scores: Vector, free: Free | None = None) -> Pairs:
    """Return the pairs of free sentences with all of ``STATEMENTS`` beside the signals that they have.

    ``scores`` are the probabilities of the pairs at first sight; without ``free``, all sentences are.

    >>> import numpy as np
    >>> from consistency.aligner.texts import Texts
    >>> from consistency.model import Sentence
    >>> rain = Texts.read([Sentence(0, 0, 10, "Rain fell.")], [Sentence(0, 0, 10, "Rain fell.")])
    >>> one = np.array([0])
    >>> found = add_statements(rain, Pairs(one, one, (), np.zeros((1, 0))), np.array([0.9]))
    >>> dict(zip(found.names, found.signals[0].tolist()))["told.least"]
    1.0
    """
    import numpy as np

    where, between = _compare_places(len(texts.left), len(texts.right), pairs.left, pairs.right, scores)
    rows = np.arange(len(scores))
    if free is not None:
        rows = np.flatnonzero(np.array(free[0], bool)[pairs.left] & np.array(free[1], bool)[pairs.right])
    numbers: dict[Hashable, int] = collections.defaultdict(itertools.count().__next__)
    left, right = pairs.left[rows], pairs.right[rows]
    kept = [np.unique(side, return_inverse=True) for side in (left, right)]
    ours, theirs = (
        Contents.read([side[k] for k in wanted.tolist()], texts.names, numbers)
        for side, (wanted, _) in zip(texts.sides, kept, strict=True)
    )
    sided, shared = _compare_words(ours, theirs, kept[0][1], kept[1][1])
    sided |= {name: (one[rows], other[rows]) for name, (one, other) in where.items()}
    shared |= {name: values[rows] for name, values in between.items()}
    columns = []
    for name in SIDED:
        columns += [np.minimum(*sided[name]), np.maximum(*sided[name])]
    columns += [shared[name] for name in SHARED]
    signals = np.column_stack([pairs.signals[rows], np.stack(columns, axis=1).round(_DIGITS)])
    return Pairs(left, right, (*pairs.names, *STATEMENTS), signals)


def _compare_words(ours: Contents, theirs: Contents, left: Indices, right: Indices) -> tuple[Sided, dict[str, Vector]]:
    import numpy as np

    size = len(left)
    pair, here, there = ours.bag.meet(theirs.bag, left, right)

    def total(values: Vector) -> Vector:
        """Return for each pair the sum of what it shares, for each row of values."""
        rows = np.atleast_2d(values)
        places = pair + size * np.arange(len(rows))[:, None]
        sums = np.bincount(places.ravel(), rows.ravel(), size * len(rows)).astype(float)
        return sums.reshape(*values.shape[:-1], size).round(9)

    def share(part: Vector, mass: Vector) -> Vector:
        return np.asarray(part / np.maximum(mass, 1e-9))

    weight = ours.weight[here]
    kinds = ours.split(), theirs.split()
    masses = [
        of.weigh(of.weight * kind)[:, at] for of, kind, at in zip((ours, theirs), kinds, (left, right), strict=True)
    ]
    parts = total(weight * kinds[0][:, here]), total(weight * kinds[1][:, there])
    shares = [share(part, mass) for part, mass in zip(parts, masses, strict=True)]
    sided: Sided = {name: (shares[0][k], shares[1][k]) for k, name in enumerate(KINDS)}
    for name, rest in (("told", "untold"), ("named", "other_names"), ("figured", "other_figures")):
        k = KINDS.index(name)
        sided[rest] = masses[0][k] - parts[0][k], masses[1][k] - parts[1][k]
    mass_left, mass_right = ours.weigh(ours.weight)[left], theirs.weigh(theirs.weight)[right]
    common = total(weight)
    sided["length"] = mass_left, mass_right
    sided["spoken"] = (
        share(ours.weigh(ours.weight * ours.is_quoted)[left], mass_left),
        share(theirs.weigh(theirs.weight * theirs.is_quoted)[right], mass_right),
    )
    sided["depth"] = share(total(weight * ours.place[here]), common), share(total(weight * theirs.place[there]), common)

    def count(one: Bag, other: Bag) -> tuple[Vector, Vector]:
        same = np.bincount(one.meet(other, left, right)[0], minlength=size).astype(float)
        return same, share(same, np.minimum(np.diff(one.bounds)[left], np.diff(other.bounds)[right]))

    def fit(one: Vector, other: Vector) -> Vector:
        least = np.minimum(ours.weigh(ours.weight * one)[left], theirs.weigh(theirs.weight * other)[right])
        return np.where(least > 0, share(total(weight * one[here] * other[there]), least), -1.0)

    for k, name in enumerate(("denied", "referring", "telling")):
        sided[name] = ours.flags[left, k], theirs.flags[right, k]
    arcs, hung = count(ours.arcs, theirs.arcs)
    shared = {
        "shorter": np.where(mass_left <= mass_right, sided["told"][0], sided["told"][1]),
        "ratio": share(np.minimum(mass_left, mass_right), np.maximum(mass_left, mass_right)),
        "common_figures": total(ours.is_figure[here]),
        "common": common,
        "common_plain": total(weight * kinds[0][1][here]),
        "common_names": total(weight * ours.is_name[here]),
        "openings": total(weight * ours.opens[here] * theirs.opens[there]),
        "arcs": arcs,
        "hung": hung,
        "agents": fit(ours.acts, theirs.acts),
        "patients": fit(ours.suffers, theirs.suffers),
        "speakers": fit(ours.says, theirs.says),
        "crossed": np.maximum(fit(ours.acts, theirs.suffers), fit(ours.suffers, theirs.acts)),
    }
    return sided, shared


def _compare_places(n: int, m: int, left: Indices, right: Indices, scores: Vector) -> tuple[Sided, dict[str, Vector]]:
    import numpy as np

    if not len(left):
        empty = np.zeros(0)
        names = "index", "size", "lead", "crowd", "next", "across"
        return dict.fromkeys(names, (empty, empty)), dict.fromkeys(("odds", "turned", "displaced"), empty)
    keys = left * (m + 2) + right
    order = np.argsort(keys)
    ranked = keys[order]

    def beside(step_left: int, step_right: int) -> Vector:
        """The probability of the pair of neighbours, 0 where it is not likely."""
        one, other = left + step_left, right + step_right
        wanted = one * (m + 2) + other
        places = find_rows(ranked, wanted)
        known = (places >= 0) & (other >= 0) & (other < m)
        return np.where(known, scores[order[places]], 0.0)

    cut = scores.clip(1e-4, 1 - 1e-4)
    rival_left, rival_right = find_rival(left, scores), find_rival(right, scores)
    sided = {
        "index": (left.astype(float), right.astype(float)),
        "size": (np.full(len(left), float(n)), np.full(len(left), float(m))),
        "lead": (scores - rival_left, scores - rival_right),
        "crowd": (
            np.bincount(left, scores, n)[left] - scores,
            np.bincount(right, scores, m)[right] - scores,
        ),
        "next": (beside(-1, -1), beside(1, 1)),
        "across": (np.maximum(beside(0, -1), beside(0, 1)), np.maximum(beside(-1, 0), beside(1, 0))),
    }
    shared = {
        "odds": np.log(cut / (1 - cut)),
        "turned": np.maximum(beside(-1, 1), beside(1, -1)),
        "displaced": np.abs(left / max(n - 1, 1) - right / max(m - 1, 1)),
    }
    return sided, shared
