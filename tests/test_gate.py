"""The gate: what is told, as what, and how sure."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.clauses import parse
from consistency.diff import judge
from consistency.diff.acts import find_rival_acts
from consistency.diff.case import CLOSE, Case, Story
from consistency.diff.gate import Gate, Gates, judge_rivals, load_gates, name_trees
from consistency.diff.rivals import ALONE, EDITED, Rival, complete, find_rivals
from consistency.facts import FINDERS
from consistency.learned import Forest, Model
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


def judge_one(gate: Gate, rival: Rival) -> list[Change]:
    return list(Gates({rival.gate: gate}, {}).judge([rival]))


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
        (0.21, 0.05, None, (Nature.ELABORATION, 1.0)),
        (0.19, 0.05, None, None),
    ],
)
def test_what_a_gate_tells(
    conflict: float, development: float, nature: Nature | None, told: tuple[Nature, float] | None
) -> None:
    """The surer nature, from its least confidence on; below it another detail, and below that nothing."""
    found = judge_one(fix(conflict, development), Rival("any", quote(0), quote(0), {}, nature, is_detail=True))
    assert [(change.nature, pytest.approx(change.confidence, abs=1e-3)) for change in found] == ([told] if told else [])


def test_of_articles_of_one_sentence_less_is_asked() -> None:
    """In another place than where whole articles are compared."""
    sure = {nature: Model(math.log(0.3 / 0.7), {}) for nature in (Nature.CONFLICT, Nature.DEVELOPMENT)}
    gate = Gate(sure, dict.fromkeys(sure, 0.4), dict.fromkeys(sure, 0.25))
    told = [
        [
            change.nature
            for change in Gates({"edited": gate}, {}).judge([Rival("edited", quote(0), quote(1), {"alone": n})])
        ]
        for n in (1.0, 0.5)
    ]
    assert told == [[Nature.CONFLICT], []]


@given(CHANCES, CHANCES, NATURES)
def test_confidence_is_a_share(conflict: float, development: float, nature: Nature | None) -> None:
    """Whatever the models say, the confidence is in [0, 1]."""
    rival = Rival("any", quote(0), quote(0), {}, nature, is_detail=True)
    for change in judge_one(fix(conflict, development), rival):
        assert 0 <= change.confidence <= 1


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_each_fact_is_told_once(places: list[tuple[int, int]]) -> None:
    """The surest first, and no fact in two changes."""
    gates = Gates({"any": fix(0.6, 0.1), "other": fix(0.9, 0.1)}, {})
    found = judge_rivals([Rival("any", quote(i), quote(j), {}) for i, j in places], gates)
    for side in ("left", "right"):
        starts = [getattr(change, side).start for change in found]
        assert len(starts) == len(set(starts))


def test_clashes_come_before_details() -> None:
    """A detail does not take the words of an alarm, though it needs no confidence."""
    rivals = [Rival("faint", quote(0), quote(0), {}, is_detail=True), Rival("sure", quote(0), quote(5), {})]
    (change,) = judge_rivals(rivals, Gates({"faint": fix(0.3, 0.1), "sure": fix(0.6, 0.1)}, {}))
    assert change.nature is Nature.CONFLICT


def test_gates_weigh_what_the_trees_say() -> None:
    """Each rival gets what the trees say of it, as a signal of its own gate; a gate that is not known tells nothing."""
    stump = Forest(("exact",), ((0, 0, 0),), ((0.5, 0, 0),), ((1, 1, 2),), ((2, 1, 2),), ((0, -4.0, 4.0),))
    weighed = Gate({Nature.CONFLICT: Model(0.0, {name_trees(Nature.CONFLICT): 1.0})}, LEAST)
    rivals = [
        Rival(gate, quote(k), quote(k), {"exact": k % 2}) for k, gate in enumerate(("one", "other") * 2 + ("none",))
    ]
    gates = Gates({"one": weighed, "other": weighed}, {Nature.CONFLICT: stump})
    assert [change.left for change in gates.judge(rivals)] == [quote(1), quote(3)]


def test_each_sort_of_statement_has_gates_of_its_own() -> None:
    """From the share of common words on at which two sentences are one, edited; below it what stands alone, or not."""
    fire, blaze = "Ten men of Tarn died in the fire at the mill.", "The blaze in Tarn killed two men, police said."
    near, far = open_case(fire, fire.replace("Ten", "Two")), open_case(fire, blaze)
    assert far.closeness < CLOSE <= near.closeness
    ours, theirs = tell(f"{fire} It was Sunday."), tell(f"{blaze} It was Sunday.")
    whole = Case.open(Bead(ours.sentences[:1], theirs.sentences[:1], 1.0), ours, theirs)
    for case, sort in ((near, EDITED), (far, ALONE), (whole, "")):
        assert {rival.gate for rival in complete(case, find_rivals(case))} == {f"quantity{sort}"}


@pytest.mark.parametrize(
    ("hour", "nature"),
    [("9 a.m.", Nature.CONFLICT), ("2 p.m.", None)],
)
def test_two_values_of_one_day_conflict_unless_their_hours_differ(hour: str, nature: Nature | None) -> None:
    """In one sentence edited: of two hours both values may be true."""
    one, other = (
        Article(f"At {time} the share of the mill in Tarn stood at {price} crowns.", published="2024-05-06")
        for time, price in (("9 a.m.", "51.8"), (hour, "52.1"))
    )
    ours, theirs = (Story.tell(article, segment(article), FINDERS) for article in (one, other))
    case = Case.open(Bead(ours.sentences, theirs.sentences, 1.0), ours, theirs)
    (prices,) = [rival for rival in complete(case, find_rivals(case)) if rival.left.kind is Kind.QUANTITY]
    assert prices.nature is nature


@pytest.mark.parametrize(
    ("left", "right", "nature"),
    [
        ("stood at 51 crowns at 9 a.m.", "stood at 52 crowns at 2 p.m.", None),
        ("stood at 51 crowns at 9 a.m., 50 last night.", "stood at 52 crowns at 2 p.m., 50 last night.", None),
        ("stood at 51 crowns at 9 a.m.", "stood at 52 crowns at 9 a.m.", Nature.CONFLICT),
        ("stood at 51 crowns.", "stood at 52 crowns at 9 a.m.", Nature.CONFLICT),
    ],
)
def test_hours_tell_that_time_has_passed_where_no_days_are_known(left: str, right: str, nature: Nature | None) -> None:
    """An hour that each side alone tells is another moment; one that both tell, or one of them, is none."""
    case = open_case(f"Mill shares in Tarn {left}", f"Mill shares in Tarn {right}")
    prices = [
        rival for rival in complete(case, find_rivals(case)) if (rival.left.text, rival.right.text) == ("51", "52")
    ]
    assert {rival.nature for rival in prices} == {nature}


@pytest.mark.parametrize(
    ("left", "right", "answers"),
    [
        ("Ten men died. The mill burnt.", "Two men died. It rained.", 1),
        ("Ten men died. The mill burnt.", "Two men died. Four men were saved.", 2),
        ("Ten men died. The mill burnt.", "Ten men died. Four cars burnt.", 0),  # the same, and another thing
    ],
)
def test_what_answers_a_fact_anywhere(left: str, right: str, answers: int) -> None:
    """All facts of the other article count that say something else of the same thing."""
    ours, theirs = tell(left), tell(right)
    finder = next(finder for finder in FINDERS if Kind.QUANTITY in finder.kinds)
    assert theirs.count_answers(ours.collect(finder, ours.sentences)[0], finder, 12) == answers
    assert theirs.count_answers(ours.collect(finder, ours.sentences)[0], finder, 1) == min(answers, 1)


@pytest.mark.parametrize(
    ("left", "right", "other", "turned"),
    [
        ("41", "47", 1, 0),
        ("310,000", "130,000", 1, 1),
        ("340", "430", 1, 1),
        ("340", "450", 0, 0),
        ("4", "7", 0, 0),  # two numbers of one digit are any two
        ("40", "400", 0, 0),
        ("17", "70", 0, 0),
        ("105", "150", 1, 1),
        ("1.05", "15", 0, 0),
    ],
)
def test_numbers_that_may_be_one_mistyped(left: str, right: str, other: int, turned: int) -> None:
    """One digit is another, or two stand in each other's place."""
    case = open_case(f"The town of Tarn sold {left} cows.", f"The town of Tarn sold {right} cows.")
    (rival,) = [rival for rival in find_rivals(case) if rival.gate == "quantity"]
    assert (rival.signals["digit_other"], rival.signals["digits_turned"]) == (other, turned)


