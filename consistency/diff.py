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
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

import attrs

from consistency import lexicon
from consistency.facts import Finder, name, quantity, speech, status, time
from consistency.model import Agreement, Article, Bead, Change, Fact, Kind, Nature, Pair, Relation, Sentence
from consistency.text import Token, fold, tokenize

_CLOSE = 0.75  # share of common words from which two sentences are one sentence edited
_PAST = 60  # days after which the numbers of an event are settled
_MOST_FACTS = 100  # of a kind in a sentence
_NEAR = 4  # words before and after a fact that say what it is about
_AGREEING = 2  # content words near two facts from which they are about the same
_REPLACED = 4  # words that are taken for a replacement in two tellings
_LOOSE = 0.5  # share of common words below which two names are not taken for each other
_ACRONYM = 3  # letters of the shortest acronym that is looked for in the initials of words
_YEAR = 4  # digits
_ROOT = 4  # first letters from which two words are taken for one
_MENDED = 2  # letters
_MUTUAL = frozenset(  # stems of what two do to each other
    "and or with between versus vs meet marri wed divorc join resembl equal face play fight talk differ agre".split()
)
_PHRASE_GAP = 2  # known words inside of a phrase of unknown ones
_DETAIL = 1.75  # rarity, summed over the words that only one side has, that makes a detail of substance
_DETAIL_TOO = 1.25  # the same where a fact has changed already
_IN_PLACE = 0.5  # share of the other side's new words that are taken for other words for the same

_SMALL = frozenset(  # words of grammar that are not so frequent in single sentences as to be known by it
    "a about across after again against all along also although always am amid among an and another any anyone "
    "anything are around as at away back be because been before behind being below beside besides between beyond both "
    "but by can could did do does doing done down during each either else even ever every everyone everything few for "
    "from further get gets getting got had has have having he her here hers herself him himself his how however if in "
    "instead into is it its itself just least less like may me might mine more most much must my myself near of off on "
    "once one only onto or other others our ours out over own per perhaps quite rather really same shall she should "
    "since so some someone something soon still such than that the their theirs them themselves then there these they "
    "this those though through throughout thus till to together too toward towards under unless until up upon us very "
    "via was we well were what whatever when where whether which while who whom whose why will with within would yet "
    "you your yours".split()
)


@attrs.frozen(eq=False)
class Story:
    """What one article tells: its sentences, the facts that each finder finds in each of them, and all its words."""

    article: Article
    sentences: tuple[Sentence, ...]
    found: tuple[tuple[tuple[Fact, ...], ...], ...]
    finders: tuple[Finder, ...]
    stems: frozenset[str]

    @classmethod
    def tell(cls, article: Article, sentences: Sequence[Sentence], finders: tuple[Finder, ...]) -> Story:
        """Return the story of an article.

        >>> len(Story.tell(Article("Rain fell."), (Sentence(0, 0, 10, "Rain fell."),), ()).stems)
        2
        """
        found = tuple(tuple(map(tuple, finder.find(article, sentences))) for finder in finders)
        stems = frozenset(token.stem for s in sentences for token in tokenize(s.text, s.start))
        return cls(article, tuple(sentences), found, finders, stems)

    def collect(self, finder: Finder, sentences: Iterable[Sentence]) -> tuple[Fact, ...]:
        """Return what a finder found in some sentences."""
        found = self.found[self.finders.index(finder)]
        return tuple(fact for sentence in sentences for fact in found[sentence.index])

    def tells(self, fact: Fact, finder: Finder) -> bool:
        """Say whether the same fact stands anywhere in the article."""
        return any(
            other.kind is fact.kind and finder.compare(fact, other) is Agreement.SAME
            for other in self.collect(finder, self.sentences)
        )


