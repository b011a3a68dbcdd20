"""Signals: what the words of two sentences have in common, in figures; the aligner weighs them.

They are measured for every pair of sentences that share a word or related words.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from consistency import lexicon
from consistency.clauses import Parse, parse
from consistency.model import Sentence
from consistency.text import Token, fold_typography, tokenize

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Indices = npt.NDArray[np.intp]

WORDS = (
    "exclusive",  # share of a sentence's words that no other sentence of the other side has; the smaller of both sides
    "covered",  # share of a sentence's words that the other has, or has a related word for; the larger of both sides
    "cosine",  # of weighted stems
    "shared",  # weight of the shared stems
    "rarest",  # weight of the rarest shared stem that is no name
    "numbers",  # weight of the shared numbers
    "quoted",  # Jaccard index of the words inside quote marks
    "margin",  # coverage of both sides together, over that of the best rival in row and column
    "edge",  # the same over the weaker of these two rivals
    "beside",  # the best cosine of one of the two with a neighbour of the other
    "repeats",  # how much of each was said before in its own article
    "leads",  # 1 where both are the first of their article
    "size",  # log of how many pairs of sentences there are
)
_LETTERS = 2_000  # letters of a sentence that are compared
_COMMON_WEIGHT = 0.03
_RELATED = 0.6  # a related word counts for this much of the same word
_JOINS = 400  # a stem in more pairs of sentences does not bring two together; where others do it counts


@attrs.frozen(eq=False)
class Pairs:
    """Pairs of sentences: ``left`` and ``right`` indices, and one row of signals a pair, a column for each name."""

    left: Indices
    right: Indices
    names: tuple[str, ...]
    signals: Vector

    @property
    def links(self) -> list[tuple[int, int]]:
        """The pairs of indices."""
        return list(zip(self.left.tolist(), self.right.tolist(), strict=True))

    def choose(self, which: Sequence[bool] | npt.NDArray[np.bool_]) -> Pairs:
        """Return some of the pairs: one truth value for each.

        >>> rain = Sentence(0, 0, 10, "Rain fell.")
        >>> measure(Texts.read([rain], [rain])).choose([False]).links
        []
        """
        import numpy as np

        rows = np.flatnonzero(which)
        return Pairs(self.left[rows], self.right[rows], self.names, self.signals[rows])


@attrs.frozen(eq=False)
class Texts:
    """The stems of both lists of sentences, counted; a stem weighs what it is rare in news and in the two articles."""

    left: tuple[Counter[str], ...]
    right: tuple[Counter[str], ...]
    quoted: tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]
    weights: Mapping[str, float]
    names: frozenset[str]  # stems with a capital wherever they stand, and not only at the start; and numbers
    letters: tuple[tuple[str, ...], tuple[str, ...]]  # the stems of each sentence as one text
    tokens: tuple[tuple[tuple[Token, ...], ...], tuple[tuple[Token, ...], ...]]
    parses: tuple[tuple[Parse, ...], tuple[Parse, ...]]
    similarity: Vector | None = None  # a row for each left sentence, a column for each right one

    @classmethod
    def read(
        cls,
        left: Sequence[Sentence],
        right: Sequence[Sentence],
        similarity: Vector | None = None,
        parses: tuple[Sequence[Parse], Sequence[Parse]] | None = None,
    ) -> Texts:
        """Return the texts of the sentences of both sides; without parses, they are parsed.

        >>> Texts.read([Sentence(0, 0, 10, "Rain fell.")], []).left
        (Counter({'rain': 1, 'fall': 1}),)
        """
        tokens = tuple(tokenize(s.text, s.start) for s in left), tuple(tokenize(s.text, s.start) for s in right)
        sides = [tuple(Counter(token.stem for token in sentence) for sentence in side) for side in tokens]
        quoted = [tuple(_read_quoted(s) for s in side) for side in (left, right)]
        total = len(left) + len(right) + 1
        frequency = Counter(itertools.chain.from_iterable(itertools.chain(*sides)))
        weights = {}
        for word, count in frequency.items():
            rarity = lexicon.rarity(word)
            local = max(0.05, math.log(total / (count + 0.5)) / math.log(total))
            weights[word] = (rarity if rarity >= lexicon.CONTENT else _COMMON_WEIGHT) * local
        names = _find_names(itertools.chain(*tokens))
        letters = [tuple(sort_letters(words.elements()) for words in side) for side in sides]
        both = (letters[0], letters[1])
        ours, theirs = parses or (parse(left), parse(right))
        trees = tuple(ours), tuple(theirs)
        return cls(sides[0], sides[1], (quoted[0], quoted[1]), weights, names, both, tokens, trees, similarity)

    @property
    def sides(self) -> tuple[tuple[Counter[str], ...], tuple[Counter[str], ...]]:
        """Left and right."""
        return self.left, self.right

    def weigh(self, words: Iterable[str]) -> float:
        """Return the weight of all the words together.

        >>> Texts.read([Sentence(0, 0, 10, "Rain fell.")], []).weigh([])
        0
        """
        return sum(map(self.weights.__getitem__, words))


def sort_letters(words: Iterable[str]) -> str:
    """Return the words in the order of the alphabet, as one text of bounded length.

    >>> sort_letters(["rain", "fell"])
    'fell rain'
    """
    return " ".join(sorted(words))[:_LETTERS]


def _find_names(sentences: Iterable[Sequence[Token]]) -> frozenset[str]:
    inside, small = set[str](), set[str]()
    for tokens in sentences:
        speaks = any(token.text[0].islower() for token in tokens)  # a line of capitals tells no names
        for k, token in enumerate(tokens):
            if token.text[0].isdigit() or (k and speaks and token.text[0].isupper()):
                inside.add(token.stem)
            elif not token.text[0].isupper():
                small.add(token.stem)
    return frozenset(inside - small)


def _read_quoted(sentence: Sentence) -> frozenset[str]:
    """Return the stems inside quote marks, of those that the sentence has as it is written."""
    parts = fold_typography(sentence.text).split('"')[1::2]
    stems = {token.stem for token in tokenize(sentence.text, sentence.start)}
    return frozenset(token.stem for part in parts for token in tokenize(part)) & stems


def measure(texts: Texts) -> Pairs:
    """Return the signals of ``WORDS`` for all pairs that have a word, or related words, in common.

    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> measure(Texts.read([rain], [rain])).signals.shape == (1, len(WORDS))
    True
    """
    import numpy as np

    n, m = len(texts.left), len(texts.right)
    vocabulary = list(texts.weights)
    number = {word: k for k, word in enumerate(vocabulary)}
    w = np.array(list(texts.weights.values()))
    ours, theirs = _index(texts.left), _index(texts.right)
    i, j, word = _columns(((i, j, number[x]) for i, j, x in _join(ours, theirs)), 3)
    related = _relate(ours, theirs)
    i1, j1, word1, rate1 = _columns(_join_related(related, ours, theirs, texts.right, number), 4)
    mirrored = [(other, x, rate) for x, other, rate in related]
    j2, i2, word2, rate2 = _columns(_join_related(mirrored, theirs, ours, texts.left, number), 4)

    keys = [i * m + j, i1 * m + j1, i2 * m + j2]
    found, places = np.unique(np.concatenate(keys).astype(np.intp), return_inverse=True)
    at, at1, at2 = np.split(places, np.cumsum([len(key) for key in keys])[:-1])
    left, right = found // max(m, 1), found % max(m, 1)
    for common in (x for x in ours if len(ours[x]) * len(theirs.get(x, ())) > _JOINS):
        has_left, has_right = np.zeros(n, bool), np.zeros(m, bool)
        has_left[ours[common]] = has_right[theirs[common]] = True
        rows = np.flatnonzero(has_left[left] & has_right[right])
        at, word = np.append(at, rows), np.append(word, np.full(len(rows), number[common]))

    def total(places: Indices, values: Vector) -> Vector:
        return np.bincount(places, values, len(found)).astype(float)  # of nothing it is int

    mass_left, mass_right = (np.array([texts.weigh(words) for words in side]) + 1e-9 for side in texts.sides)
    norms = [
        [math.sqrt(sum((texts.weights[x] * math.log1p(k)) ** 2 for x, k in t.items())) for t in s] for s in texts.sides
    ]
    norm_left, norm_right = (np.array(norm) + 1e-9 for norm in norms)
    words = [vocabulary[k] for k in word.tolist()]
    times_left = np.array([texts.left[k][x] for k, x in zip(left[at].tolist(), words, strict=True)], float)
    times_right = np.array([texts.right[k][x] for k, x in zip(right[at].tolist(), words, strict=True)], float)
    in_left, in_right = (np.array([len(index.get(x, ())) for x in vocabulary]) for index in (ours, theirs))
    weight = w[word]
    shared = total(at, weight)
    covered_left = shared + total(at1, w[word1] * rate1)
    covered_right = shared + total(at2, w[word2] * rate2)
    only_left = total(at, weight / in_right[word]) / mass_left[left]
    only_right = total(at, weight / in_left[word]) / mass_right[right]
    is_plain = np.array([x not in texts.names for x in vocabulary], float)
    rarest = np.zeros(len(found))
    np.maximum.at(rarest, at, weight * is_plain[word])
    cosine = total(at, weight**2 * np.log1p(times_left) * np.log1p(times_right)) / (norm_left[left] * norm_right[right])
    both = (covered_left + covered_right) / (mass_left[left] + mass_right[right])
    over_row, over_column = both - find_rival(left, both), both - find_rival(right, both)
    repeats_left, repeats_right = (
        _measure_repeats(index, texts.weights, mass) for index, mass in ((ours, mass_left), (theirs, mass_right))
    )
    is_number = np.array([x[0].isdigit() for x in vocabulary], float)

    def beside(step_left: int, step_right: int) -> Vector:
        """The cosine of each pair's neighbours, 0 outside of the articles."""
        one, other = left + step_left, right + step_right
        place = np.minimum(np.searchsorted(found, one * m + other), len(found) - 1)
        inside = (one >= 0) & (one < n) & (other >= 0) & (other < m) & (found[place] == one * m + other)
        return np.where(inside, cosine[place], 0.0)

    columns = {
        "exclusive": np.minimum(only_left, only_right),
        "covered": np.maximum(covered_left / mass_left[left], covered_right / mass_right[right]),
        "cosine": cosine,
        "shared": shared,
        "rarest": rarest,
        "numbers": total(at, weight * is_number[word]),
        "quoted": np.array([_jaccard(texts, x, y) for x, y in zip(left.tolist(), right.tolist(), strict=True)]),
        "margin": np.minimum(over_row, over_column),
        "edge": np.maximum(over_row, over_column),
        "beside": np.max([beside(-1, 0), beside(1, 0), beside(0, -1), beside(0, 1)], axis=0),
        "repeats": repeats_left[left] + repeats_right[right],
        "leads": np.where((left == 0) & (right == 0), 1.0, 0.0),
        "size": np.full(len(found), math.log(max(n * m, 1))),
    }
    return Pairs(left, right, WORDS, np.stack([columns[name] for name in WORDS], axis=1))


