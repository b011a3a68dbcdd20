"""Roles: whether two words fill the same place of the same statement, as the clauses tell it.

Mentions, acts and places of both sides are compared; each comparison is 1 for the same, -1 for another one, and 0 where
nothing tells, so that what a parser does not see speaks neither for nor against.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from consistency import lexicon
from consistency.clauses import Attachment, Clause, Mention, Mood, Outline, Part, Phase
from consistency.language import ENGLISH
from consistency.model import Fact
from consistency.predicates import LexicalRelation, relate
from consistency.text import stem

Signals = dict[str, float]

_KEPT = frozenset("negated_one planned_one possible_one planned_both said_both said_one main_both".split())
SAID = frozenset({Mood.ASSERTED, Mood.REPORTED})  # what is said to be so, not asked, wished or told by the way


@functools.lru_cache(1 << 14)  # each act of a side is set beside each of the other, and articles have the same acts
def relate_words(one: str, other: str) -> LexicalRelation | None:
    """Return what a word in its base form is to another, by the table of predicates and by synonyms.

    >>> print(relate_words("begin", "start"), relate_words("uphold", "overturn"), relate_words("sink", "sing"))
    same opposite None
    """
    if one == other:
        return LexicalRelation.SAME
    found = relate(one, other)
    if found is None and (lexicon.are_synonyms(stem(one), stem(other))):
        return LexicalRelation.SAME
    return found


def compare_words(one: str, other: str) -> float:
    """Return 1 where two words are the same or synonyms, -1 where they are not.

    >>> compare_words("ship", "ship"), compare_words("ship", "song")
    (1.0, -1.0)
    """
    return 1.0 if relate_words(one, other) is LexicalRelation.SAME else -1.0


def compare_mentions(ours: Iterable[Mention], theirs: Iterable[Mention]) -> float:
    """Return whether two lists of mentions have one in common; 0 where one is empty or holds but pronouns.

    >>> mayor, port, he = (Mention(0, 0, 1, head) for head in ("mayor", "port", "he"))
    >>> [compare_mentions([mayor], [other]) for other in (mayor, port, he)]
    [1.0, -1.0, 0.0]
    """
    heads = [{mention.head for mention in side} - _pronouns() for side in (ours, theirs)]
    if not all(heads):
        return 0.0
    return max(compare_words(one, other) for one in heads[0] for other in heads[1])


def are_crossed(left: Clause, right: Clause) -> bool:
    """Say whether who did it on one side is whom it was done to on the other, and the other way round.

    >>> from consistency.clauses import outline, parse
    >>> from consistency.model import Sentence
    >>> texts = "The mayor praised the judge.", "The judge praised the mayor."
    >>> one, other = (outline(*parse([Sentence(0, 0, len(text), text)])).clauses[0] for text in texts)
    >>> are_crossed(one, other), are_crossed(one, one)
    (True, False)
    """
    return compare_mentions(left.who, right.whom) > 0 and compare_mentions(left.whom, right.who) > 0


def compare_clauses(left: Clause, right: Clause) -> Signals:
    """Return how two clauses stand to each other: who, whom, how far along, how they are put.

    >>> from consistency.clauses import outline, parse
    >>> from consistency.model import Sentence
    >>> (one,) = outline(*parse([Sentence(0, 0, 24, "The mayor shut the port.")])).clauses
    >>> compare_clauses(one, one)["who"]
    1.0
    """
    phases = {left.phase, right.phase}
    moods = [clause.mood in SAID for clause in (left, right)]
    whos, whoms = (left.who, right.who), (left.whom, right.whom)
    return {
        "who": compare_mentions(*whos),
        "whom": compare_mentions(*whoms),
        "crossed": float(are_crossed(left, right)),
        "with": compare_mentions(*([o.mention for o in clause.obliques] for clause in (left, right))),
        "negated_one": float(left.negated is not right.negated),
        "planned_one": float(len(phases) == 2 and Phase.PLANNED in phases),
        "possible_one": float(len(phases) == 2 and Phase.POSSIBLE in phases),
        "ongoing_one": float(len(phases) == 2 and phases == {Phase.ONGOING, Phase.DONE}),
        "planned_both": float(phases == {Phase.PLANNED}),
        "said_both": float(all(moods)),
        "said_one": float(any(moods) and not all(moods)),
        "main_both": float(left.parent is None and right.parent is None),
        "main_one": float((left.parent is None) is not (right.parent is None)),
        "via_one": float(bool(left.via) is not bool(right.via)),
        "quoted_one": float(left.quoted is not right.quoted),
        "copulas": (left.is_copular + right.is_copular) / 2,
    }


def locate(outlines: Sequence[Outline], fact: Fact) -> tuple[Clause, Attachment] | None:
    """Return the clause that a fact hangs on, and its place there.

    >>> locate((), Fact(None, 0, 1, "two"))
    """
    outline = _find_outline(outlines, fact)
    place = outline.locate(fact.start) if outline else None
    return (outline.clauses[place.clause], place) if outline and place else None


def find_clause(outlines: Sequence[Outline], fact: Fact) -> Clause | None:
    """Return the clause that a fact hangs on.

    >>> find_clause((), Fact(None, 0, 1, "two"))
    """
    outline = _find_outline(outlines, fact)
    return outline.clause_at(fact.start) if outline else None


def _find_outline(outlines: Sequence[Outline], fact: Fact) -> Outline | None:
    inside = (o for o in outlines if len(o.parse) and o.parse.starts[0] <= fact.start < o.parse.ends[-1])
    return next(inside, None)


def compare_places(left: tuple[Clause, Attachment] | None, right: tuple[Clause, Attachment] | None) -> Signals:
    """Return how the places of two facts compare: act, part, preposition, what it measures and whose that is.

    >>> compare_places(None, None)
    {}
    """
    if left is None or right is None:
        return {}
    (one, here), (other, there) = left, right
    relation = relate_words(one.predicate, other.predicate)
    opposed = relation is not None and relation is not LexicalRelation.SAME
    return {
        "placed_both": 1.0,
        "act": 1.0 if relation is LexicalRelation.SAME else 0.5 if opposed else -1.0,
        "act_opposed": float(opposed),
        "part": 1.0 if here.part is there.part else -1.0,
        "preposition": float(here.preposition == there.preposition) if here.part is there.part is Part.OBLIQUE else 0.5,
        "noun": _compare(here.noun, there.noun),
        "noun_one": float((here.noun is None) is not (there.noun is None)),
        "owner": _compare(here.owner, there.owner),
        "subject": 0.0 if Part.WHO in (here.part, there.part) else compare_mentions(one.who, other.who),
        "object": 0.0 if Part.WHOM in (here.part, there.part) else compare_mentions(one.whom, other.whom),
        **{f"clauses_{name}": value for name, value in compare_clauses(one, other).items() if name in _KEPT},
    }


@functools.cache
def _pronouns() -> frozenset[str]:
    return lexicon.FunctionWords.read(ENGLISH).pronouns


def _compare(one: Mention | None, other: Mention | None) -> float:
    return compare_mentions([one], [other]) if one and other else 0.0
