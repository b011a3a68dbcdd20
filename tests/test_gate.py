"""The gate: what is told, as what, and how sure."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.diff import judge
from consistency.diff.case import CLOSE, Case, Story
from consistency.diff.gate import Gate, judge_rivals, load_gates
from consistency.diff.rivals import ALONE, EDITED, Rival, complete, find_rivals
from consistency.facts import FINDERS
from consistency.learned import Model
from consistency.model import Article, Bead, Change, Fact, Kind, Nature
from consistency.segmenter import segment

LEAST = {Nature.CONFLICT: 0.5, Nature.DEVELOPMENT: 0.5}
NATURES = st.sampled_from([None, Nature.CONFLICT, Nature.DEVELOPMENT])
CHANCES = st.floats(0.02, 0.98)


def quote(place: int) -> Fact:
    return Fact(Kind.QUANTITY, place, place + 1, "9")


def fix(conflict: float, development: float) -> Gate:
    """A gate that says the same of everything."""
    odds = {Nature.CONFLICT: conflict, Nature.DEVELOPMENT: development}
    return Gate({nature: Model(math.log(chance / (1 - chance)), {}) for nature, chance in odds.items()}, LEAST)


def tell(text: str) -> Story:
    article = Article(text)
    return Story.tell(article, segment(article), FINDERS)


def open_case(left: str, right: str) -> Case:
    ours, theirs = tell(left), tell(right)
    return Case.open(Bead(ours.sentences, theirs.sentences, 1.0), ours, theirs)


@pytest.mark.parametrize(
    ("conflict", "development", "nature", "told"),
    [
        (0.6, 0.1, None, (Nature.CONFLICT, 0.6)),
        (0.1, 0.6, None, (Nature.DEVELOPMENT, 0.6)),
        (0.51, 0.1, None, (Nature.CONFLICT, 0.51)),
        (0.49, 0.1, None, (Nature.ELABORATION, 1.0)),  # too unsure for an alarm, told all the same
        (0.3, 0.3, Nature.CONFLICT, (Nature.CONFLICT, 0.6)),  # of one nature alone: a clash at all is one
        (0.11, 0.05, None, (Nature.ELABORATION, 1.0)),
        (0.09, 0.05, None, None),
    ],
)
def test_what_a_gate_tells(
    conflict: float, development: float, nature: Nature | None, told: tuple[Nature, float] | None
) -> None:
    """The surer nature, from its least confidence on; below it another detail, and below that nothing."""
    found = list(fix(conflict, development).judge([Rival("any", quote(0), quote(0), {}, nature, is_detail=True)]))
    assert [(change.nature, pytest.approx(change.confidence, abs=1e-3)) for change in found] == ([told] if told else [])


@given(CHANCES, CHANCES, NATURES)
def test_confidence_is_a_share(conflict: float, development: float, nature: Nature | None) -> None:
    """Whatever the models say, the confidence is in [0, 1]."""
    for change in fix(conflict, development).judge([Rival("any", quote(0), quote(0), {}, nature, is_detail=True)]):
        assert 0 <= change.confidence <= 1


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_each_fact_is_told_once(places: list[tuple[int, int]]) -> None:
    """The surest first, and no fact in two changes."""
    found = judge_rivals(
        [Rival("any", quote(i), quote(j), {}) for i, j in places], gates={"any": fix(0.6, 0.1), "other": fix(0.9, 0.1)}
    )
    for side in ("left", "right"):
        starts = [getattr(change, side).start for change in found]
        assert len(starts) == len(set(starts))


def test_clashes_come_before_details() -> None:
    """A detail does not take the words of an alarm, though it needs no confidence."""
    rivals = [Rival("faint", quote(0), quote(0), {}, is_detail=True), Rival("sure", quote(0), quote(5), {})]
    (change,) = judge_rivals(rivals, gates={"faint": fix(0.3, 0.1), "sure": fix(0.6, 0.1)})
    assert change.nature is Nature.CONFLICT


def test_each_sort_of_statement_has_gates_of_its_own() -> None:
    """From the share of common words on at which two sentences are one, edited; below it what stands alone, or not."""
    fire, blaze = "Ten men of Tarn died in the fire at the mill.", "The blaze in Tarn killed two men, police said."
    near, far = open_case(fire, fire.replace("Ten", "Two")), open_case(fire, blaze)
    assert far.closeness < CLOSE <= near.closeness
    ours, theirs = tell(f"{fire} It was Sunday."), tell(f"{blaze} It was Sunday.")
    whole = Case.open(Bead(ours.sentences[:1], theirs.sentences[:1], 1.0), ours, theirs)
    for case, sort in ((near, EDITED), (far, ALONE), (whole, "")):
        assert {rival.gate for rival in complete(case, find_rivals(case))} == {f"quantity{sort}"}


def test_each_kind_has_gates_for_each_sort() -> None:
    """What is learned covers all sorts of statements."""
    kinds = {kind.removesuffix(EDITED).removesuffix(ALONE) for kind in load_gates()}
    assert {kind + sort for kind in kinds for sort in ("", EDITED, ALONE)} == set(load_gates())


def test_what_is_told_is_the_same_from_either_side() -> None:
    """Sides swapped, the same changes with their sides swapped."""
    left, right = tell("The port will open on Monday, Tarn said."), tell("The port of Tarn has not opened, it said.")
    found = judge(Bead(left.sentences, right.sentences, 0.9), left, right).changes
    turned = judge(Bead(right.sentences, left.sentences, 0.9), right, left).changes

    def read(change: Change, one: Fact | None, other: Fact | None) -> tuple[object, ...]:
        return change.nature, change.kind, change.confidence, one and one.text, other and other.text

    assert sorted(map(str, (read(c, c.left, c.right) for c in found))) == sorted(
        map(str, (read(c, c.right, c.left) for c in turned))
    )
