"""Judging: a bead becomes a pair. Rules in order, the first answer wins; the order is the policy.

1. A sentence alone is unique.
2. The same words, typography folded, are identical, whatever facts are in them.
3. A fact that differs, or that only one side has while the whole other article is silent on it, makes an update.
4. All else says the same in other words: paraphrased.
"""

from __future__ import annotations

import bisect
import datetime
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from consistency import lexicon
from consistency.facts import Finder, quantity, status, time
from consistency.model import Agreement, Article, Bead, Change, Fact, Kind, Nature, Pair, Relation, Sentence
from consistency.text import Token, fold, tokenize

_CLOSE = 0.75  # share of common words from which two sentences are one sentence edited
_PAST = 60  # days after which the numbers of an event are settled
_MOST_FACTS = 100  # of a kind in a sentence
_NEAR = 4  # words before and after a fact that say what it is about
_AGREEING = 2  # content words near two facts from which they are about the same
_REPLACED = 4  # words that are taken for a replacement in two tellings
_LOOSE = 0.5  # share of common words below which two names are not taken for each other
_PHRASE_GAP = 2  # known words inside of a phrase of unknown ones
_DETAIL = 2.5  # rarity, summed over the words that only one side has, that makes a detail of substance
_DETAIL_TOO = 1.5  # the same where a fact has changed already
_SAYING = frozenset(
    "say tell report add note state accord ask explain write continu insist claim argu describ statement "
    "interview spokesman spokeswoman spokesperson news conferenc press announc repli respond remark "
    "comment".split()
)


@attrs.frozen(eq=False)
class Story:
    """What one article tells: its sentences, the facts of each, and all its words."""

    article: Article
    sentences: tuple[Sentence, ...]
    facts: tuple[tuple[Fact, ...], ...]
    finders: tuple[Finder, ...]
    stems: frozenset[str]

    @classmethod
    def tell(cls, article: Article, sentences: Sequence[Sentence], finders: tuple[Finder, ...]) -> Story:
        """Return the story of an article.

        >>> Story.tell(Article("Rain fell."), (Sentence(0, 0, 10, "Rain fell."),), ()).facts
        ((),)
        """
        found = [finder.find(article, sentences) for finder in finders]
        facts = tuple(tuple(itertools.chain.from_iterable(kinds)) for kinds in zip(*found, strict=True))
        stems = frozenset([token.stem for s in sentences for token in tokenize(s.text, s.start)])
        return cls(article, tuple(sentences), facts or ((),) * len(sentences), finders, stems)

    def collect(self, sentences: Iterable[Sentence]) -> tuple[Fact, ...]:
        """Return the facts of some of its sentences."""
        return tuple(itertools.chain.from_iterable(self.facts[sentence.index] for sentence in sentences))

    def tells(self, fact: Fact, finder: Finder) -> bool:
        """Say whether the same fact stands anywhere in the article."""
        return any(
            finder.compare(fact, other) is Agreement.SAME
            for facts in self.facts
            for other in facts
            if other.kind is fact.kind
        )


