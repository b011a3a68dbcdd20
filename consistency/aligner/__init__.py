"""Aligning: sentences of both articles become beads, in any order, 1-1, 1-n or n-1.

The signals of two sentences are weighed by learned models (weights: ``data/aligner.json``, made by
``benchmarks/train_aligner.py``): a logistic one over the words of all pairs, then boosted trees over the likely pairs,
their places among the others and what they tell; where a similarity from outside is given, another one that knows such.
Decoding is best first; whether a sentence joins a bead is weighed by a model of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from consistency.aligner.beads import Links, form_beads
from consistency.aligner.places import refine
from consistency.aligner.signals import Pairs, measure
from consistency.aligner.statements import Free, add_statements
from consistency.aligner.texts import Texts, Words
from consistency.aligner.weights import Weights, load_weights
from consistency.errors import SettingsError
from consistency.language import ENGLISH, Language
from consistency.learned import Model
from consistency.model import Bead, Role, Sentence
from consistency.text import fold

if TYPE_CHECKING:
    from consistency.aligner.texts import Vector


def find_likely(texts: Texts, weights: Weights, free: Free | None = None) -> tuple[Pairs, Model]:
    """Return the likely pairs of sentences, and the model that knows their signals.

    ``free`` says of the sentences of either side whether they may be linked; the pairs of others are only context.

    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> pairs, model = find_likely(Texts.read([rain], [rain]), load_weights())
    >>> bool(model.predict(pairs)[0] > 0.5)
    True
    """
    pairs = measure(texts)
    likely = look_again(texts, pairs, weights.words.predict(pairs), free)
    return likely, weights.likely if texts.similarity is None else weights.similar


def look_again(texts: Texts, pairs: Pairs, scores: Vector, free: Free | None = None) -> Pairs:
    """Return the pairs that are likely by the words alone, with all their signals.

    >>> import numpy as np
    >>> rain = Texts.read([Sentence(0, 0, 10, "Rain fell.")], [Sentence(0, 0, 10, "Rain fell.")])
    >>> pairs = measure(rain)
    >>> len(look_again(rain, pairs, np.array([0.9])).names) > len(pairs.names)
    True
    """
    likely, scores = refine(texts, pairs, scores)
    return add_statements(texts, likely, scores, free)


_FEW = 3  # sentences of the longer of two short articles
_ALIKE = 0.8  # similarity of letters from which one sentence is the other, edited
_EDITED = 0.84  # of such pairs of news so many are the same statement
_ROUNDS = (
    (Role.BODY, Role.BODY),
    (Role.HEADLINE, Role.HEADLINE),
    (Role.HEADLINE, Role.BODY),
    (Role.BODY, Role.HEADLINE),
)
_ACROSS = 0.5  # a headline and a body sentence are linked where that is likelier than not: places tell nothing of them

Similarity = Callable[[list[str], list[str]], Any]


def align(
    left: Sequence[Sentence],
    right: Sequence[Sentence],
    weights: Weights | None = None,
    similarity: Similarity | None = None,
    words: tuple[Words, Words] | None = None,
    language: Language = ENGLISH,
) -> tuple[Bead, ...]:
    """Return the beads of two articles; every sentence is in exactly one, a sentence without counterpart alone.

    Beads with a left side come first, in the order of the left article. Body sentences meet body sentences and
    headlines headlines; a headline meets a body sentence only where both have no counterpart; captions, credits and
    links meet only their equal.

    ``similarity`` takes the texts of all left and of all right sentences and returns a matrix, a row for each left one
    and a column for each right one: 1 for the same meaning, 0 for nothing in common (cosines of sentence vectors, say).
    ``words`` are those of both sides, where they are kept for other articles; else they are those of a ``language``.
    Raises ``SettingsError`` where the similarity returns another shape, or what is no number.

    >>> rain, sun = Sentence(0, 0, 10, "Rain fell."), Sentence(1, 11, 21, "Sun shone.")
    >>> [(len(bead.left), len(bead.right)) for bead in align([rain], [sun, rain])]
    [(1, 1), (0, 1)]
    """
    weights = weights or load_weights()
    beads = _match_equals(left, right)
    matrix = None if similarity is None else _ask(similarity, left, right)
    if len(beads) < min(len(left), len(right)):
        ours, theirs = words or (Words(left, None, language), Words(right, None, language))
        texts = Texts.join(ours.wordings, theirs.wordings, matrix, language)
        for roles in _ROUNDS:
            beads += _link(left, right, texts, roles, beads, weights)
    beads += [Bead((sentence,), (), 0.0) for sentence in _rest(left, (b.left for b in beads))]
    beads.sort(key=lambda bead: bead.left[0].index)
    return (*beads, *(Bead((), (sentence,), 0.0) for sentence in _rest(right, (b.right for b in beads))))


def _match_equals(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[Bead]:
    """Link sentences with the same words, the first of several with the first; of one role before of two."""
    beads: list[Bead] = []
    words = [{sentence.index: fold(sentence.text) for sentence in side} for side in (left, right)]
    for same_role in (True, False):
        waiting: dict[tuple[str, Role | None], list[Sentence]] = defaultdict(list)
        for sentence in reversed(_rest(right, (bead.right for bead in beads))):
            waiting[words[1][sentence.index], sentence.role if same_role else None].append(sentence)
        beads += [
            Bead((sentence,), (found.pop(),))
            for sentence in _rest(left, (bead.left for bead in beads))
            if (found := waiting.get((words[0][sentence.index], sentence.role if same_role else None)))
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
            f"similarity: {shape[0]} and {shape[1]} texts need a matrix of {shape} finite numbers, "
            + ("and some are not finite" if matrix.shape == shape else f"not {matrix.shape}")
        )
    return matrix.clip(-1, 1)


def _link_edited(pairs: Pairs, chances: Vector) -> Vector:
    """Return the probabilities of pairs of short articles: that of one sentence, edited, is at least as in news.

    Whoever sets a few sentences side by side wants to know what was changed in them, and these tell too little of their
    articles to be taken for two issues of one template.
    """
    import numpy as np

    edited = pairs.signals[:, pairs.names.index("letters")] >= _ALIKE
    return np.where(edited, chances.clip(_EDITED), chances)


def _link(
    left: Sequence[Sentence],
    right: Sequence[Sentence],
    texts: Texts,
    roles: tuple[Role, Role],
    closed: Sequence[Bead],
    weights: Weights,
) -> list[Bead]:
    """Return new beads of sentences of two roles; those of the closed beads are only context."""
    rows, columns = (
        [k for k, s in enumerate(side) if s.role is role] for side, role in zip((left, right), roles, strict=True)
    )
    lefts = {s.index for bead in closed for s in bead.left}
    rights = {s.index for bead in closed for s in bead.right}
    free = [left[k].index not in lefts for k in rows], [right[k].index not in rights for k in columns]
    if not (any(free[0]) and any(free[1])):
        return []
    least = 0.0 if roles[0] is roles[1] else _ACROSS
    bounded = attrs.evolve(weights, found=max(weights.found, least), join=max(weights.join, least))
    texts = texts.choose(rows, columns)
    pairs, model = find_likely(texts, weights, free)
    chances = model.predict(pairs)
    if roles == (Role.BODY, Role.BODY) and max(map(len, free)) <= _FEW:
        chances = _link_edited(pairs, chances)
    drafts = form_beads(Links.read(texts, pairs, chances), bounded)
    return [
        Bead(
            tuple(left[rows[i]] for i in sorted(d.left)),
            tuple(right[columns[j]] for j in sorted(d.right)),
            round(d.score, 4),
        )
        for d in drafts
    ]
