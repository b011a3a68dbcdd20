"""Places: likely pairs of sentences among the others, and how the two articles tell what they share.

Anchors are the pairs that are likely and each other's best. A pair is judged by where it stands among them, and places
count for more between articles that keep the order; letters, between articles that keep the wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consistency import lexicon
from consistency.aligner.signals import WORDS, Pairs, find_rival

if TYPE_CHECKING:
    from consistency.aligner.texts import Indices, Texts, Vector

PLACES = (
    "letters",  # Indel similarity of the sorted stems (token sort ratio)
    "meaning",  # similarity from outside, or cosine of the sums of word vectors
    "closer",  # the same over that of the best rival in row and column
    "near",  # closeness to where the nearest anchors of one side lead on the other, from both sides
    "tight",  # of the two sides, those whose nearest anchors lie around the pair, with at most two sentences between
    "order",  # log of how many near anchors it keeps the order with, for each that it crosses
    "literal",  # style: mean of letters of the other anchors, the sure ones counting more, over that of most articles
    "dense",  # style: likely anchors of other sentences, a sentence of the shorter article, over that of most articles
    "ordered",  # style: share of pairs of near anchors that keep the order, over that of most articles
)
STYLED = (  # products of a signal and a style
    "letters*literal",
    "literal*ordered",
    "order*ordered",
    "margin*ordered",
    "shared*ordered",
    "edge*dense",
)
SIGNALS = WORDS + PLACES + STYLED
_LIKELY = 0.02  # less likely pairs have no second look,
_ALIKE = 0.5  # unless a similarity from outside is at least this
_ANCHOR = 0.3  # how likely an anchor is
_REACH = 2.0  # sentences after which closeness to an anchor's place fades
_TIGHT = 3  # sentences from one anchor to the next
_WINDOW = 25  # anchors before, and after, that a pair is ordered among
_LITERAL, _DENSE, _ORDERED = 0.7, 0.5, 0.8  # of most articles
_FEW = 0.6  # letters of articles with few anchors


def refine(texts: Texts, pairs: Pairs, scores: Vector) -> tuple[Pairs, Vector]:
    """Return the likely ones of the pairs, by their probabilities, with all of ``SIGNALS``; and these probabilities.

    Where the texts have a similarity, similar pairs are likely too.

    >>> import numpy as np
    >>> from consistency.aligner.signals import measure
    >>> from consistency.aligner.texts import Texts
    >>> from consistency.model import Sentence
    >>> texts = Texts.read(2 * [Sentence(0, 0, 10, "Rain fell.")], [Sentence(0, 0, 10, "Rain fell.")])
    >>> refine(texts, measure(texts), np.array([0.9, 0.01]))[0].signals.shape == (1, len(SIGNALS))
    True
    """
    import numpy as np

    likely = scores >= _LIKELY
    if texts.similarity is not None:
        likely |= texts.similarity[pairs.left, pairs.right] >= _ALIKE
    pairs, scores = pairs.choose(likely), scores[likely]
    left, right = pairs.left, pairs.right
    anchors = _find_anchors(pairs, scores)
    near, tight, kept, crossed = _place(left, right, left[anchors], right[anchors])
    letters, meaning = _compare_letters(texts, left, right), _compare_meaning(texts, left, right)
    others, literal = _average_others(texts, pairs, anchors, scores, letters)
    in_order, in_all = kept[anchors].sum() / 2, (kept + crossed)[anchors].sum() / 2  # pairs of anchors
    columns = dict(zip(pairs.names, pairs.signals.T, strict=True)) | {
        "letters": letters,
        "meaning": meaning,
        "closer": meaning - np.maximum(find_rival(left, meaning), find_rival(right, meaning)),
        "near": near,
        "tight": tight,
        "order": np.log((kept + 1) / (crossed + 1)),
        "literal": literal - _LITERAL,
        "dense": (others + 0.5) / (min(len(texts.left), len(texts.right)) + 0.5) - _DENSE,
        "ordered": np.full(len(left), (in_order + 2) / (in_all + 3) - _ORDERED),
    }
    for name in STYLED:
        signal, style = name.split("*")
        columns[name] = columns[signal] * columns[style]
    return Pairs(left, right, SIGNALS, np.stack([columns[name] for name in SIGNALS], axis=1)), scores


def _compare_letters(texts: Texts, left: Indices, right: Indices) -> Vector:
    import numpy as np
    from rapidfuzz import fuzz, process

    ours, theirs = texts.sides
    pairs = [ours[i].letters for i in left.tolist()], [theirs[j].letters for j in right.tolist()]
    return process.cpdist(*pairs, scorer=fuzz.ratio, dtype=np.float64) / 100


def _find_anchors(pairs: Pairs, scores: Vector) -> list[int]:
    """Return the rows of the pairs that are likely and each other's best, in the order of the left article."""
    import numpy as np

    lefts, rights, rows = set[int](), set[int](), list[int]()
    links = pairs.links
    order = np.lexsort((pairs.left + pairs.right, -scores))
    for row in order[scores[order] >= _ANCHOR].tolist():
        i, j = links[row]
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            rows.append(row)
    return sorted(rows, key=links.__getitem__)


