"""Texts: the sentences of both articles, each read once, and how much each of their stems weighs."""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from consistency import lexicon
from consistency.aligner.acts import list_arcs, read_act
from consistency.clauses import Parse, Parses, find_parser
from consistency.facts import status
from consistency.language import ENGLISH, Language
from consistency.model import Sentence
from consistency.text import Token, fold_typography, tokenize, tokenize_sentences

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Indices = npt.NDArray[np.intp]

Trees = tuple[Sequence[Parse] | None, Sequence[Parse] | None]

_LETTERS = 2_000  # letters of a sentence that are compared
_COMMON_WEIGHT = 0.03
_OPENING = 6  # content words
_MOST = 100  # content words of a sentence that are looked at
_FAR = 0.1  # nearness of a word that the parse cuts elsewhere


@attrs.frozen(eq=False)
class Content:
    """The content words of a sentence, each once, in order; and what stands in its tree.

    Attributes:
        stems: the words.
        rows: what each is, one after the other, in the order of ``FIELDS``.
        arcs: content words and those that they hang on.
        flags: 1 where the sentence is denied, where a pronoun stands for somebody, where somebody says it.
    """

    FIELDS = ("weight", "opens", "is_quoted", "place", "near", "acts", "suffers", "says", "is_verb")

    stems: tuple[str, ...]
    rows: tuple[float, ...]
    arcs: tuple[tuple[str, str], ...]
    flags: tuple[bool, bool, bool]


@attrs.frozen(eq=False)
class Wording:
    """The words of a sentence, read once for all its pairs."""

    tokens: tuple[Token, ...]
    stems: Counter[str]
    quoted: frozenset[str]  # stems inside quote marks
    letters: str  # its stems as one text
    parses: Sequence[Parse]  # of all sentences of its article
    place: int  # of its own parse
    language: Language

    @classmethod
    def read(
        cls,
        text: str,
        tokens: tuple[Token, ...],
        parses: Sequence[Parse],
        place: int,
        language: Language = ENGLISH,
    ) -> Wording:
        """Return the words of a sentence.

        >>> Wording.read("Rain fell.", tokenize("Rain fell."), (), 0).stems
        Counter({'rain': 1, 'fall': 1})
        """
        stems = Counter([token.stem for token in tokens])
        quoted, letters = _read_quoted(text, language) & stems.keys(), sort_letters(stems.elements())
        return cls(tokens, stems, quoted, letters, parses, place, language)

    @functools.cached_property
    def content(self) -> Content:
        """The content words."""
        tokens, parse = self.tokens, self.parses[self.place]
        last = max(len(tokens) - 1, 1)
        act, nodes = read_act(parse, self.language), {start: k for k, start in enumerate(parse.starts)}
        found = [
            (k, token.stem, weight, nodes.get(token.start, -1))
            for k, token in enumerate(tokens)
            if (weight := lexicon.rarity(token.stem, self.language)) >= lexicon.CONTENT
        ][:_MOST]
        first: dict[str, tuple[int, float, int]] = {}
        for k, word, weight, node in found:
            first.setdefault(word, (k, weight, node))
        rows: list[float] = []
        for rank, (word, (k, weight, node)) in enumerate(first.items()):
            near = 1 / (1 + act.steps[node]) if node >= 0 else _FAR
            rows += (weight, rank < _OPENING, word in self.quoted, k / last, near)
            rows += (node in act.who, node in act.whom, node in act.speaker, node in act.verbs)
        stems = {node: word for _, word, _, node in found if node >= 0}
        norms, speech = [token.norm for token in tokens], lexicon.Speech.read(self.language)
        return Content(
            tuple(first),
            tuple(rows),
            tuple((stems[k], stems[head]) for k, head in list_arcs(parse, stems.keys())),
            (
                status.is_denied(tokens, self.language),
                not speech.pronouns.isdisjoint(norms),
                not speech.saying.isdisjoint(norms),
            ),
        )


@attrs.frozen(eq=False)
class Words:
    """The words of the sentences of an article, read when they are asked for; without parses, they are parsed then.

    >>> Words([Sentence(0, 0, 10, "Rain fell.")]).wordings[0].letters
    'fall rain'
    """

    sentences: Sequence[Sentence]
    parses: Sequence[Parse] | None = None
    language: Language = ENGLISH

    @functools.cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """Those of each sentence."""
        parses = Parses(self.sentences, find_parser(self.language)) if self.parses is None else self.parses
        tokens = tokenize_sentences(tuple(self.sentences), self.language)
        told = enumerate(zip(self.sentences, tokens, strict=True))
        return tuple(Wording.read(each.text, cut, parses, place, self.language) for place, (each, cut) in told)