@attrs.frozen(eq=False)
class Side:
    """One side of a bead: its words and facts, and the story that it is a part of."""

    story: Story
    tokens: tuple[Token, ...]
    found: tuple[tuple[Fact, ...], ...]  # of each finder

    @classmethod
    def take(cls, story: Story, sentences: Sequence[Sentence]) -> Side:
        """Return the side that these sentences of a story make."""
        tokens = tuple(token for s in sentences for token in tokenize(s.text, s.start))
        return cls(story, tokens, tuple(story.collect(finder, sentences) for finder in story.finders))

    @property
    def facts(self) -> Iterator[Fact]:
        """All its facts."""
        return itertools.chain.from_iterable(self.found)

    def words_of(self, fact: Fact) -> range:
        """Return the positions of a fact's words among the tokens."""
        first, stop = (bisect.bisect_left(self.tokens, place, key=_start_of) for place in (fact.start, fact.end))
        return range(first, stop)

    def facts_of(self, finder: Finder) -> tuple[Fact, ...]:
        """Return what a finder found, without states, and at most as many as a sentence has that is no table."""
        found = self.found[self.story.finders.index(finder)]
        return tuple(fact for fact in found if not _is_state(fact))[:_MOST_FACTS]

    def states_of(self, kind: Kind) -> list[Fact]:
        """Return its marked verbs of status or polarity, at most as many."""
        return [fact for fact in self.facts if fact.kind is kind and _is_state(fact)][:_MOST_FACTS]


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
    def is_plan(self) -> bool:
        """Whether both sides tell of something to come."""
        return all(
            any(
                isinstance(fact.value, status.Status) and fact.value.phase is status.Phase.PLANNED
                for fact in side.facts
            )
            for side in (self.left, self.right)
        )

    @property
    def first_day(self) -> datetime.date:
        """The day of the first article, where a day is known."""
        return min(day for side in (self.left, self.right) if (day := side.story.article.published))

    @property
    def looks_back(self) -> bool:
        """Whether both sides tell of one time long before the first article: its numbers do not grow any more."""
        past = self.first_day - datetime.timedelta(days=_PAST)
        ours, theirs = ([f for f in side.facts if _ended_before(f, past)] for side in (self.left, self.right))
        return any(time.compare(one, other) is Agreement.SAME for one in ours for other in theirs)

    def answer(self, fact: Fact, other: Side) -> Iterator[Token]:
        """Yield the words of the other side that were put in the place of a fact."""
        ours = (self.left if other is self.right else self.right).words_of(fact)
        for i1, i2, j1, j2 in self.edits:
            (start, stop), (first, last) = ((i1, i2), (j1, j2)) if other is self.right else ((j1, j2), (i1, i2))
            if start < ours.stop and ours.start < stop:
                yield from other.tokens[first:last]

    def is_same_place(self, left: Fact, right: Fact) -> bool:
        """Say whether two facts stand in the same place of the statement, so that one answers the other.

        In one sentence edited, what was put in the place of what; in two tellings, where the words around agree.
        """
        ours, theirs = self.left.words_of(left), self.right.words_of(right)
        most = sys.maxsize
        if self.closeness < _CLOSE:
            near = _around(self.left.tokens, ours) & _around(self.right.tokens, theirs)
            if len(near) >= _AGREEING:
                return True
            most = _REPLACED if near else 0
        first = bisect.bisect_left(self.edits, ours.start, key=itemgetter(1))
        for edit in itertools.islice(self.edits, first, None):
            i1, i2, j1, j2 = edit
            if i1 > ours.stop:
                break
            met = _meets(ours, i1, i2) and _meets(theirs, j1, j2) and max(i2 - i1, j2 - j1) <= most
            if met and (not _is_kept(self, edit) or _overlap(ours, theirs, j1 - i1)):
                return True
        return False


def _overlap(ours: range, theirs: range, shift: int) -> bool:
    return ours.start + shift < theirs.stop and theirs.start < ours.stop + shift


def _meets(words: range, first: int, stop: int) -> bool:
    """Whether words have a part in an edit; what was put in or taken out stands beside the words that it touches."""
    return words.start - (first == stop) < stop and first < words.stop + (first == stop)


def _is_state(fact: Fact) -> bool:
    return isinstance(fact.value, status.Status)


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
    changes = list(_settle_speakers(case, list(find_fact_changes(case))))
    changes = [*_without_denied(case, changes, states := list(find_status_changes(case))), *states]
    changes += find_swaps(case)
    changes += find_wording_changes(case, _DETAIL_TOO if changes else _DETAIL)
    changes.sort(key=lambda change: min(fact.start for fact in (change.left, change.right) if fact))
    return _pair(case, Relation.UPDATED, changes) if changes else None


