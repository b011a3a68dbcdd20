"""What is known of words: how rare a stem is in news, which stems are related, which are opposites, what they mean.

The tables and their sources are listed in ``consistency/languages/en/README.md``.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING

import attrs

from consistency.language import ENGLISH, Language
from consistency.text import stem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CONTENT = 0.3  # rarity from which a word carries content; below are function words
SYNONYM = 0.5  # relatedness from which two words stand for each other: a shared sense among the first two


@attrs.frozen
class FunctionWords:
    """The words of grammar of a language by class, as ``grammar.toml`` has them.

    >>> "him" in FunctionWords.read(ENGLISH).pronouns
    True
    """

    articles: frozenset[str]
    determiners: frozenset[str]
    possessives: frozenset[str]
    pronouns: frozenset[str]
    be: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: frozenset[str]
    light: frozenset[str]

    @classmethod
    def read(cls, language: Language) -> FunctionWords:
        """Return the words of a language."""
        return language.read("grammar.toml", cls)


@attrs.frozen
class Speech:
    """The words of speech of a language, as ``speech.toml`` has them.

    >>> "told" in Speech.read(ENGLISH).saying
    True
    """

    saying: frozenset[str]
    nouns_too: frozenset[str]
    telling: frozenset[str]
    asking: frozenset[str]
    sourcing: tuple[str, ...]
    pronouns: frozenset[str]
    sources: frozenset[str]
    around: frozenset[str]
    skipped: frozenset[str]
    ends: frozenset[str]

    @classmethod
    def read(cls, language: Language) -> Speech:
        """Return the words of a language."""
        return language.read("speech.toml", cls)


@functools.cache
def function_words(language: Language = ENGLISH) -> frozenset[str]:
    """Return all words of grammar, folded: those that tell nothing by themselves.

    >>> {"the", "of", "river"} & function_words() == {"the", "of"}
    True
    """
    return frozenset().union(*attrs.asdict(FunctionWords.read(language)).values())


@functools.cache
def _frequencies(language: Language) -> tuple[float, dict[str, int]]:
    counts = {word: int(count) for word, count in language.read_rows("frequencies.txt")}
    if not counts:  # of two sentences each word of grammar stands in one
        counts = dict.fromkeys((stem(word, language) for word in function_words(language)), 1) | {"*": 1}
    return math.log(counts.pop("*") + 1), counts  # the line "*" holds the number of sentences


@functools.cache
def _related(language: Language) -> dict[str, dict[str, float]]:
    related: dict[str, dict[str, float]] = {}
    for left, right, weight in language.read_rows("related.txt"):
        related.setdefault(left, {})[right] = related.setdefault(right, {})[left] = int(weight) / 100
    return related


@functools.cache
def _opposites(language: Language) -> dict[str, set[str]]:
    stems = functools.partial(stem, language=language)
    pairs = [(left, right) for left, right in language.read_rows("antonyms.txt")]
    for row in language.read_rows("opposites.txt"):
        split = row.index("|")
        pairs.extend(itertools.product(map(stems, row[:split]), map(stems, row[split + 1 :])))
    opposites: dict[str, set[str]] = {}
    for left, right in pairs:
        opposites.setdefault(left, set()).add(right)
        opposites.setdefault(right, set()).add(left)
    return opposites


@functools.cache
def _vectors(language: Language) -> tuple[dict[str, int], npt.NDArray[np.float32]]:
    import numpy as np

    path = language.find("vectors.npz")
    if not path.is_file():
        return {}, np.zeros((0, 1), np.float32)
    with path.open("rb") as file:
        table = np.load(file, allow_pickle=False)
        rows = {word.decode(): row for row, word in enumerate(table["words"].tolist())}
        return rows, table["vectors"].astype(np.float32)


@functools.lru_cache(1 << 16)
def rarity(word: str, language: Language = ENGLISH) -> float:
    """Return the inverse document frequency of a stem, scaled to [0, 1]; 1 for a stem that news never had.

    In a language without frequencies it is 0 for words of grammar and 1 for all others.

    >>> rarity(stem("the")) < rarity(stem("minister")) < rarity(stem("samarkand"))
    True
    """
    total, counts = _frequencies(language)
    return 1 - math.log(counts.get(word, 0) + 1) / total


def relatives(word: str, language: Language = ENGLISH) -> dict[str, float]:
    """Return the stems that are related to a stem with their weight in (0, 1] (WordNet 3.0).

    >>> relatives(stem("buy"))[stem("purchase")]
    1.0
    """
    return _related(language).get(word, {})


def embed(sentences: Sequence[Mapping[str, int]], language: Language = ENGLISH) -> npt.NDArray[np.float32]:
    """Return a vector of length 1 for each sentence, given as its stems and their counts; zeros where none is known.

    The cosine of two vectors says how alike the sentences are in meaning. A sentence is the sum of its words, whose
    vectors are learned from the sentence vectors of all-MiniLM-L6-v2 (``benchmarks/make_vectors.py``). Of a language
    without vectors no word is known.

    >>> storm, gale, court = embed([{"storm": 1}, {"hurrican": 1}, {"court": 1}])
    >>> bool(storm @ gale > storm @ court)
    True
    """
    import numpy as np

    rows, vectors = _vectors(language)
    known = [
        (k, rows[word], count) for k, words in enumerate(sentences) for word, count in words.items() if word in rows
    ]
    sums = np.zeros((len(sentences), vectors.shape[1]), np.float32)
    if known:
        places, found, counts = np.fromiter(itertools.chain.from_iterable(known), int).reshape(-1, 3).T
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        sums[places[starts]] = np.add.reduceat(vectors[found] * counts[:, None], starts)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)


def compare_meaning(one: Mapping[str, int], other: Mapping[str, int], language: Language = ENGLISH) -> float:
    """Return how alike two lists of stems with their counts are in meaning: the cosine of their vectors, to 4 digits.

    It is in [-1, 1], and 0 where of one of them no stem is known.

    >>> compare_meaning({"storm": 1}, {"storm": 2}), compare_meaning({"storm": 1}, {})
    (1.0, 0.0)
    """
    left, right = embed((one, other), language)
    return round(float(left @ right), 4)


def are_synonyms(left: str, right: str, language: Language = ENGLISH) -> bool:
    """Say whether two stems can stand for each other: equal, or synonyms, and no opposites.

    >>> are_synonyms(stem("began"), stem("started"))
    True
    >>> are_synonyms(stem("rose"), stem("fell"))
    False
    """
    related = relatives(left, language).get(right, 0.0) >= SYNONYM
    return left == right or (related and not are_opposites(left, right, language))


def opposites(word: str, language: Language = ENGLISH) -> Set[str]:
    """Return the stems that cannot hold of one thing together with a stem.

    >>> stem("fell") in opposites(stem("rose"))
    True
    """
    return _opposites(language).get(word, frozenset())


def are_opposites(left: str, right: str, language: Language = ENGLISH) -> bool:
    """Say whether two stems cannot both hold of one thing.

    >>> are_opposites(stem("rose"), stem("fell")), are_opposites(stem("rose"), stem("climbed"))
    (True, False)
    """
    return right in opposites(left, language)
