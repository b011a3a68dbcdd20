"""Judging: a bead becomes a pair. Rules in order, the first answer wins; the order is the policy.

1. A sentence alone is unique.
2. The same words, typography folded, are identical, whatever facts are in them.
3. A fact that differs, or that only one side has while the whole other article is silent on it, makes an update.
4. All else says the same in other words: paraphrased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from consistency.diff.acts import find_rival_acts
from consistency.diff.case import Case, Side, Story
from consistency.diff.changes import find_fact_changes, find_status_changes, find_swaps
from consistency.diff.gate import judge_rivals
from consistency.diff.rivals import complete, find_rivals
from consistency.diff.wording import find_wording_changes
from consistency.facts import speech, status
from consistency.model import Bead, Change, Fact, Kind, Nature, Pair, Relation
from consistency.text import fold

__all__ = [
    "RULES",
    "Case",
    "Rule",
    "Side",
    "Story",
    "find_fact_changes",
    "find_status_changes",
    "find_swaps",
    "find_wording_changes",
    "judge",
    "judge_alone",
    "judge_changes",
    "judge_rest",
    "judge_same_words",
]

_DETAIL = 1.75  # rarity, summed over the words that only one side has, that makes a detail of substance
_DETAIL_TOO = 1.25  # the same where a fact has changed already


class Rule(Protocol):
    """How a bead is judged: a callable that returns the pair, or ``None`` where another rule has to answer.

    >>> def pass_over(case: Case) -> None:
    ...     return None
    >>> rule: Rule = pass_over
    """

    def __call__(self, case: Case, /) -> Pair | None:
        """Return the pair, or ``None``."""
        ...


def judge(bead: Bead, left: Story, right: Story, rules: Sequence[Rule] = ()) -> Pair:
    """Return the pair that the first answering rule makes of a bead.

    >>> from consistency.model import Article, Sentence
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
    """A fact that differs, or that one side has and the other article has not, makes an update.

    What clashes is told by the gate; what it does not let through stays as what one side tells besides.
    """
    found = judge_rivals(complete(case, (*find_rivals(case), *find_rival_acts(case))))
    clashes = [change for change in found if change.nature is not Nature.ELABORATION]
    changes = list(_settle_speakers(case, list(find_fact_changes(case))))
    changes = [*_without_denied(case, changes, states := list(find_status_changes(case))), *states]
    changes += find_swaps(case)
    changes += find_wording_changes(case, _DETAIL_TOO if changes else _DETAIL)
    changes = [*clashes, *(change for change in changes if not _is_told(change, clashes))]
    changes += [change for change in found if change not in clashes and not _is_told(change, changes)]
    changes.sort(key=lambda change: min(fact.start for fact in (change.left, change.right) if fact))
    return _pair(case, Relation.UPDATED, changes) if changes else None


def _is_told(change: Change, clashes: Iterable[Change]) -> bool:
    """Whether words of a change are a part of what is told already."""
    return any(_meet(change.left, clash.left) or _meet(change.right, clash.right) for clash in clashes)


def _meet(one: Fact | None, other: Fact | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end


def _without_denied(case: Case, changes: Iterable[Change], states: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes without the number that stands where the other side denies: "no one", "three people"."""
    denied = [c for c in states if c.kind is Kind.POLARITY]
    for change in changes:
        fact, other = change.left or change.right, case.right if change.left else case.left
        alone = change.kind is Kind.QUANTITY and not (change.left and change.right)
        if not (denied and alone and fact and status.is_denied(case.answer(fact, other), case.language)):
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
    return speaker and speech.says_by_pronoun(other.tokens, other.story.language)


def _is_inside(fact: Fact | None, others: Iterable[Fact | None]) -> bool:
    return any(fact and other and other.start <= fact.start and fact.end <= other.end for other in others)


def judge_rest(case: Case) -> Pair:
    """What no rule before took says the same in other words."""
    return _pair(case, Relation.PARAPHRASED)


RULES: tuple[Rule, ...] = (judge_alone, judge_same_words, judge_changes, judge_rest)


def _pair(case: Case, relation: Relation, changes: Iterable[Change] = ()) -> Pair:
    return Pair(case.bead.left, case.bead.right, relation, case.bead.score, tuple(changes))