@pytest.mark.parametrize(
    ("left", "right", "rivals"),
    [
        ("Nine cows of the farm in Kelm died.", "Several cows of the farm in Kelm died.", 0),
        ("Nine cows of the farm in Kelm died.", "Hundreds of cows of the farm in Kelm died.", 1),
        ("Nine cows of the farm in Kelm died.", "Twelve cows of the farm in Kelm died.", 1),
        ("Brun & Sons of Kelm lent the money.", "Veld & Sons of Kelm lent the money.", 1),
        ("Old Brun Bank lent Kelm the money.", "Brun Bank lent Kelm the money.", 0),
        ("Ada Brun said it rained all day.", "Nils Veld said it rained all day.", 0),
        ("Hail left a hole nine feet deep.", "Hail left a hole nine feet wide.", 0),
        ("Hail left a hole nine feet deep.", "Hail left a hole six feet deep.", 1),
    ],
)
def test_what_cannot_answer_is_no_rival(left: str, right: str, rivals: int) -> None:
    """A word that tells no count, a part of a name, and who says it: none of them clashes with the other."""
    assert len(find_rivals(open_case(left, right))) == rivals


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("The bank approved the loan to Kelm.", "The bank did not approve the loan to Kelm.", {Kind.POLARITY}),
        ("The mayor will visit Kelm.", "The mayor visited Kelm.", {Kind.STATUS}),
        ("The mayor visited Kelm, saying it rained.", "The mayor visited Kelm and said it rained.", set()),
        ("The old ship sank off Kelm.", "Off Kelm the old ship sank.", set()),
    ],
)
def test_states_of_acts(left: str, right: str, kinds: set[Kind]) -> None:
    """One act denied, one act planned and done; the same words, and words of saying, tell no other state."""
    stories = []
    for text in (left, right):
        article = Article(text)
        sentences = segment(article)
        stories.append(Story.tell(article, sentences, FINDERS, parse(sentences)))
    found = judge(Bead(stories[0].sentences, stories[1].sentences, 1.0), *stories).changes
    assert {change.kind for change in found} == kinds


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        (
            "Later a midwife compared the bands.",
            "Later the grandmother compared the bands.",
            {("midwife", "grandmother")},
        ),
        ("The fire broke out in the engine room.", "The fire broke out on the car deck.", {("room", "deck")}),
        ("The firm released a workaround.", "The firm released a work-around.", set()),
        ("The mayor opened the bridge.", "The mayor opened the bridges.", set()),
        ("One of the mice ate all of the old cheese in the sink.", "A cat slept by the door.", set()),
    ],
)
def test_words_in_the_place_of_others_are_rivals(left: str, right: str, words: set[tuple[str, str]]) -> None:
    """A word or a few that end with it; not the same word in another form or written apart, nor in another sentence."""
    stories = []
    for text in (left, right):
        sentences = segment(article := Article(text))
        stories.append(Story.tell(article, sentences, FINDERS, parse(sentences)))
    case = Case.open(Bead(stories[0].sentences, stories[1].sentences, 1.0), *stories)
    found = [rival for rival in find_rival_acts(case) if "relation_none" in rival.signals]
    assert {(rival.left.text, rival.right.text) for rival in found} == words


def test_each_kind_has_gates_for_each_sort() -> None:
    """What is learned covers all sorts of statements."""
    gates = load_gates().gates
    kinds = {kind.removesuffix(EDITED).removesuffix(ALONE) for kind in gates}
    assert {kind + sort for kind in kinds for sort in ("", EDITED, ALONE)} == set(gates)


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