@attrs.frozen(eq=False)
class Side:
    """One side of a bead: its words and facts, and the story that it is a part of."""

    story: Story
    tokens: tuple[Token, ...]
    facts: tuple[Fact, ...]

    @classmethod
    def take(cls, story: Story, sentences: Sequence[Sentence]) -> Side:
        """Return the side that these sentences of a story make."""
        tokens = tuple(itertools.chain.from_iterable(tokenize(s.text, s.start) for s in sentences))
        return cls(story, tokens, story.collect(sentences))

    def words_of(self, fact: Fact) -> range:
        """Return the positions of a fact's words among the tokens."""
        first, stop = (bisect.bisect_left(self.tokens, place, key=_start_of) for place in (fact.start, fact.end))
        return range(first, stop)

    def facts_of(self, kinds: frozenset[Kind]) -> tuple[Fact, ...]:
        """Return its facts of some kinds, at most as many as a sentence has that is no table."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)[:_MOST_FACTS]


def _start_of(token: Token) -> int:
    return token.start


@attrs.frozen(eq=False)
class Case:
    """A bead under judgment: both sides, and how their words stand to each other."""

    bead: Bead
    left: Side
    right: Side
    edits: tuple[tuple[int, int, int, int], ...]  # ranges of left and right words that answer each other (Levenshtein)
    closeness: float  # share of words in common order, 0 to 1

    @classmethod
    def open(cls, bead: Bead, left: Story, right: Story) -> Case:
        """Return the case of a bead between two stories."""
        from rapidfuzz.distance import Indel, Levenshtein

        ours, theirs = Side.take(left, bead.left), Side.take(right, bead.right)
        if not (ours.tokens and theirs.tokens):  # most beads: a sentence alone
            return cls(bead, ours, theirs, (), 0.0)
        words = [[token.stem for token in side.tokens] for side in (ours, theirs)]
        turned = words[1] < words[0]  # of several shortest edits the same one from either side
        edits = [
            (op.src_start, op.src_end, op.dest_start, op.dest_end)
            for op in Levenshtein.opcodes(*(reversed(words) if turned else words))
        ]
        if turned:
            edits = [(i1, i2, j1, j2) for j1, j2, i1, i2 in edits]
        return cls(bead, ours, theirs, tuple(edits), Indel.normalized_similarity(*words))

    @property
    def time_has_passed(self) -> bool:
        """Whether the two articles are known to be of different days."""
        days = self.left.story.article.published, self.right.story.article.published
        return None not in days and days[0] != days[1]

    @property
    def looks_back(self) -> bool:
        """Whether both sides tell of one time long before the first article: its numbers do not grow any more."""
        first = min(day for side in (self.left, self.right) if (day := side.story.article.published))
        past = first - datetime.timedelta(days=_PAST)
        ours, theirs = ([f for f in side.facts if _ended_before(f, past)] for side in (self.left, self.right))
        return any(time.compare(one, other) is Agreement.SAME for one in ours for other in theirs)

    def is_same_place(self, left: Fact, right: Fact) -> bool:
        """Say whether two facts stand in the same place of the statement, so that one answers the other.

        In one sentence edited, what was put in the place of what; in two tellings, where the words around agree.
        """
        ours, theirs = self.left.words_of(left), self.right.words_of(right)
        near = _around(self.left.tokens, ours) & _around(self.right.tokens, theirs)
        if self.closeness < _CLOSE and len(near) >= _AGREEING:
            return True
        return any(
            i1 < ours.stop and ours.start < i2 and j1 < theirs.stop and theirs.start < j2
            for i1, i2, j1, j2 in self.edits
            if self.closeness >= _CLOSE or (near and max(i2 - i1, j2 - j1) <= _REPLACED)
        )


def _ended_before(fact: Fact, day: datetime.date) -> bool:
    return isinstance(fact.value, time.Time) and fact.value.last is not None and fact.value.last < day


Rule = Callable[[Case], "Pair | None"]


def judge(bead: Bead, left: Story, right: Story, rules: Sequence[Rule] = ()) -> Pair:
    """Return the pair that the first answering rule makes of a bead.

    >>> sentence = Sentence(0, 0, 10, "Rain fell.")
    >>> story = Story.tell(Article("Rain fell."), (sentence,), ())
    >>> print(judge(Bead((sentence,), (sentence,)), story, story).relation)
    identical
    """
    case = Case.open(bead, left, right)
    return next(pair for rule in (*(rules or RULES), judge_rest) if (pair := rule(case)))


def judge_alone(case: Case) -> Pair | None:
    """A sentence without counterpart is unique."""
    return None if case.bead.left and case.bead.right else _pair(case, Relation.UNIQUE)


def judge_same_words(case: Case) -> Pair | None:
    """The same words are identical; first, because no finder may see a change in them."""
    left, right = (" ".join(s.text for s in side) for side in (case.bead.left, case.bead.right))
    return _pair(case, Relation.IDENTICAL) if fold(left) == fold(right) else None


def judge_changes(case: Case) -> Pair | None:
    """A fact that differs, or that one side has and the other article has not, makes an update."""
    changes = [*_without_speakers(list(find_fact_changes(case))), *find_status_changes(case)]
    changes += find_wording_changes(case, _DETAIL_TOO if changes else _DETAIL)
    changes.sort(key=lambda change: min(fact.start for fact in (change.left, change.right) if fact))
    return _pair(case, Relation.UPDATED, changes) if changes else None


def _without_speakers(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes without the names on one side that only say who speaks: that is told by the attribution."""
    lefts, rights = ([getattr(c, side) for c in changes if c.kind is Kind.ATTRIBUTION] for side in ("left", "right"))
    for change in changes:
        one_sided = change.kind is Kind.ENTITY and not (change.left and change.right)
        if not (one_sided and (_is_inside(change.left, lefts) or _is_inside(change.right, rights))):
            yield change