def _place(left: Indices, right: Indices, ours: Indices, theirs: Indices) -> tuple[Vector, Vector, Vector, Vector]:
    """Return near, tight, and how many anchors the pairs keep the order with and how many they cross."""
    import numpy as np

    order = np.argsort(theirs)
    from_left, from_right = _look(left, right, ours, theirs), _look(right, left, theirs[order], ours[order])
    near, tight, kept, crossed = (one + other for one, other in zip(from_left, from_right, strict=True))
    return near, tight, kept / 2, crossed / 2


def _look(here: Indices, there: Indices, ours: Indices, theirs: Indices) -> tuple[Vector, Vector, Vector, Vector]:
    """Return what ``_place`` does, seen from one side; the anchors are in the order of that side."""
    import numpy as np

    if not len(ours):
        nothing = np.zeros(len(here))
        return nothing, nothing, nothing, nothing
    before = np.searchsorted(ours, here, "left") - 1  # a sentence is no anchor of its own
    after = np.searchsorted(ours, here, "right")
    has_before, has_after = before >= 0, after < len(ours)
    inside = np.minimum(after, len(ours) - 1)
    last, following = theirs[before], theirs[inside]
    step_before = np.abs(there - last - (here - ours[before]))
    step_after = np.abs(there - following - (here - ours[inside]))
    steps = np.minimum(np.where(has_before, step_before, np.inf), np.where(has_after, step_after, np.inf))
    lies_between = has_before & has_after & (last <= there) & (there <= following)
    tight = lies_between & (following - last <= _TIGHT)
    kept = crossed = np.zeros(len(here))
    for k in range(min(_WINDOW, len(ours))):
        earlier, later = np.maximum(before - k, 0), np.minimum(after + k, len(ours) - 1)
        is_earlier, is_later = before - k >= 0, after + k < len(ours)
        kept = kept + (is_earlier & (theirs[earlier] < there)) + (is_later & (there < theirs[later]))
        crossed = crossed + (is_earlier & (theirs[earlier] > there)) + (is_later & (there > theirs[later]))
    return np.exp(-steps / _REACH), tight.astype(float), kept, crossed


def _average_others(
    texts: Texts, pairs: Pairs, anchors: Sequence[int], scores: Vector, letters: Vector
) -> tuple[Vector, Vector]:
    """Return for each pair the sum of the probabilities of other sentences' anchors, and the mean of their letters."""
    import numpy as np

    rows = np.array(anchors, np.intp)
    own_left, own_right = np.full(len(texts.left), -1), np.full(len(texts.right), -1)
    own_left[pairs.left[rows]] = own_right[pairs.right[rows]] = np.arange(len(rows))
    one, other = own_left[pairs.left], own_right[pairs.right]
    other = np.where(other == one, -1, other)

    def add_others(values: Vector) -> Vector:
        padded = np.append(values, 0.0)  # of sentences without an anchor
        return np.asarray(values.sum() - padded[one] - padded[other], float)

    count = add_others(scores[rows]).clip(min=0)
    return count, (add_others((scores * letters)[rows]) + 2 * _FEW) / (count + 2)


def _compare_meaning(texts: Texts, left: Indices, right: Indices) -> Vector:
    import numpy as np

    if texts.similarity is None:
        ours, theirs = (lexicon.embed([words.stems for words in side], texts.language) for side in texts.sides)
        return np.asarray(np.einsum("ij,ij->i", ours[left], theirs[right]), float)
    return np.asarray(texts.similarity[left, right], float)
