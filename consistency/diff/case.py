"""What is compared: the story that each article tells, and a bead under judgment."""

from __future__ import annotations

import bisect
import collections
import datetime
import functools
import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

import attrs

from consistency import lexicon
from consistency.clauses import Outline, Parse, outline
from consistency.diff.told import Told
from consistency.facts import Finder, Reach, status, time
from consistency.language import ENGLISH, Language
from consistency.model import Agreement, Article, Bead, Fact, Kind, Sentence
from consistency.text import Token, tokenize_sentences

CLOSE = 0.75  # share of common words from which two sentences are one sentence edited
NEAR = 4  # words before and after a fact that say what it is about
MOST_FACTS = 100  # of a kind in a sentence
NAMES = frozenset({Kind.ENTITY, Kind.PLACE})
_PAST = 60  # days after which the numbers of an event are settled
_RARE = 0.6  # rarity from which a word tells one article from others
_AGREEING = 2  # content words near two facts from which they are about the same
_REPLACED = 4  # words that are taken for a replacement in two tellings


@attrs.frozen(eq=False)
class Story:
    """What one article tells: its sentences, the facts that each finder finds in each of them, and their words.

    Facts and words are looked for when they are asked for: two copies of a text have no need of them. ``parses`` has a
    parse for each sentence, or none where no clauses are asked for; ``language`` is that of the words.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    finders: tuple[Finder, ...]
    parses: Sequence[Parse] = ()
    language: Language = ENGLISH
    _outlines: dict[int, Outline] = attrs.field(factory=dict, init=False, repr=False)

    @classmethod
    def tell(
        cls,
        article: Article,
        sentences: Sequence[Sentence],
        finders: tuple[Finder, ...],
        parses: Sequence[Parse] = (),
        language: Language = ENGLISH,
    ) -> Story:
        """Return the story of an article.

        >>> len(Story.tell(Article("Rain fell."), (Sentence(0, 0, 10, "Rain fell."),), ()).stems)
        2
        """
        return cls(article, tuple(sentences), finders, parses, language)

    @functools.cached_property
    def found(self) -> tuple[tuple[tuple[Fact, ...], ...], ...]:
        """What each finder finds in each sentence."""
        return tuple(tuple(map(tuple, finder.find(self.article, self.sentences))) for finder in self.finders)

    @functools.cached_property
    def tokens(self) -> tuple[tuple[Token, ...], ...]:
        """The words of each sentence."""
        return tokenize_sentences(self.sentences, self.language)

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset([token.stem for token in itertools.chain.from_iterable(self.tokens)])

    @functools.cached_property
    def rare(self) -> frozenset[str]:
        """Its stems that are rare in news: names, and what it is about."""
        return frozenset(word for word in self.stems if lexicon.rarity(word, self.language) >= _RARE)

    def outline(self, sentence: Sentence) -> Outline:
        """Return the clauses of one of its sentences."""
        index = sentence.index
        if index not in self._outlines:
            self._outlines[index] = outline(self.parses[index])
        return self._outlines[index]

    def collect(self, finder: Finder, sentences: Iterable[Sentence]) -> tuple[Fact, ...]:
        """Return what a finder found in some sentences."""
        found = self.found[self.finders.index(finder)]
        return tuple(fact for sentence in sentences for fact in found[sentence.index])

    def tells(self, fact: Fact, finder: Finder) -> bool:
        """Say whether the same fact stands anywhere in the article."""
        told = self._told[self.finders.index(finder)].get(fact.kind)
        return told is not None and told.tells(fact)

    def count_answers(self, fact: Fact, finder: Finder, most: int) -> int:
        """Return how many facts of the article say something else, or finer, of the same thing; counted up to most."""
        told = self._told[self.finders.index(finder)].get(fact.kind)
        return 0 if told is None else told.count_answers(fact, most)

    @functools.cached_property
    def _told(self) -> tuple[Mapping[Kind | None, Told], ...]:
        """What each finder found, by kind."""
        told = []
        for finder, found in zip(self.finders, self.found, strict=True):
            kinds = collections.defaultdict[Kind | None, list[Fact]](list)
            for fact in itertools.chain.from_iterable(found):
                kinds[fact.kind].append(fact)
            told.append({kind: Told(finder, facts) for kind, facts in kinds.items()})
        return tuple(told)


@attrs.frozen(eq=False)
class Side:
    """One side of a bead: some sentences of a story, with their words and facts."""

    story: Story
    sentences: tuple[Sentence, ...]

    @functools.cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        return tuple(itertools.chain.from_iterable(self.story.tokens[s.index] for s in self.sentences))

    @functools.cached_property
    def found(self) -> tuple[tuple[Fact, ...], ...]:
        """What each finder found in it."""
        return tuple(self.story.collect(finder, self.sentences) for finder in self.story.finders)

    @functools.cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """The clauses of its sentences; none where the story was told without parses, or in another language."""
        is_read = self.story.parses and self.story.language.is_based_on(ENGLISH)  # clauses are read by English words
        return tuple(map(self.story.outline, self.sentences)) if is_read else ()

    @functools.cached_property
    def nouns(self) -> frozenset[int]:
        """Where nouns end, names too."""
        parses = [self.story.parses[sentence.index] for sentence in self.sentences] if self.outlines else ()
        words = itertools.chain.from_iterable(zip(parse.ends, parse.upos, strict=True) for parse in parses)
        return frozenset(end for end, upos in words if upos in ("NOUN", "PROPN"))

    @functools.cached_property
    def compounds(self) -> frozenset[str]:
        """What two neighbouring words may also be written as."""
        return frozenset(one.norm + other.norm for one, other in itertools.pairwise(self.tokens))

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @property
    def facts(self) -> Iterator[Fact]:
        """All its facts."""
        return itertools.chain.from_iterable(self.found)

    def words_of(self, fact: Fact) -> range:
        """Return the positions of a fact's words among the tokens."""
        return range(bisect.bisect_left(self._starts, fact.start), bisect.bisect_left(self._starts, fact.end))

    def around(self, words: range) -> frozenset[str]:
        """Return the stems beside some words that say what those are about."""
        near = *self.tokens[max(0, words.start - NEAR) : words.start], *self.tokens[words.stop : words.stop + NEAR]
        return frozenset(token.stem for token in near if self.weigh(token) >= lexicon.CONTENT)

    def weigh(self, token: Token) -> float:
        """Return how rare a word is in its language, in [0, 1]."""
        return lexicon.rarity(token.stem, self.story.language)

    def facts_of(self, finder: Finder) -> tuple[Fact, ...]:
        """Return what a finder found, without states, and at most as many as a sentence has that is no table."""
        found = self.found[self.story.finders.index(finder)]
        return tuple(fact for fact in found if not is_state(fact))[:MOST_FACTS]

    def states_of(self, kind: Kind) -> list[Fact]:
        """Return its marked verbs of status or polarity, at most as many."""
        return [fact for fact in self.facts if fact.kind is kind and is_state(fact)][:MOST_FACTS]

    def quote(self, start: int, end: int, kind: Kind = Kind.DETAIL) -> Fact:
        """Return words of the article as a fact of a kind."""
        text = self.story.article.text[start:end]
        return Fact(kind, start, end, text, " ".join(text.split()))