def _is_inside(fact: Fact | None, others: Iterable[Fact | None]) -> bool:
    return any(fact and other and other.start <= fact.start and fact.end <= other.end for other in others)


def judge_rest(case: Case) -> Pair:
    """What no rule before took says the same in other words."""
    return _pair(case, Relation.PARAPHRASED)


RULES: tuple[Rule, ...] = (judge_alone, judge_same_words, judge_changes, judge_rest)


def _pair(case: Case, relation: Relation, changes: Iterable[Change] = ()) -> Pair:
    return Pair(case.bead.left, case.bead.right, relation, case.bead.score, tuple(changes))


_LISTED = frozenset({Kind.QUANTITY, Kind.TIME, Kind.ENTITY, Kind.PLACE, Kind.ATTRIBUTION})


_NAMES = frozenset({Kind.ENTITY, Kind.PLACE})


def find_fact_changes(case: Case) -> Iterator[Change]:
    """Yield the changes among quantities, times, names and sources."""
    for finder in case.left.story.finders:
        if not finder.kinds <= _LISTED:
            continue
        matched = list(_match(case, finder))
        answered = {id(fact) for left, right, _ in matched for fact in (left, right)}
        ours, theirs = (
            [fact for fact in side.facts_of(finder.kinds) if id(fact) not in answered]
            for side in (case.left, case.right)
        )
        if len(ours) == len(theirs) == 1 and finder.compare(ours[0], theirs[0]) is Agreement.FINER:
            matched.append((ours.pop(), theirs.pop(), Agreement.FINER))  # each has one left: they mean the same
        for left, right, agreement in matched:
            if agreement is not Agreement.SAME and not _is_told(case, finder, left, right):
                yield Change(left.kind, _grade(case, left, agreement), left, right)
        ours = [fact for fact in ours if _is_news(fact, finder, case.right.story)]
        theirs = [fact for fact in theirs if _is_news(fact, finder, case.left.story)]
        if len(ours) == len(theirs) == 1 and ours[0].kind is Kind.ATTRIBUTION:  # one statement, two sources
            yield Change(Kind.ATTRIBUTION, Nature.ELABORATION, ours.pop(), theirs.pop())
        yield from (Change(fact.kind, Nature.ELABORATION, fact, None) for fact in ours)
        yield from (Change(fact.kind, Nature.ELABORATION, None, fact) for fact in theirs)


def _match(case: Case, finder: Finder) -> Iterator[tuple[Fact, Fact, Agreement]]:
    """Yield which fact answers which: the same ones first, then finer, then different ones in the same place."""
    ranks = list(Agreement)
    graded = []
    ours, theirs = case.left.facts_of(finder.kinds), case.right.facts_of(finder.kinds)
    for (i, left), (j, right) in itertools.product(enumerate(ours), enumerate(theirs)):
        agreement = finder.compare(left, right)
        if agreement is Agreement.DIFFERENT and finder.kinds & _NAMES and case.closeness < _LOOSE:
            continue
        if agreement is Agreement.SAME or (agreement and case.is_same_place(left, right)):
            graded.append((ranks.index(agreement), abs(i - j), i + j, i, j, agreement))
    used_left: set[int] = set()
    used_right: set[int] = set()
    for *_, i, j, agreement in sorted(graded):
        both_free = i not in used_left and j not in used_right
        if both_free or agreement is Agreement.SAME:  # what is said twice on one side answers twice
            used_left.add(i)
            used_right.add(j)
            yield ours[i], theirs[j], agreement


def _is_told(case: Case, finder: Finder, left: Fact, right: Fact) -> bool:
    """Whether each article tells the other's fact elsewhere; not asked where one sentence is the other, edited."""
    if case.closeness >= _CLOSE:
        return False
    return case.right.story.tells(left, finder) and case.left.story.tells(right, finder)