Index = Mapping[str, Sequence[int]]  # the sentences that have a stem


def _index(sentences: Sequence[Counter[str]]) -> Index:
    index: dict[str, list[int]] = defaultdict(list)
    for k, words in enumerate(sentences):
        for word in words:
            index[word].append(k)
    return index


def _columns(rows: Iterable[tuple[float, ...]], width: int) -> list[Any]:
    """Return rows as columns, all but a fourth one as integers."""
    import numpy as np

    table = np.array(list(rows), dtype=float).reshape(-1, width).T
    return [*table[:3].astype(np.intp), *table[3:]]


def _join(ours: Index, theirs: Index) -> Iterator[tuple[int, int, str]]:
    """Yield (left sentence, right sentence, stem) for each stem that both have, without the too common ones."""
    for word, places in ours.items():
        others = theirs.get(word, ())
        if len(places) * len(others) <= _JOINS:
            for i in places:
                for j in others:
                    yield i, j, word


def _relate(ours: Index, theirs: Index) -> list[tuple[str, str, float]]:
    """Return (left stem, right stem, relatedness) for the related stems of two articles."""
    return [(word, other, rate) for word in ours for other, rate in lexicon.relatives(word).items() if other in theirs]


def _join_related(
    related: Iterable[tuple[str, str, float]],
    ours: Index,
    theirs: Index,
    sentences: Sequence[Counter[str]],
    number: Mapping[str, int],
) -> Iterator[tuple[int, int, int, float]]:
    """Yield (left sentence, right sentence, left stem, rate) where the right has a related stem and not the same."""
    rates: dict[str, dict[int, float]] = defaultdict(dict)
    for word, other, rate in related:
        best = rates[word]
        for j in theirs[other]:
            if word not in sentences[j]:
                best[j] = max(_RELATED * rate, best.get(j, 0.0))
    for word, best in rates.items():
        if len(ours[word]) * len(best) <= _JOINS:
            for i in ours[word]:
                for j, rate in best.items():
                    yield i, j, number[word], rate


