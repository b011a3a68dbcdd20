"""Who a pronoun is: the name before it that alone stands out by gender, kind, part and nearness.

A careful cut of Lappin & Leass (1994): names are weighed by how near they are and what they were; a pronoun is left
open where two names weigh nearly the same.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence

import attrs

from consistency.clauses.syntax import Syntax, load_words
from consistency.clauses.tree import Parse
from consistency.facts.name import Name, Sort
from consistency.facts.name.gazetteer import load_tables
from consistency.model import Fact

_FAR = 3  # sentences back to which a name is remembered
_MARGIN = 2.0  # by which one name must outweigh all others
_WEIGHTS = {"nsubj": 2.0, "obj": 0.5, "nmod": -1.0, "compound": -2.0}  # of what a name is
_KNOWN = 1.0  # where the article has told the gender
_NEARNESS = 2.0  # for each sentence that a name is nearer
_KINDS = {"he": Sort.PERSON, "she": Sort.PERSON, "it": Sort.GROUP}
_ACTING = frozenset(["nsubj", "obj", "obl", "nmod", "root"])


@attrs.frozen
class Reference:
    """A word that stands for a name: its number in the parse of a sentence, and the name as it was last said.

    >>> from consistency.model import Kind
    >>> Reference(1, 0, Fact(Kind.ENTITY, 0, 4, "Brun")).word
    0
    """

    sentence: int
    word: int
    name: Fact


@attrs.define(eq=False)
class _Bearer:
    """Whom the article names, and where it last did."""

    key: tuple[str, ...]
    name: Fact | None  # None for somebody whom it does not name
    sentence: int
    word: int
    weight: float
    gender: str = ""


def resolve(parses: Sequence[Parse], names: Sequence[Sequence[Fact]]) -> tuple[Reference, ...]:
    """Return what the pronouns of an article, and words like "the company", stand for, where that is plain.

    ``names`` are the entities and places of each sentence, as ``consistency.facts.name`` finds them.

    >>> from consistency.clauses import parse
    >>> from consistency.facts import name
    >>> from consistency.model import Article, Sentence
    >>> text = "Ada Brun resigned. She left Tarn."
    >>> sentences = [Sentence(0, 0, 18, text[:18]), Sentence(1, 19, 33, text[19:])]
    >>> [(r.sentence, r.name.text) for r in resolve(parse(sentences), name.find(Article(text), sentences))]
    [(1, 'Ada Brun')]
    """
    reader = _Memory()
    return tuple(
        reference
        for sentence, (parse, found) in enumerate(zip(parses, names, strict=True))
        for reference in reader.read(sentence, Syntax(parse), found)
    )


class _Memory:
    """Reads an article sentence by sentence, and remembers whom it named."""

    def __init__(self) -> None:
        self.bearers: dict[tuple[str, ...], _Bearer] = {}  # the last one named is the last
        self.words = words = load_words()
        self.people = load_tables().lists.roles | words.groups["people"] | words.genders["he"] | words.genders["she"]
        self.quoted = False  # whether a quotation goes on from the sentence before

    def read(self, sentence: int, syntax: Syntax, found: Sequence[Fact]) -> Iterator[Reference]:
        parse = syntax.parse
        named = {_find_head(parse, fact): fact for fact in found if isinstance(fact.value, Name)}
        inside = {word for fact in found for word in _cover(parse, fact)}
        for word in range(len(parse)):
            if word in named:
                self._meet(sentence, word, syntax, named[word])
            elif word not in inside and self._is_somebody(word, syntax):
                self._meet(sentence, word, syntax, None)
            elif word not in inside and (pronoun := self._classify(word, syntax)):
                bearer = self._choose(sentence, word, pronoun, syntax)
                if bearer and bearer.name:
                    yield Reference(sentence, word, bearer.name)
                if bearer:
                    bearer.gender = bearer.gender or pronoun
                    self._move(bearer, sentence, word, _weigh(word, syntax))
        self.quoted = _is_left_open(parse, self.quoted)

    def _is_somebody(self, word: int, syntax: Syntax) -> bool:
        """Say whether a noun is a person whom the sentence does not name: another one whom a pronoun may stand for."""
        is_person = syntax.parse.upos[word] == "NOUN" and syntax.lemma(word) in self.people
        is_named = any(syntax.parse.upos[k] == "PROPN" for k in _list_near(word, syntax))
        return is_person and not is_named and syntax.relations[word] in _ACTING

    def _meet(self, sentence: int, word: int, syntax: Syntax, fact: Fact | None) -> None:
        weight = _weigh(word, syntax)
        key = fact.value.words if fact and isinstance(fact.value, Name) else (syntax.lemma(word),)
        bearer = self.bearers.get(key)
        if bearer is None:
            bearer = self.bearers[key] = _Bearer(key, fact, sentence, word, weight)
        elif bearer.sentence < sentence or bearer.weight < weight:
            self._move(bearer, sentence, word, weight)
        bearer.name = fact
        near = {syntax.parse.norm(k).rstrip(".") for k in _list_near(word, syntax)}
        near |= {syntax.parse.norm(word - 1).rstrip(".")} if word else set()
        near |= {syntax.lemma(word)}
        bearer.gender = bearer.gender or next((g for g, words in self.words.genders.items() if near & words), "")

    def _move(self, bearer: _Bearer, sentence: int, word: int, weight: float) -> None:
        bearer.sentence, bearer.word, bearer.weight = sentence, word, weight
        self.bearers[bearer.key] = self.bearers.pop(bearer.key)

    def _classify(self, word: int, syntax: Syntax) -> str:
        """Return which pronoun a word is, or stands for."""
        norm = syntax.parse.norm(word)
        if syntax.parse.upos[word] == "PRON":
            kind = next((kind for kind, forms in self.words.pronouns.items() if norm in forms), "")
            return "" if syntax.relations[word] == "expl" else kind
        if norm in self.words.groups["names"] and syntax.relations[word] in ("nsubj", "nmod", "obj", "obl"):
            determiners = [syntax.parse.norm(k) for k in syntax.parse.children(word)]
            return "it" if determiners == ["the"] else ""
        return ""

    def _choose(self, sentence: int, word: int, pronoun: str, syntax: Syntax) -> _Bearer | None:
        """Return the one that a pronoun stands for, ``None`` where that is not plain."""
        remembered = itertools.takewhile(lambda b: sentence - b.sentence <= _FAR, reversed(self.bearers.values()))
        near = [bearer for bearer in remembered if self._fits(bearer, pronoun, sentence, word, syntax)]
        weighed = sorted(
            (
                (b.weight + (b.gender == pronoun) * _KNOWN - _NEARNESS * (sentence - b.sentence), b.sentence, b.word, b)
                for b in near
            ),
            key=lambda row: row[:3],
            reverse=True,
        )
        if not weighed or (len(weighed) > 1 and weighed[0][0] - weighed[1][0] < _MARGIN):
            return None
        return weighed[0][3]

    def _fits(self, bearer: _Bearer, pronoun: str, sentence: int, word: int, syntax: Syntax) -> bool:
        sort = bearer.name.value.sort if bearer.name and isinstance(bearer.name.value, Name) else Sort.PERSON
        if sort is not _KINDS[pronoun] or bearer.gender not in ("", pronoun):
            return False
        is_here, parse = bearer.sentence == sentence, syntax.parse
        if parse.upos[word] != "PRON":  # "the company": who acted last
            return bearer.weight == _WEIGHTS["nsubj"]
        if pronoun == "it":  # may be anything else: only who acts in the same sentence is plain
            return is_here and bearer.weight == _WEIGHTS["nsubj"] and not self.quoted
        if self.quoted or syntax.quoted[word]:  # whom a speaker means, the article may not have named
            return is_here and syntax.quoted[word] == syntax.quoted[bearer.word]
        return not is_here or parse.xpos[word] == "PRP$" or parse.heads[word] != parse.heads[bearer.word]


def _cover(parse: Parse, fact: Fact) -> range:
    """Return the words of a fact."""
    return range(bisect.bisect_left(parse.starts, fact.start), bisect.bisect_left(parse.starts, fact.end))


def _find_head(parse: Parse, fact: Fact) -> int:
    """Return the word of a name that hangs on a word outside of it."""
    inside = _cover(parse, fact)
    return next((word for word in inside if parse.heads[word] not in inside), -1)


def _is_left_open(parse: Parse, before: bool) -> bool:
    """Say whether a quotation goes on behind a sentence."""
    for form in parse.forms:
        if form[0] in '“"”':
            before = form[0] == "“" or (form[0] == '"' and not before)
    return before


def _list_near(word: int, syntax: Syntax) -> list[int]:
    """Return the words that tell what a name is: before it, in apposition, or its predicate."""
    near = syntax.hanging(word, "compound", "appos", "nmod")
    head = syntax.parse.heads[word]
    if head >= 0 and (syntax.relations[word] == "appos" or syntax.hanging(head, "cop")):
        near.append(head)
    return near


def _weigh(word: int, syntax: Syntax) -> float:
    """Return how much the part that a name has speaks for it; of coordinated ones, that of the first."""
    if syntax.relations[word] == "conj":
        word = syntax.parse.heads[word]
    return _WEIGHTS.get(syntax.relations[word], 0.0)