def _is_settled(fact: Fact) -> bool:
    """Whether a number is of a sort that does not grow from one report to the next: ages, final scores."""
    dimension = fact.value.dimension if isinstance(fact.value, quantity.Quantity) else None
    return dimension in (quantity.Dimension.AGE, quantity.Dimension.SCORE)


def _is_news(fact: Fact, finder: Finder, other: Story) -> bool:
    """Whether the whole other article is silent on a one-sided fact, and some word of it is new there."""
    words = [token.stem for token in tokenize(fact.text) if lexicon.rarity(token.stem) >= lexicon.CONTENT]
    return (not words or any(word not in other.stems for word in words)) and not other.tells(fact, finder)


def _grade(case: Case, fact: Fact, agreement: Agreement) -> Nature:
    if fact.kind is Kind.QUANTITY and case.time_has_passed and not (case.looks_back or _is_settled(fact)):
        return Nature.DEVELOPMENT
    if agreement is Agreement.FINER or fact.kind is Kind.ATTRIBUTION:
        return Nature.ELABORATION
    return Nature.CONFLICT


def find_status_changes(case: Case) -> Iterator[Change]:
    """Yield the changes of status and polarity: a marked verb that the other side has in another state."""
    yield from _find_changed_states(case, Kind.STATUS)
    denials = list(_find_changed_states(case, Kind.POLARITY))
    yield from denials or _find_lone_negations(case)


def _find_changed_states(case: Case, kind: Kind) -> Iterator[Change]:
    ours = [fact for fact in case.left.facts if fact.kind is kind]
    theirs = [fact for fact in case.right.facts if fact.kind is kind]
    answered: set[int] = set()
    for left in ours:
        rival = _find_rival(left, theirs)
        right = rival or _find_plain(case, left, theirs)
        agree = rival is not None and status.compare(left, rival) is Agreement.SAME
        if right and not agree and id(right) not in answered and _is_firm(case, left, right):
            yield Change(kind, _grade_status(kind, left, right), left, right)
        answered.add(id(right))
    for right in theirs:
        plain = None if _find_rival(right, ours) else _find_plain(case, right, ours)
        if plain and _is_firm(case, plain, right):
            yield Change(kind, _grade_status(kind, plain, right), plain, right)


def _find_lone_negations(case: Case) -> Iterator[Change]:
    """Yield the negations that were put into or taken out of a sentence, whatever they are about."""
    if case.closeness < _CLOSE:
        return
    ours, theirs = ([t for t in side.tokens if status.is_negation(t)] for side in (case.left, case.right))
    if len(ours) == len(theirs) or any(_pair_opposites(case)):  # "isn't clear", "unclear"
        return
    kind = Kind.POLARITY
    for i1, i2, j1, j2 in case.edits:
        lefts, rights = case.left.tokens[i1:i2], case.right.tokens[j1:j2]
        if lefts and not rights and all(map(status.is_negation, lefts)):
            yield Change(kind, Nature.CONFLICT, _quote(case.left, lefts[0].start, lefts[-1].end, kind), None)
        if rights and not lefts and all(map(status.is_negation, rights)):
            yield Change(kind, Nature.CONFLICT, None, _quote(case.right, rights[0].start, rights[-1].end, kind))


def _find_plain(case: Case, fact: Fact, marked: Sequence[Fact]) -> Fact | None:
    """Return the plain word in the same place of the other side that answers a marked fact."""
    on_left = any(fact is other for other in case.left.facts)
    other = case.right if on_left else case.left
    if fact.kind is Kind.POLARITY and any(lexicon.are_opposites(status.head_of(fact), t.stem) for t in other.tokens):
        return None  # "isn't clear" is "unclear"
    for plain in status.find_plain(fact, other.tokens, marked):
        alone = len(other.tokens) <= _NEAR and case.closeness >= _LOOSE  # no words around to tell the place
        if alone and status.head_of(plain) == status.head_of(fact):
            return plain
        if case.is_same_place(fact, plain) if on_left else case.is_same_place(plain, fact):
            return plain
    return None


def _is_firm(case: Case, left: Fact, right: Fact) -> bool:
    """Whether a change of status counts: newspapers add or drop "allegedly" freely unless nothing else changes."""
    phases = {fact.value.phase for fact in (left, right) if isinstance(fact.value, status.Status)}
    return status.Phase.ALLEGED not in phases or case.closeness >= _CLOSE


