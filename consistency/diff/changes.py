"""What has changed: facts that differ or are new, names that changed places, verbs in another state."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence

from consistency import lexicon
from consistency.clauses.syntax import load_words
from consistency.diff.case import CLOSE, NAMES, NEAR, Case, Side, Story
from consistency.diff.wording import find_spelled, pair_opposites
from consistency.facts import Finder, Reach, name, status
from consistency.language import Language
from consistency.model import Agreement, Change, Fact, Kind, Nature
from consistency.text import Token, stem, tokenize

_LOOSE = 0.5  # share of common words below which two names are not taken for each other
BY_RULE = 0.5  # how sure a conflict or a development is that no gate has weighed
_YEAR = 4  # digits
MUTUAL = frozenset(map(stem, load_words().verbs["mutual"] | load_words().marks["joining"]))  # who is first says nothing


def find_fact_changes(case: Case) -> Iterator[Change]:
    """Yield the changes among all facts but those of status and polarity that a verb is marked with.

    >>> from consistency.facts import FINDERS
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("Ten died.", "Two died."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), FINDERS) for s in (one, other)))
    >>> [(change.left.text, change.right.text) for change in find_fact_changes(case)]
    [('Ten', 'Two')]
    """
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
                nature = _grade(case, finder, left, right, agreement)
                yield Change(left.kind, nature, left, right, 1.0 if nature is Nature.ELABORATION else BY_RULE)
        ours = [fact for fact in ours if _is_news(fact, finder, case.left, case.right)]
        theirs = [fact for fact in theirs if _is_news(fact, finder, case.right, case.left)]
        if len(ours) == len(theirs) == 1 and finder.reach is Reach.ANYWHERE:  # one statement, two sources
            yield Change(ours[0].kind, Nature.ELABORATION, ours.pop(), theirs.pop())
        yield from (Change(fact.kind, Nature.ELABORATION, fact, None) for fact in ours)
        yield from (Change(fact.kind, Nature.ELABORATION, None, fact) for fact in theirs)


def _match(case: Case, finder: Finder) -> Iterator[tuple[Fact, Fact, Agreement]]:
    """Yield which fact answers which: the same ones first, then finer, then different ones in the same place."""
    ranks = list(Agreement)
    graded = []
    ours, theirs = case.left.facts_of(finder), case.right.facts_of(finder)
    for (i, left), (j, right) in itertools.product(enumerate(ours), enumerate(theirs)):
        agreement = finder.compare(left, right)
        if agreement is Agreement.DIFFERENT and finder.reach is Reach.ALIKE and case.closeness < _LOOSE:
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
    if case.closeness >= CLOSE:
        return False
    return case.right.story.tells(left, finder) and case.left.story.tells(right, finder)


def _is_news(fact: Fact, finder: Finder, side: Side, other: Side) -> bool:
    """Whether the whole other article is silent on a one-sided fact of substance, and some word of it is new there."""
    if finder.is_minor(fact) or _is_title(fact, finder, side, other.story):
        return False
    digits = _digits(fact.text)
    if len(digits) >= _YEAR and any(_digits(token.text) == digits for token in other.tokens):
        return False  # "1,348" and "1348", which may be read as a year
    names = _naming(fact, side.story.language)
    if len(names) == 1 and find_spelled(names, other.tokens, side.story.language):
        return False
    words = [token.stem for token in names if side.weigh(token) >= lexicon.CONTENT]
    told = words and all(word in other.story.stems for word in words)
    return not told and not other.story.tells(fact, finder)


def _digits(words: str) -> str:
    bare = words.replace(",", "")
    return bare if bare.isdecimal() else ""


def _is_title(fact: Fact, finder: Finder, side: Side, other: Story) -> bool:
    """Whether a name is a part of the title of someone whom the other article tells too."""
    if fact.kind not in NAMES:
        return False
    bearer = next((each for each in side.facts_of(finder) if each.start >= fact.end), None)
    return (
        bearer is not None
        and name.is_title(side.story.article.text, fact, bearer, side.story.language)
        and other.tells(bearer, finder)
    )


def _naming(fact: Fact, language: Language) -> Sequence[Token]:
    """Return the words of a fact that tell it from others: of a source those with a capital, where it has some."""
    tokens = tokenize(fact.text, 0, language)
    names = [token for token in tokens if not token.text.islower()] if fact.kind is Kind.ATTRIBUTION else []
    return names or tokens


def _grade(case: Case, finder: Finder, left: Fact, right: Fact, agreement: Agreement) -> Nature:
    """Return what a difference is by the rules, where no learned gate judges it.

    What one article says of a number that can grow, and a later one more exactly, has become known meanwhile.
    """
    grows = case.time_has_passed and not (finder.is_settled(left) and finder.is_settled(right))
    if agreement is Agreement.FINER and grows:
        return Nature.DEVELOPMENT
    if finder.measure is not None or agreement is Agreement.FINER or not finder.excludes:
        return Nature.ELABORATION
    return Nature.DEVELOPMENT if grows else Nature.CONFLICT


def find_swaps(case: Case) -> Iterator[Change]:
    """Yield two names that have changed places where nothing else was edited: who did it, and to whom.

    >>> from consistency.facts import FINDERS
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("Kelm beat Orlin.", "Orlin beat Kelm."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), FINDERS) for s in (one, other)))
    >>> [(change.left.text, change.right.text) for change in find_swaps(case)]
    [('Kelm', 'Orlin'), ('Orlin', 'Kelm')]
    """
    for finder in case.left.story.finders:
        ours, theirs = (side.facts_of(finder) if finder.kinds & NAMES else () for side in (case.left, case.right))
        if len(ours) < 2 or len(ours) != len(theirs) or _mask(case.left, ours) != _mask(case.right, theirs):
            continue
        pairs = list(zip(ours, theirs, strict=True))
        moved = [pair for pair in pairs if finder.compare(*pair) is not Agreement.SAME]
        if len(moved) == 2:
            (one, first), (two, second) = moved
            turned = all(finder.compare(*pair) is Agreement.SAME for pair in ((one, second), (two, first)))
            between = case.left.tokens[case.left.words_of(one).stop : case.left.words_of(two).start]
            if turned and between and not any(token.stem in MUTUAL for token in between):
                yield from (Change(left.kind, Nature.CONFLICT, left, right, BY_RULE) for left, right in moved)


def _mask(side: Side, names: Sequence[Fact]) -> list[str]:
    """Return the stems of a sentence, each name as a blank."""
    stems = [token.stem for token in side.tokens]
    for fact in reversed(names):
        words = side.words_of(fact)
        stems[words.start : words.stop] = [""]
    return stems


def find_status_changes(case: Case) -> Iterator[Change]:
    """Yield the changes of status and polarity: a marked verb that the other side has in another state.

    >>> from consistency.facts import FINDERS
    >>> from consistency.model import Article, Bead, Sentence
    >>> one, other = (Sentence(0, 0, len(text), text) for text in ("She will visit Kelm.", "She visited Kelm."))
    >>> case = Case.open(Bead((one,), (other,)), *(Story.tell(Article(s.text), (s,), FINDERS) for s in (one, other)))
    >>> [(change.left.text, change.right.text) for change in find_status_changes(case)]
    [('will visit', 'visited')]
    """
    yield from _find_changed_states(case, Kind.STATUS)
    ours, theirs = (
        sum(status.is_negation(token, case.language) for token in side.tokens) for side in (case.left, case.right)
    )
    if ours != theirs or not ours:  # "no late arrivals would be let in", "late arrivals would not be let in"
        denials = list(_find_changed_states(case, Kind.POLARITY))
        yield from denials or _find_lone_negations(case)


def _find_changed_states(case: Case, kind: Kind) -> Iterator[Change]:
    ours, theirs = case.left.states_of(kind), case.right.states_of(kind)
    lone, others = _without_echo(ours, theirs, case.language), _without_echo(theirs, ours, case.language)
    answered: set[int] = set()
    for left in lone:
        rival = _find_rival(left, others, case.language)
        right = rival or (None if _find_rival(left, theirs, case.language) else _find_plain(case, left, theirs))
        if right and id(right) not in answered and _is_firm(case, left, right):
            yield Change(kind, Nature.ELABORATION, left, right)
        answered.add(id(rival))
    for right in others:
        plain = None if _find_rival(right, ours, case.language) else _find_plain(case, right, ours)
        if plain and _is_firm(case, plain, right):
            yield Change(kind, Nature.ELABORATION, plain, right)


def _without_echo(facts: Iterable[Fact], others: Sequence[Fact], language: Language) -> list[Fact]:
    """Return the marked facts whose verb the other side does not have in the same state."""
    same = Agreement.SAME
    return [fact for fact in facts if all(status.compare(fact, each, language) is not same for each in others)]


def _find_lone_negations(case: Case) -> Iterator[Change]:
    """Yield the negations that were put into or taken out of a sentence, whatever they are about."""
    if case.closeness < CLOSE:
        return
    negates = functools.partial(status.is_negation, language=case.language)
    if any(pair_opposites(case)):  # "isn't clear", "unclear"
        return
    kind = Kind.POLARITY
    for i1, i2, j1, j2 in case.edits:
        lefts, rights = case.left.tokens[i1:i2], case.right.tokens[j1:j2]
        inserted = not (lefts and rights) and all(map(negates, (*lefts, *rights)))
        merged = len(lefts) == len(rights) == 1 and status.is_denial(lefts[0], rights[0])  # "can't", "can"
        if inserted or merged:
            left, right = _quote_run(case.left, lefts, kind), _quote_run(case.right, rights, kind)
            yield Change(kind, Nature.CONFLICT, left, right)


def _quote_run(side: Side, tokens: Sequence[Token], kind: Kind) -> Fact | None:
    return side.quote(tokens[0].start, tokens[-1].end, kind) if tokens else None


def _find_plain(case: Case, fact: Fact, marked: Sequence[Fact]) -> Fact | None:
    """Return the plain word in the same place of the other side that answers a marked fact."""
    on_left = any(fact is other for other in case.left.facts)
    own, other = (case.left, case.right) if on_left else (case.right, case.left)
    if fact.kind is Kind.POLARITY:
        if any(lexicon.are_opposites(status.head_of(fact), token.stem, case.language) for token in other.tokens):
            return None  # "isn't clear" is "unclear"
        if sum(token.stem == status.head_of(fact) for token in own.tokens) > 1:
            return None  # "not this goal, but that goal"
    for plain in status.find_plain(fact, other.tokens, marked, case.language):
        alone = len(other.tokens) <= NEAR and case.closeness >= _LOOSE  # no words around to tell the place
        if status.head_of(plain) == status.head_of(fact) and (alone or _is_kept_word(case, fact, plain, on_left)):
            return plain
        if case.is_same_place(fact, plain) if on_left else case.is_same_place(plain, fact):
            return plain
    return None


def _is_kept_word(case: Case, fact: Fact, plain: Fact, on_left: bool) -> bool:
    """Whether a plain word is the very word that is marked on the other side, in two sentences in the same order."""
    left, right = (fact, plain) if on_left else (plain, fact)
    i, j = case.left.words_of(left).stop - 1, case.right.words_of(right).stop - 1
    return case.closeness >= _LOOSE and case.keeps(i, j)


def _is_firm(case: Case, left: Fact, right: Fact) -> bool:
    """Whether a change of status counts: newspapers add or drop "allegedly" freely unless nothing else changes."""
    phases = {fact.value.phase for fact in (left, right) if isinstance(fact.value, status.Status)}
    return status.Phase.ALLEGED not in phases or case.closeness >= CLOSE


def _find_rival(fact: Fact, others: Iterable[Fact], language: Language) -> Fact | None:
    """Return the marked fact of the other side with the same verb."""
    return next((other for other in others if status.compare(fact, other, language)), None)