def _without_denied(case: Case, changes: Iterable[Change], states: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes without the number that stands where the other side denies: "no one", "three people"."""
    denied = [c for c in states if c.kind is Kind.POLARITY]
    for change in changes:
        fact, other = change.left or change.right, case.right if change.left else case.left
        alone = change.kind is Kind.QUANTITY and not (change.left and change.right)
        if not (denied and alone and fact and any(map(status.is_negation, case.answer(fact, other)))):
            yield change


def _settle_speakers(case: Case, changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes without the names that only say who speaks, and without speakers whom a pronoun stands for."""
    lefts, rights = ([getattr(c, side) for c in changes if c.kind is Kind.ATTRIBUTION] for side in ("left", "right"))
    for change in changes:
        if change.left and change.right:
            yield change
        elif change.kind is Kind.ENTITY:
            if not (_is_inside(change.left, lefts) or _is_inside(change.right, rights)):
                yield change
        elif not _is_pronoun_for(change.left, case.right) and not _is_pronoun_for(change.right, case.left):
            yield change


def _is_pronoun_for(fact: Fact | None, other: Side) -> bool:
    """Whether the other side has a pronoun in the place of this speaker."""
    speaker = fact is not None and isinstance(fact.value, speech.Source) and not fact.value.hears
    return speaker and speech.says_by_pronoun(other.tokens)


def _is_inside(fact: Fact | None, others: Iterable[Fact | None]) -> bool:
    return any(fact and other and other.start <= fact.start and fact.end <= other.end for other in others)


def judge_rest(case: Case) -> Pair:
    """What no rule before took says the same in other words."""
    return _pair(case, Relation.PARAPHRASED)


RULES: tuple[Rule, ...] = (judge_alone, judge_same_words, judge_changes, judge_rest)


def _pair(case: Case, relation: Relation, changes: Iterable[Change] = ()) -> Pair:
    return Pair(case.bead.left, case.bead.right, relation, case.bead.score, tuple(changes))


_NAMES = frozenset({Kind.ENTITY, Kind.PLACE})


def find_fact_changes(case: Case) -> Iterator[Change]:
    """Yield the changes among all facts but those of status and polarity that a verb is marked with."""
    for finder in case.left.story.finders:
        matched = list(_match(case, finder))
        answered = {id(fact) for left, right, _ in matched for fact in (left, right)}
        ours, theirs = (
            [fact for fact in side.facts_of(finder) if id(fact) not in answered] for side in (case.left, case.right)
        )
        if len(ours) == len(theirs) == 1 and finder.compare(ours[0], theirs[0]) is Agreement.FINER:
            matched.append((ours.pop(), theirs.pop(), Agreement.FINER))  # each has one left: they mean the same
        for left, right, agreement in matched:
            if agreement is not Agreement.SAME and not _is_told(case, finder, left, right):
                yield Change(left.kind, _grade(case, left, right, agreement), left, right)
        ours = [fact for fact in ours if _is_news(fact, finder, case.left, case.right)]
        theirs = [fact for fact in theirs if _is_news(fact, finder, case.right, case.left)]
        if len(ours) == len(theirs) == 1 and ours[0].kind is Kind.ATTRIBUTION:  # one statement, two sources
            yield Change(Kind.ATTRIBUTION, Nature.ELABORATION, ours.pop(), theirs.pop())
        yield from (Change(fact.kind, Nature.ELABORATION, fact, None) for fact in ours)
        yield from (Change(fact.kind, Nature.ELABORATION, None, fact) for fact in theirs)


def _match(case: Case, finder: Finder) -> Iterator[tuple[Fact, Fact, Agreement]]:
    """Yield which fact answers which: the same ones first, then finer, then different ones in the same place."""
    ranks = list(Agreement)
    graded = []
    ours, theirs = case.left.facts_of(finder), case.right.facts_of(finder)
    for (i, left), (j, right) in itertools.product(enumerate(ours), enumerate(theirs)):
        agreement = finder.compare(left, right)
        if agreement is Agreement.DIFFERENT and left.kind in _NAMES and case.closeness < _LOOSE:
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


def _is_news(fact: Fact, finder: Finder, side: Side, other: Side) -> bool:
    """Whether the whole other article is silent on a one-sided fact of substance, and some word of it is new there."""
    if quantity.is_article(fact) or time.is_vague(fact) or _is_title(fact, finder, side, other.story):
        return False
    digits = _digits(fact.text)
    if len(digits) >= _YEAR and any(_digits(token.text) == digits for token in other.tokens):
        return False  # "1,348" and "1348", which may be read as a year
    names = _naming(fact)
    if len(names) == 1 and _is_acronym(names[0]) and _find_spelled(names, other.tokens):
        return False
    words = [token.stem for token in names if lexicon.rarity(token.stem) >= lexicon.CONTENT]
    told = words and all(word in other.story.stems for word in words)
    return not told and not other.story.tells(fact, finder)


def _digits(words: str) -> str:
    bare = words.replace(",", "")
    return bare if bare.isdecimal() else ""


def _is_title(fact: Fact, finder: Finder, side: Side, other: Story) -> bool:
    """Whether a name is a part of the title of someone whom the other article tells too."""
    if fact.kind not in _NAMES:
        return False
    bearer = next((each for each in side.facts_of(finder) if each.start >= fact.end), None)
    return bearer is not None and name.is_title(side.story.article.text, fact, bearer) and other.tells(bearer, finder)


def _naming(fact: Fact) -> Sequence[Token]:
    """Return the words of a fact that tell it from others: of a source those with a capital, where it has some."""
    tokens = tokenize(fact.text)
    names = [token for token in tokens if not token.text.islower()] if fact.kind is Kind.ATTRIBUTION else []
    return names or tokens


def _grade(case: Case, left: Fact, right: Fact, agreement: Agreement) -> Nature:
    if left.kind is Kind.QUANTITY and case.time_has_passed and not (case.looks_back or _is_settled(left)):
        return Nature.DEVELOPMENT
    if left.kind is Kind.TIME and agreement is Agreement.DIFFERENT and case.time_has_passed and case.is_plan:
        over = any(_ended_before(fact, case.first_day) for fact in (left, right))
        return Nature.CONFLICT if over else Nature.DEVELOPMENT  # put off, or brought forward
    if agreement is Agreement.FINER or left.kind is Kind.ATTRIBUTION:
        return Nature.ELABORATION
    return Nature.CONFLICT


def find_swaps(case: Case) -> Iterator[Change]:
    """Yield two names that have changed places where nothing else was edited: who did it, and to whom."""
    for finder in case.left.story.finders:
        ours, theirs = (side.facts_of(finder) if finder.kinds & _NAMES else () for side in (case.left, case.right))
        if len(ours) < 2 or len(ours) != len(theirs) or _mask(case.left, ours) != _mask(case.right, theirs):
            continue
        pairs = list(zip(ours, theirs, strict=True))
        moved = [pair for pair in pairs if finder.compare(*pair) is not Agreement.SAME]
        if len(moved) == 2:
            (one, first), (two, second) = moved
            turned = all(finder.compare(*pair) is Agreement.SAME for pair in ((one, second), (two, first)))
            between = case.left.tokens[case.left.words_of(one).stop : case.left.words_of(two).start]
            if turned and any(map(_is_content, between)) and not any(token.stem in _MUTUAL for token in between):
                yield from (Change(left.kind, Nature.CONFLICT, left, right) for left, right in moved)


def _mask(side: Side, names: Sequence[Fact]) -> list[str]:
    """Return the stems of a sentence, each name as a blank."""
    stems = [token.stem for token in side.tokens]
    for fact in reversed(names):
        words = side.words_of(fact)
        stems[words.start : words.stop] = [""]
    return stems


def find_status_changes(case: Case) -> Iterator[Change]:
    """Yield the changes of status and polarity: a marked verb that the other side has in another state."""
    yield from _find_changed_states(case, Kind.STATUS)
    denials = list(_find_changed_states(case, Kind.POLARITY))
    yield from denials or _find_lone_negations(case)


def _find_changed_states(case: Case, kind: Kind) -> Iterator[Change]:
    ours, theirs = case.left.states_of(kind), case.right.states_of(kind)
    lone, others = _without_echo(ours, theirs), _without_echo(theirs, ours)
    answered: set[int] = set()
    for left in lone:
        rival = _find_rival(left, others)
        right = rival or (None if _find_rival(left, theirs) else _find_plain(case, left, theirs))
        if right and id(right) not in answered and _is_firm(case, left, right):
            yield Change(kind, _grade_status(case, left, right), left, right)
        answered.add(id(rival))
    for right in others:
        plain = None if _find_rival(right, ours) else _find_plain(case, right, ours)
        if plain and _is_firm(case, plain, right):
            yield Change(kind, _grade_status(case, plain, right), plain, right)


def _without_echo(facts: Iterable[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Return the marked facts whose verb the other side does not have in the same state."""
    return [fact for fact in facts if not any(status.compare(fact, each) is Agreement.SAME for each in others)]


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
        inserted = not (lefts and rights) and all(map(status.is_negation, (*lefts, *rights)))
        merged = len(lefts) == len(rights) == 1 and status.is_denial(lefts[0], rights[0])  # "can't", "can"
        if inserted or merged:
            left, right = _quote_run(case.left, lefts, kind), _quote_run(case.right, rights, kind)
            yield Change(kind, Nature.CONFLICT, left, right)


def _find_plain(case: Case, fact: Fact, marked: Sequence[Fact]) -> Fact | None:
    """Return the plain word in the same place of the other side that answers a marked fact."""
    on_left = any(fact is other for other in case.left.facts)
    own, other = (case.left, case.right) if on_left else (case.right, case.left)
    if fact.kind is Kind.POLARITY:
        if any(lexicon.are_opposites(status.head_of(fact), token.stem) for token in other.tokens):
            return None  # "isn't clear" is "unclear"
        if sum(token.stem == status.head_of(fact) for token in own.tokens) > 1:
            return None  # "not this goal, but that goal"
    for plain in status.find_plain(fact, other.tokens, marked):
        alone = len(other.tokens) <= _NEAR and case.closeness >= _LOOSE  # no words around to tell the place
        if status.head_of(plain) == status.head_of(fact) and (alone or _is_kept_word(case, fact, plain, on_left)):
            return plain
        if case.is_same_place(fact, plain) if on_left else case.is_same_place(plain, fact):
            return plain
    return None


def _is_kept_word(case: Case, fact: Fact, plain: Fact, on_left: bool) -> bool:
    """Whether a plain word is the very word that is marked on the other side, in two sentences in the same order."""
    left, right = (fact, plain) if on_left else (plain, fact)
    i, j = case.left.words_of(left).stop - 1, case.right.words_of(right).stop - 1
    return case.closeness >= _LOOSE and any(
        i1 <= i < i2 and i - i1 == j - j1 and _is_kept(case, (i1, i2, j1, j2)) for i1, i2, j1, j2 in case.edits
    )


def _is_firm(case: Case, left: Fact, right: Fact) -> bool:
    """Whether a change of status counts: newspapers add or drop "allegedly" freely unless nothing else changes."""
    phases = {fact.value.phase for fact in (left, right) if isinstance(fact.value, status.Status)}
    return status.Phase.ALLEGED not in phases or case.closeness >= _CLOSE


def _find_rival(fact: Fact, others: Iterable[Fact]) -> Fact | None:
    """Return the marked fact of the other side with the same verb."""
    return next((other for other in others if status.compare(fact, other)), None)


def _grade_status(case: Case, left: Fact, right: Fact) -> Nature:
    if left.kind is Kind.POLARITY:
        lasting = status.is_lasting(left, case.left.tokens) or status.is_lasting(right, case.right.tokens)
        return Nature.DEVELOPMENT if lasting and case.time_has_passed else Nature.CONFLICT
    phases = {fact.value.phase for fact in (left, right) if isinstance(fact.value, status.Status)}
    if phases == {status.Phase.PLANNED, status.Phase.DONE}:
        return Nature.DEVELOPMENT
    came = status.Phase.POSSIBLE in phases and status.Phase.ALLEGED not in phases
    return Nature.DEVELOPMENT if came and case.time_has_passed else Nature.ELABORATION


def find_wording_changes(case: Case, least: float) -> Iterator[Change]:
    """Yield details: opposites in the same place, and phrases that the whole other article does not have.

    The phrases of one side count where they weigh at least ``least`` together, more than what the other side may say
    instead.
    """
    opposites = [Change(Kind.DETAIL, Nature.CONFLICT, left, right) for left, right in _find_opposites(case)]
    yield from opposites or _find_replaced(case)
    ours, theirs = _find_phrases(case.left, case.right), _find_phrases(case.right, case.left)
    own, others = (sum(weight for _, weight in phrases) for phrases in (ours, theirs))
    if own - _IN_PLACE * others >= least:
        yield from (Change(Kind.DETAIL, Nature.ELABORATION, fact, None) for fact, _ in ours)
    if others - _IN_PLACE * own >= least:
        yield from (Change(Kind.DETAIL, Nature.ELABORATION, None, fact) for fact, _ in theirs)


def _find_opposites(case: Case) -> Iterator[tuple[Fact, Fact]]:
    """Yield opposite words in the same place, each told more often on its own side; "isn't clear" is no opposite."""
    denied = {status.head_of(fact) for side in (case.left, case.right) for fact in side.states_of(Kind.POLARITY)}
    for side in (case.left, case.right):  # "not likely" is about the next verb
        denied |= {token.stem for no, token in itertools.pairwise(side.tokens) if status.is_negation(no)}
    for ours, theirs in _pair_opposites(case):
        left, right = _quote(case.left, ours.start, ours.end), _quote(case.right, theirs.start, theirs.end)
        plain = case.closeness >= _CLOSE or min(map(lexicon.rarity, (ours.stem, theirs.stem))) >= lexicon.CONTENT
        unsaid = denied & {ours.stem, theirs.stem}
        if plain and not unsaid and case.is_same_place(left, right) and not _is_converse(case, left, right):
            yield left, right


def _is_converse(case: Case, left: Fact, right: Fact) -> bool:
    """Whether two opposite verbs tell one act from both ends: "Kelm beat Orlin", "Orlin lost to Kelm"."""
    for finder in case.left.story.finders:
        if finder.kinds & _NAMES:
            doer, *others = _doer_first(case.left.facts_of(finder), left)
            agent, *rest = _doer_first(case.right.facts_of(finder), right)
            if doer and agent and finder.compare(doer, agent) is not Agreement.SAME:
                return any(finder.compare(doer, each) is Agreement.SAME for each in rest if each) and any(
                    finder.compare(agent, each) is Agreement.SAME for each in others if each
                )
    return False


def _doer_first(names: Iterable[Fact], verb: Fact) -> list[Fact | None]:
    """Return the last name before a verb, ``None`` without one, and the names after it."""
    listed = list(names)
    before = [each for each in listed if each.end <= verb.start]
    return [before[-1] if before else None, *(each for each in listed if each.start >= verb.end)]


def _find_replaced(case: Case) -> Iterator[Change]:
    """Yield the one content word that was put in the place of an unrelated one, where nothing else was edited."""
    edits = [edit for edit in case.edits if not _is_kept(case, edit)]
    if case.closeness < _CLOSE or len(edits) != 1:
        return
    ((i1, i2, j1, j2),) = edits
    if (i2 - i1, j2 - j1) != (1, 1):
        return
    ours, theirs = case.left.tokens[i1], case.right.tokens[j1]
    news = _find_phrases(case.left, case.right) and _find_phrases(case.right, case.left)
    if news and not _is_respelled(ours.norm, theirs.norm) and not _are_akin(ours.stem, theirs.stem):
        left, right = _quote(case.left, ours.start, ours.end), _quote(case.right, theirs.start, theirs.end)
        yield Change(Kind.DETAIL, Nature.ELABORATION, left, right)


def _is_kept(case: Case, edit: tuple[int, int, int, int]) -> bool:
    i1, i2, j1, j2 = edit
    return i2 - i1 == j2 - j1 and case.left.tokens[i1].stem == case.right.tokens[j1].stem


def _is_respelled(one: str, other: str) -> bool:
    """Whether a word may be the other with a letter or two mended, or in another form."""
    from rapidfuzz.distance import OSA

    if one.isdecimal() or other.isdecimal():
        return False
    return min(len(one), len(other)) < _ROOT or one[:_ROOT] == other[:_ROOT] or OSA.distance(one, other) <= _MENDED


def _are_akin(one: str, other: str) -> bool:
    """Whether two words are related, or each to a third."""
    return bool((lexicon.relatives(one).keys() | {one}) & (lexicon.relatives(other).keys() | {other}))


def _pair_opposites(case: Case) -> Iterator[tuple[Token, Token]]:
    lefts, rights = (Counter(token.stem for token in side.tokens) for side in (case.left, case.right))
    ours = [token for token in case.left.tokens if lefts[token.stem] > rights[token.stem]]
    theirs = [token for token in case.right.tokens if rights[token.stem] > lefts[token.stem]][:_MOST_FACTS]
    for left in ours[:_MOST_FACTS]:
        opposites = lexicon.opposites(left.stem)
        yield from ((left, right) for right in theirs if right.stem in opposites)


def _find_phrases(side: Side, other: Side) -> list[tuple[Fact, float]]:
    """Return phrases of content words that the whole other article does not have, with their weight."""
    known = frozenset(token.stem for token in other.tokens) | _join(other.tokens)
    joined = _join(side.tokens) & {token.stem for token in other.tokens}
    covered = [(fact.start, fact.end) for fact in side.facts if not _is_state(fact)]
    new = [
        k
        for k, token in enumerate(side.tokens)
        if token.stem not in other.story.stems
        and token.stem not in known
        and _is_content(token)
        and known.isdisjoint(lexicon.relatives(token.stem))
        and not any(start <= token.start < end for start, end in covered)
    ]
    if joined:
        new = [k for k in new if not any(_compound(side.tokens[j : j + 2]) in joined for j in (k - 1, k))]
    spelled = _find_spelled(filter(_is_acronym, other.tokens), side.tokens)
    new = [k for k in new if k not in spelled]
    phrases = []
    for group in _group(new):
        weight = sum(lexicon.rarity(side.tokens[k].stem) for k in group)
        phrases.append((_quote(side, side.tokens[group[0]].start, side.tokens[group[-1]].end), weight))
    return phrases


def _is_acronym(token: Token) -> bool:
    return len(_letters(token)) >= _ACRONYM and token.text.isupper()


def _letters(acronym: Token) -> str:
    return acronym.norm.replace(".", "")


def _find_spelled(acronyms: Iterable[Token], tokens: Sequence[Token]) -> set[int]:
    """Return the places of the words whose initials acronyms are made of, "of" and "for" left out or not."""
    letters = set(map(_letters, acronyms))
    found: set[int] = set()
    for small in (frozenset[str](), _SMALL) if letters else ():
        places = [k for k, token in enumerate(tokens) if token.norm not in small]
        initials = "".join(tokens[k].norm[:1] or " " for k in places)
        spelled = {each: start for each in letters if (start := initials.find(each)) >= 0}
        found.update(k for each, start in spelled.items() for k in places[start : start + len(each)])
        letters -= spelled.keys()
    return found


def _is_content(token: Token) -> bool:
    small = token.norm in _SMALL or status.is_negation(token) or speech.is_speech(token)
    return lexicon.rarity(token.stem) >= lexicon.CONTENT and not small


def _join(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the stems of compounds that two neighbouring words may also be written as."""
    return frozenset(_compound(pair) for pair in itertools.pairwise(tokens))


def _compound(pair: Sequence[Token]) -> str:
    return pair[0].norm + pair[1].stem if len(pair) == 2 else ""


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


def _quote_run(side: Side, tokens: Sequence[Token], kind: Kind) -> Fact | None:
    return _quote(side, tokens[0].start, tokens[-1].end, kind) if tokens else None


def _around(tokens: Sequence[Token], words: range) -> frozenset[str]:
    near = [*tokens[max(0, words.start - _NEAR) : words.start], *tokens[words.stop : words.stop + _NEAR]]
    return frozenset(token.stem for token in near if lexicon.rarity(token.stem) >= lexicon.CONTENT)