def read_contents(side: Sequence[Wording]) -> list[Content]:
    """Return the content words of some sentences of one side, which are parsed at once where they are not yet.

    >>> rain = Texts.read([Sentence(0, 0, 10, "Rain fell.")], [])
    >>> read_contents(rain.left)[0].stems
    ('rain', 'fall')
    """
    for words in side[:1]:
        if isinstance(words.parses, Parses):
            words.parses.read(each.place for each in side)
    return [words.content for words in side]


def _read_quoted(text: str, language: Language) -> frozenset[str]:
    parts = fold_typography(text).split('"')[1::2]
    return frozenset(token.stem for part in parts for token in tokenize(part, 0, language))


def sort_letters(words: Iterable[str]) -> str:
    """Return the words in the order of the alphabet, as one text of bounded length.

    >>> sort_letters(["rain", "fell"])
    'fell rain'
    """
    return " ".join(sorted(words))[:_LETTERS]


@attrs.frozen(eq=False)
class Texts:
    """The words of both lists of sentences; a stem weighs what it is rare in news and in the two articles."""

    left: tuple[Wording, ...]
    right: tuple[Wording, ...]
    weights: Mapping[str, float]
    names: frozenset[str]  # stems with a capital wherever they stand, and not only at the start; and numbers
    similarity: Vector | None = None  # a row for each left sentence, a column for each right one
    language: Language = ENGLISH

    @classmethod
    def read(
        cls,
        left: Sequence[Sentence],
        right: Sequence[Sentence],
        similarity: Vector | None = None,
        parses: Trees = (None, None),
        language: Language = ENGLISH,
    ) -> Texts:
        """Return the texts of the sentences of both sides; without parses, they are parsed where that is asked for.

        >>> Texts.read([Sentence(0, 0, 10, "Rain fell.")], []).left[0].letters
        'fall rain'
        """
        ours, theirs = (Words(side, some, language) for side, some in zip((left, right), parses, strict=True))
        return cls.join(ours.wordings, theirs.wordings, similarity, language)

    @classmethod
    def join(
        cls,
        left: Sequence[Wording],
        right: Sequence[Wording],
        similarity: Vector | None = None,
        language: Language = ENGLISH,
    ) -> Texts:
        """Return the texts of two articles whose words are read already.

        >>> rain = Words([Sentence(0, 0, 10, "Rain fell.")]).wordings
        >>> sorted(Texts.join(rain, rain).weights)
        ['fall', 'rain']
        """
        sentences = *left, *right
        total = len(sentences) + 1
        frequency = Counter(itertools.chain.from_iterable(words.stems for words in sentences))
        weights = {}
        for word, count in frequency.items():
            rarity = lexicon.rarity(word, language)
            local = max(0.05, math.log(total / (count + 0.5)) / math.log(total))
            weights[word] = (rarity if rarity >= lexicon.CONTENT else _COMMON_WEIGHT) * local
        return cls(tuple(left), tuple(right), weights, _find_names(sentences), similarity, language)

    @property
    def sides(self) -> tuple[tuple[Wording, ...], tuple[Wording, ...]]:
        """Left and right."""
        return self.left, self.right

    def choose(self, rows: Sequence[int], columns: Sequence[int]) -> Texts:
        """Return some sentences of either side, with the weights and the names of all.

        >>> Texts.read([Sentence(0, 0, 10, "Rain fell.")], []).choose([], []).left
        ()
        """
        part = None if self.similarity is None else self.similarity[rows][:, columns]
        left, right = (tuple(side[k] for k in kept) for side, kept in zip(self.sides, (rows, columns), strict=True))
        return attrs.evolve(self, left=left, right=right, similarity=part)

    def weigh(self, words: Iterable[str]) -> float:
        """Return the weight of all the words together.

        >>> Texts.read([Sentence(0, 0, 10, "Rain fell.")], []).weigh([])
        0
        """
        return sum(map(self.weights.__getitem__, words))


def _find_names(sentences: Iterable[Wording]) -> frozenset[str]:
    inside, small = set[str](), set[str]()
    for words in sentences:
        speaks = any(token.text[0].islower() for token in words.tokens)  # a line of capitals tells no names
        for k, token in enumerate(words.tokens):
            first = token.text[0]
            if first.isupper():
                if k and speaks:
                    inside.add(token.stem)
            else:
                (inside if first.isdigit() else small).add(token.stem)
    return frozenset(inside - small)