def find_rival(groups: Indices, values: Vector) -> Vector:
    """Return for each value the best other one of its group, 0 where there is none.

    >>> import numpy as np
    >>> find_rival(np.array([0, 0, 1]), np.array([0.9, 0.4, 0.7]))
    array([0.4, 0.9, 0. ])
    """
    import numpy as np

    order = np.lexsort((values, groups))
    rival = np.zeros(len(values))
    if not len(values):
        return rival
    last = np.append(groups[order][1:] != groups[order][:-1], True)  # the best of each group
    best = np.zeros(groups.max() + 1)
    second = np.zeros(groups.max() + 1)
    best[groups[order][last]] = values[order][last]
    before = np.append(last[1:], False) & ~last  # the one before it in the same group
    second[groups[order][before]] = values[order][before]
    rival = best[groups]
    is_best = np.zeros(len(values), dtype=bool)
    is_best[order[last]] = True
    rival[is_best] = second[groups[is_best]]
    return rival


def _measure_repeats(index: Index, weights: Mapping[str, float], mass: Vector) -> Vector:
    """Return for each sentence the largest share of it that an earlier sentence of the same article has."""
    import numpy as np

    shared: dict[tuple[int, int], float] = defaultdict(float)
    for word, places in index.items():
        if len(places) ** 2 <= _JOINS:
            for pair in itertools.combinations(places, 2):
                shared[pair] += weights[word]
    repeats = np.zeros(len(mass))
    for (_, later), weight in shared.items():
        repeats[later] = max(repeats[later], weight / mass[later])
    return repeats


def _jaccard(texts: Texts, i: int, j: int) -> float:
    one, other = texts.quoted[0][i], texts.quoted[1][j]
    if not (one and other):
        return 0.0
    return texts.weigh(one & other) / (texts.weigh(one | other) + 1e-9)