def _find_rival(fact: Fact, others: Sequence[Fact]) -> Fact | None:
    """Return the marked fact of the other side with the same verb, one in the same state first."""
    answering = [other for other in others if status.compare(fact, other)]
    same = (other for other in answering if status.compare(fact, other) is Agreement.SAME)
    return next(same, answering[0] if answering else None)


def _grade_status(kind: Kind, left: Fact, right: Fact) -> Nature:
    if kind is Kind.POLARITY:
        return Nature.CONFLICT
    phases = {fact.value.phase for fact in (left, right) if isinstance(fact.value, status.Status)}
    return Nature.DEVELOPMENT if phases == {status.Phase.PLANNED, status.Phase.DONE} else Nature.ELABORATION


def find_wording_changes(case: Case, least: float) -> Iterator[Change]:
    """Yield details: opposites in the same place, and phrases that the whole other article does not have.

    The phrases of one side count where they weigh at least ``least`` together.
    """
    for left, right in _find_opposites(case):
        yield Change(Kind.DETAIL, Nature.CONFLICT, left, right)
    ours = _find_phrases(case.left, case.right)
    theirs = _find_phrases(case.right, case.left)
    if sum(weight for _, weight in ours) >= least:
        yield from (Change(Kind.DETAIL, Nature.ELABORATION, fact, None) for fact, _ in ours)
    if sum(weight for _, weight in theirs) >= least:
        yield from (Change(Kind.DETAIL, Nature.ELABORATION, None, fact) for fact, _ in theirs)


def _find_opposites(case: Case) -> Iterator[tuple[Fact, Fact]]:
    """Yield opposite words in the same place, each told more often on its own side; "isn't clear" is no opposite."""
    denied = {status.head_of(f) for f in (*case.left.facts, *case.right.facts) if f.kind is Kind.POLARITY}
    for ours, theirs in _pair_opposites(case):
        left, right = _quote(case.left, ours.start, ours.end), _quote(case.right, theirs.start, theirs.end)
        plain = case.closeness >= _CLOSE or min(map(lexicon.rarity, (ours.stem, theirs.stem))) >= lexicon.CONTENT
        if plain and not denied & {ours.stem, theirs.stem} and case.is_same_place(left, right):
            yield left, right


def _pair_opposites(case: Case) -> Iterator[tuple[Token, Token]]:
    lefts, rights = (Counter(token.stem for token in side.tokens) for side in (case.left, case.right))
    ours = [token for token in case.left.tokens if lefts[token.stem] > rights[token.stem]]
    theirs = [token for token in case.right.tokens if rights[token.stem] > lefts[token.stem]]
    for left in ours:
        opposites = lexicon.opposites(left.stem)
        yield from ((left, right) for right in theirs if right.stem in opposites)


def _find_phrases(side: Side, other: Side) -> list[tuple[Fact, float]]:
    """Return phrases of content words that the whole other article does not have, with their weight."""
    known = frozenset(token.stem for token in other.tokens)
    covered = [(fact.start, fact.end) for fact in side.facts if fact.kind in _LISTED]
    new = [
        k
        for k, token in enumerate(side.tokens)
        if token.stem not in other.story.stems
        and _is_content(token)
        and known.isdisjoint(lexicon.relatives(token.stem))
        and not any(start <= token.start < end for start, end in covered)
    ]
    phrases = []
    for group in _group(new):
        weight = sum(lexicon.rarity(side.tokens[k].stem) for k in group)
        phrases.append((_quote(side, side.tokens[group[0]].start, side.tokens[group[-1]].end), weight))
    return phrases


def _is_content(token: Token) -> bool:
    return lexicon.rarity(token.stem) >= lexicon.CONTENT and token.stem not in _SAYING


def _group(places: Sequence[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for place in places:
        if group and place - group[-1] > _PHRASE_GAP + 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _quote(side: Side, start: int, end: int, kind: Kind = Kind.DETAIL) -> Fact:
    text = side.story.article.text[start:end]
    return Fact(kind, start, end, text, " ".join(text.split()))


def _around(tokens: Sequence[Token], words: range) -> frozenset[str]:
    near = [*tokens[max(0, words.start - _NEAR) : words.start], *tokens[words.stop : words.stop + _NEAR]]
    return frozenset(token.stem for token in near if lexicon.rarity(token.stem) >= lexicon.CONTENT)
