"""What a referee is asked and answers, and how an opinion moves a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import attrs

from consistency.errors import SettingsError
from consistency.model import Change, Comparison, Nature

SURE = 0.8
"""Confidence from which a conflict stays one, and as sure, whatever a referee says."""

_SHARE = attrs.validators.and_(attrs.validators.ge(0), attrs.validators.le(1))


@attrs.frozen
class Question:
    """A change on which an opinion is asked: between which statements, published on which days (ISO 8601 or None).

    >>> import consistency
    >>> found = consistency.compare("Two people died in Tarn.", "Nine people died in Tarn.")
    >>> [question.right for question in find_questions(found)]
    ['Nine people died in Tarn.']
    """

    change: Change
    left: str
    right: str
    left_published: str | None = None
    right_published: str | None = None


@attrs.frozen
class Opinion:
    """What a referee says of a change: its nature, and how sure that is, in [0, 1].

    Raises:
        TypeError: the nature is none.
        ValueError: the confidence is not in [0, 1].

    >>> print(Opinion(Nature.DEVELOPMENT, 0.9).nature)
    development
    """

    nature: Nature = attrs.field(validator=attrs.validators.instance_of(Nature))
    confidence: float = attrs.field(validator=_SHARE)


class Referee(Protocol):
    """Who is asked: a callable that returns an opinion for each question in order, None where it has none.

    >>> def trust_no_number(questions: Sequence[Question]) -> list[Opinion | None]:
    ...     return [Opinion(Nature.ELABORATION, 0.9) if q.change.kind == "quantity" else None for q in questions]
    >>> referee: Referee = trust_no_number
    """

    def __call__(self, questions: Sequence[Question], /) -> Sequence[Opinion | None]:
        """Return the opinions."""
        ...


def find_questions(comparison: Comparison) -> tuple[Question, ...]:
    """Return what a referee is asked about a comparison: its conflicts, then its developments.

    >>> import consistency
    >>> find_questions(consistency.compare("Rain fell in Tarn.", "Rain fell in Tarn."))
    ()
    """
    days = [side.published.isoformat() if side.published else None for side in (comparison.left, comparison.right)]
    return tuple(
        Question(change, pair.left_text, pair.right_text, *days)
        for pair, change in comparison.changes
        if change.nature is not Nature.ELABORATION
    )


def weigh(change: Change, opinion: Opinion | None) -> Change:
    """Return a change after an opinion on it.

    Its confidence becomes the mean of its own and of what the referee leaves to its nature. Below one half its nature
    becomes that of the opinion. A conflict of at least `SURE` stays one and is never less sure than before.

    >>> from consistency.model import Kind
    >>> change = Change(Kind.QUANTITY, Nature.CONFLICT, None, None, 0.6)
    >>> print(weigh(change, Opinion(Nature.DEVELOPMENT, 1.0)).nature)
    development
    """
    if opinion is None:
        return change
    agrees = opinion.nature is change.nature
    confidence = (change.confidence + (opinion.confidence if agrees else 1 - opinion.confidence)) / 2
    if change.nature is Nature.CONFLICT and change.confidence >= SURE:
        return attrs.evolve(change, confidence=max(change.confidence, confidence))
    if agrees or confidence >= 0.5:
        return attrs.evolve(change, confidence=confidence)
    return attrs.evolve(change, nature=opinion.nature, confidence=1 - confidence)


def consult(comparison: Comparison, referee: Referee) -> Comparison:
    """Return a comparison after a referee was asked; one without conflicts and developments is asked of nobody.

    Raises:
        SettingsError: the referee did not return one opinion, or None, for each question.

    >>> import consistency
    >>> found = consistency.compare("Two people died in Tarn.", "Nine people died in Tarn.")
    >>> consult(found, lambda questions: [None] * len(questions)) == found
    True
    """
    questions = find_questions(comparison)
    if not questions:
        return comparison
    opinions = tuple(referee(questions))
    if len(opinions) != len(questions) or not all(o is None or isinstance(o, Opinion) for o in opinions):
        raise SettingsError(
            f"referee: {len(questions)} opinions are wanted, each an Opinion or None; mend the callable"
        )
    told = dict(zip((question.change for question in questions), opinions, strict=True))
    pairs = tuple(
        attrs.evolve(pair, changes=tuple(weigh(change, told.get(change)) for change in pair.changes))
        for pair in comparison.pairs
    )
    return attrs.evolve(comparison, pairs=pairs)