@attrs.frozen(eq=False)
class Case:
    """A bead under judgment: both sides, and how their words stand to each other."""

    bead: Bead
    left: Side
    right: Side

    @classmethod
    def open(cls, bead: Bead, left: Story, right: Story) -> Case:
        """Return the case of a bead between two stories."""
        return cls(bead, Side(left, bead.left), Side(right, bead.right))

    @functools.cached_property
    def _stems(self) -> tuple[list[str], list[str]]:
        return [token.stem for token in self.left.tokens], [token.stem for token in self.right.tokens]

    @functools.cached_property
    def edits(self) -> tuple[tuple[int, int, int, int], ...]:
        """Ranges of left and right words that answer each other (Levenshtein)."""
        from rapidfuzz.distance import Levenshtein

        if not all(self._stems):
            return ()
        turned = self._stems[1] < self._stems[0]  # of several shortest edits the same one from either side
        edits = [
            (op.src_start, op.src_end, op.dest_start, op.dest_end)
            for op in Levenshtein.opcodes(*(reversed(self._stems) if turned else self._stems))
        ]
        return tuple((i1, i2, j1, j2) for j1, j2, i1, i2 in edits) if turned else tuple(edits)

    @functools.cached_property
    def closeness(self) -> float:
        """The share of words in common order, 0 to 1."""
        from rapidfuzz.distance import Indel

        return Indel.normalized_similarity(*self._stems) if all(self._stems) else 0.0

    @property
    def language(self) -> Language:
        """What the articles are written in."""
        return self.left.story.language

    @property
    def is_dated(self) -> bool:
        """Whether the days of both articles are known."""
        return None not in (self.left.story.article.published, self.right.story.article.published)

    @property
    def time_has_passed(self) -> bool:
        """Whether the two articles are known to be of different days."""
        days = self.left.story.article.published, self.right.story.article.published
        return None not in days and days[0] != days[1]

    @property
    def looks_back(self) -> bool:
        """Whether both sides tell of one time long before the first article: its numbers do not grow any more."""
        days = [day for side in (self.left, self.right) if (day := side.story.article.published)]
        if not days:
            return False
        past = min(days) - datetime.timedelta(days=_PAST)
        ours, theirs = ([f for f in side.facts if ended_before(f, past)] for side in (self.left, self.right))
        return any(time.compare(one, other) is Agreement.SAME for one in ours for other in theirs)

    @property
    def order(self) -> int:
        """1 where the right article is known to be the later one, -1 where the left one is, else 0."""
        left, right = (side.story.article.published for side in (self.left, self.right))
        return (left < right) - (left > right) if left and right else 0

    def answer(self, fact: Fact, other: Side) -> Iterator[Token]:
        """Yield the words of the other side that were put in the place of a fact."""
        ours = (self.left if other is self.right else self.right).words_of(fact)
        for i1, i2, j1, j2 in self.edits:
            (start, stop), (first, last) = ((i1, i2), (j1, j2)) if other is self.right else ((j1, j2), (i1, i2))
            if start < ours.stop and ours.start < stop:
                yield from other.tokens[first:last]

    def is_kept(self, edit: tuple[int, int, int, int]) -> bool:
        """Say whether an edit keeps the words as they are."""
        i1, i2, j1, j2 = edit
        return i2 - i1 == j2 - j1 and self.left.tokens[i1].stem == self.right.tokens[j1].stem

    def replaces(self, ours: range, theirs: range) -> bool:
        """Say whether some words were put in the place of others: the words right before and after them are kept."""
        return self.keeps(ours.start - 1, theirs.start - 1) and self.keeps(ours.stop, theirs.stop)

    def are_of_facts(self, left: Fact, right: Fact) -> bool:
        """Say whether words of both sides stand in facts that agree, or that are compared wherever they stand."""

        def are_told(finder: Finder, one: Fact, other: Fact) -> bool:
            agreement = finder.compare(one, other)
            differs = agreement is not None and finder.reach is not Reach.ALIKE  # other names in two tellings are not
            return differs or agreement is Agreement.SAME

        return any(
            are_told(finder, one, other)
            for finder in self.left.story.finders
            for one in self.left.facts_of(finder)
            if one.start <= left.start and left.end <= one.end
            for other in self.right.facts_of(finder)
            if other.start <= right.start and right.end <= other.end
        )

    @functools.cached_property
    def _replaced_ends(self) -> frozenset[tuple[int, int]]:
        short = (e for e in self.edits if 0 < e[1] - e[0] <= _REPLACED and 0 < e[3] - e[2] <= _REPLACED)
        return frozenset((edit[1], edit[3]) for edit in short if not self.is_kept(edit))

    def writes_apart(self, left: Fact, right: Fact) -> bool:
        """Say whether either side writes the other's word as two: "workaround", "work-around"."""
        return left.text.casefold() in self.right.compounds or right.text.casefold() in self.left.compounds

    def ends_replaced(self, ours: range, theirs: range) -> bool:
        """Say whether some words end a few that were put in the place of others: "a van", "my bus"."""
        return (ours.stop, theirs.stop) in self._replaced_ends

    def keeps(self, i: int, j: int) -> bool:
        """Say whether a word of the left answers one of the right and is the same; so do the ends of both sides."""
        ends = i < 0 or i >= len(self.left.tokens), j < 0 or j >= len(self.right.tokens)
        if any(ends):
            return all(ends) and (i < 0) is (j < 0)
        edit = self.edits[bisect.bisect_right(self.edits, i, key=itemgetter(0)) - 1]
        return edit[0] <= i < edit[1] and i - edit[0] == j - edit[2] and self.is_kept(edit)

    def is_same_place(self, left: Fact, right: Fact) -> bool:
        """Say whether two facts stand in the same place of the statement, so that one answers the other.

        In one sentence edited, what was put in the place of what; in two tellings, where the words around agree.
        """
        ours, theirs = self.left.words_of(left), self.right.words_of(right)
        most = sys.maxsize
        if self.closeness < CLOSE:
            near = self.left.around(ours) & self.right.around(theirs)
            if len(near) >= _AGREEING:
                return True
            most = _REPLACED if near else 0
        first = bisect.bisect_left(self.edits, ours.start, key=itemgetter(1))
        for edit in itertools.islice(self.edits, first, None):
            i1, i2, j1, j2 = edit
            if i1 > ours.stop:
                break
            met = _meets(ours, i1, i2) and _meets(theirs, j1, j2) and max(i2 - i1, j2 - j1) <= most
            if met and (not self.is_kept(edit) or _overlap(ours, theirs, j1 - i1)):
                return True
        return False


def _overlap(ours: range, theirs: range, shift: int) -> bool:
    return ours.start + shift < theirs.stop and theirs.start < ours.stop + shift


def _meets(words: range, first: int, stop: int) -> bool:
    """Whether words have a part in an edit; what was put in or taken out stands beside the words that it touches."""
    return words.start - (first == stop) < stop and first < words.stop + (first == stop)


def is_state(fact: Fact) -> bool:
    """Say whether a fact is a marked verb of status or polarity.

    >>> is_state(Fact(Kind.STATUS, 0, 10, "will visit", status.Status(status.Phase.PLANNED, "visit")))
    True
    """
    return isinstance(fact.value, status.Status)


def ended_before(fact: Fact, day: datetime.date) -> bool:
    """Say whether a fact is a time that is known to have ended before a day.

    >>> day = datetime.date(2024, 5, 1)
    >>> ended_before(Fact(Kind.TIME, 0, 5, "May 1", time.Time(time.Grain.DAY, day, day)), datetime.date(2024, 5, 2))
    True
    """
    return isinstance(fact.value, time.Time) and fact.value.last is not None and fact.value.last < day
