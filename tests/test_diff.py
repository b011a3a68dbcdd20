"""Judging: examples of each rule that must and must not fire, and laws.

The statements of a table are known counterparts, so nothing here depends on the aligner. Tables name the changes they
are about; what else may be found in a sentence is not their matter.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given

from consistency import diff
from consistency.comparer import Comparer
from consistency.diff.told import Told
from consistency.facts import FINDERS, Finder, Reach
from consistency.model import Agreement, Article, Change, Comparison, Fact, Kind, Nature, Relation, Sentence
from strategies import bind, judge, laws, make_sentences, sentences, time_limit

Day = str | None


def test_a_fact_told_again_is_compared_once() -> None:
    """A long article says the same names again and again."""
    compared: list[str] = []

    def compare(one: Fact, other: Fact) -> Agreement | None:
        compared.append(other.text)
        return Agreement.SAME if one.value == other.value else Agreement.DIFFERENT

    def find(article: Article, cut: Sequence[Sentence]) -> list[list[Fact]]:  # noqa: ARG001  a plug
        return [[Fact(Kind.PLACE, s.start, s.start + 4, s.text[:4], s.text[:4])] for s in cut]

    cut = tuple(make_sentences(["Tarn sank.", "Orlo rose.", "Tarn rose.", "Kelm fell.", "Tarn fell."]))
    finder = Finder(frozenset({Kind.PLACE}), find, compare)
    story = diff.Story.tell(Article("\n\n".join(s.text for s in cut)), cut, (finder,))
    assert not story.tells(Fact(Kind.PLACE, 0, 4, "Veld", "Veld"), finder)
    assert compared == ["Tarn", "Orlo", "Kelm"]
    assert not story.tells(Fact(Kind.PLACE, 9, 13, "Veld", "Veld"), finder)  # asked again, it is not compared again
    assert compared == ["Tarn", "Orlo", "Kelm"]
    assert story.tells(Fact(Kind.PLACE, 0, 4, "Kelm", "Kelm"), finder)
    assert compared[3:] == ["Kelm"]  # its equal comes first
    assert story.count_answers(Fact(Kind.PLACE, 0, 4, "Kelm", "Kelm"), finder, 9) == 4
    assert not story.tells(Fact(Kind.ENTITY, 0, 4, "Kelm", "Kelm"), finder)


def test_in_a_long_article_facts_are_looked_up_by_their_keys() -> None:
    """One that has no key is compared with all, and all with it; the answers are those of a look at each."""
    compared: list[str] = []

    def compare(one: Fact, other: Fact) -> Agreement | None:
        compared.append(other.text)
        same = one.text == other.text or "?" in (one.text, other.text)
        return Agreement.SAME if same else Agreement.DIFFERENT

    def index(fact: Fact) -> set[str] | None:
        return None if fact.text == "?" else {fact.text[-1]}

    def name(text: str) -> Fact:
        return Fact(Kind.PLACE, 0, 4, text, text)

    finder = Finder(frozenset({Kind.PLACE}), lambda _, cut: [[] for _ in cut], compare, index=index)
    facts = [name(f"Tarn {number}") for number in range(200)]
    assert not Told(finder, facts).tells(name("Orlo 7"))
    assert len(compared) == 20
    assert Told(finder, facts).tells(name("?"))
    assert Told(finder, [*facts, name("?")]).tells(name("Orlo 7"))
    del compared[:]
    assert not Told(finder, facts[:100]).tells(name("Orlo 7"))
    assert len(compared) == 100  # few are looked at one by one


def read_changes(found: Comparison, kind: Kind) -> list[tuple[Nature, str | None, str | None]]:
    """Return nature and words of the changes of one kind."""
    return [
        (change.nature, change.left.text if change.left else None, change.right.text if change.right else None)
        for _, change in found.changes
        if change.kind is kind
    ]


def describe(change: Change, mirrored: bool = False) -> tuple[object, ...]:
    sides = [fact and (fact.kind, fact.start, fact.end, fact.text) for fact in (change.left, change.right)]
    return (change.kind, change.nature, *(sides[::-1] if mirrored else sides))


IDENTICAL = (
    ("Twelve people died in Kelm on Monday.", "twelve people died in Kelm on Monday"),
    ("“Rain will fall,” Ada Brun said.", "'Rain will fall,' Ada Brun said."),
    ("The mayor’s boat – a gift – sank.", "The mayor's boat - a gift - sank."),
)
PARAPHRASED = (
    ("The mayor began the search.", "The mayor started the search."),
    ("The mayor bought a big boat.", "The mayor purchased a large boat."),
    ("The mayor didn't visit Kelm.", "The mayor did not visit Kelm."),
    ("No late guests would be let in, she said.", "Late guests would not be let in, she said."),
    ("Ada Brun was beaten on Sunday.", "Ada Brun was defeated on Sunday."),
    ("The mayor will visit Kelm.", "The mayor is to visit Kelm."),
    ("“It rained all day,” said Ada Brun.", "Ada Brun said it rained all day."),
    ("It rained all day, he said.", "It rained all day."),
    ("In Kelm, the mayor visited the school.", "The mayor visited the school in Kelm."),
    ("The horse, which was lame, lost the race.", "The horse which was lame lost the race."),
    ("One man entered the mill by a side door.", "A man entered the mill by a side door."),
    ("Ferry fares in Kelm rose in recent years.", "Ferry fares in Kelm rose."),
    ("French President Ada Brun arrived in Oslo.", "President Ada Brun arrived in Oslo."),
    ("Orlin police chief Ada Brun arrived in Oslo.", "Ada Brun arrived in Oslo."),
    ("Peace is the goal.", "War is not the goal, peace is the goal, he said."),
    ("The mayor left without being questioned.", "The mayor left without anyone questioning him."),
    ("The firm released a workaround.", "The firm released a work-around."),
    ("The museum will open on Friday.", "The museum opens on Friday."),
    ("The mayor is expected to leave Kelm.", "The mayor leaves Kelm."),
    ("The wall is intended to protect Kelm.", "The wall is designed to protect Kelm."),
    ("The KOPA met in Kelm.", "The Kelm office for ports and anchorage met in Kelm."),
    ("Kelm has 64 cases of SARS.", "Kelm has 64 cases of severe acute respiratory syndrome."),
    ("The index of Kelm closed at 1,662 after noon.", "The index of Kelm closed at 1662 after noon."),
    ("The mayor will visit the mill, which opened in 1954.", "The mayor visits the mill, which opened in 1954."),
    ("Brun may sign the loan and will sign the treaty.", "Brun will sign the treaty and the loan."),
    ("The army did not attack Kelm.", "The army denied it attacked Kelm."),
)
STATUSES = (
    ("The mayor will visit Kelm.", "The mayor visited Kelm.", Nature.DEVELOPMENT, "will visit", "visited"),
    ("The mayor is scheduled to visit Kelm.", "The mayor visited Kelm.", Nature.DEVELOPMENT, None, "visited"),
    ("The talks will begin in Kelm.", "The talks started in Kelm.", Nature.DEVELOPMENT, "will begin", "started"),
    ("The mayor plans to sell the port.", "The mayor sold the port.", Nature.DEVELOPMENT, "plans to sell", "sold"),
    ("The mayor may visit Kelm.", "The mayor will visit Kelm.", None, "may visit", "will visit"),
    ("The driver allegedly stole the car.", "The driver stole the car.", None, "allegedly stole", "stole"),
    ("The mayor could resign.", "The mayor resigned.", None, "could resign", "resigned"),
    (
        "The mayor is scheduled to leave Kelm.",
        "The mayor left Kelm.",
        Nature.DEVELOPMENT,
        "scheduled to leave",
        "left",
    ),
)
POLARITIES = (
    ("The mayor visited Kelm.", "The mayor did not visit Kelm.", "visited", "not visit"),
    ("The bank has condemned the plan.", "The bank has not condemned the plan.", "condemned", "not condemned"),
    ("The mayor will pay.", "The mayor won't pay.", None, "won't pay"),
    ("The mayor never signed the letter.", "The mayor signed the letter.", "never signed", "signed"),
    ("The mayor refused to visit Kelm.", "The mayor visited Kelm.", "refused to visit", "visited"),
    ("The mayor can’t leave Kelm.", "The mayor can leave Kelm.", "can’t leave", "leave"),
    ("The mayor cannot leave Kelm.", "The mayor can leave Kelm.", "cannot leave", "leave"),
)
OPPOSITES = (
    ("Share prices rose on Monday.", "Share prices fell on Monday.", "rose", "fell"),
    ("The court accepted the claim.", "The court rejected the claim.", "accepted", "rejected the claim"),
    ("The mayor denied that he paid.", "The mayor confirmed that he paid.", "denied", "confirmed"),
    ("She was the first to arrive.", "She was the last to arrive.", "first", "last"),
    ("The home team won the match.", "The home team lost the match.", "won", "lost"),
    ("Kelm won the final against Orlin.", "Kelm lost the final to Orlin.", "won", "lost the final to"),
    ("Brun's wife said that Brun had left.", "Brun's husband said that Brun had left.", "wife", "husband"),
)
SWAPPED = (
    ("Alma Freight sued Borealis.", "Borealis sued Alma Freight."),
    ("Ada Brun praised Ivo Sand in Kelm.", "Ivo Sand praised Ada Brun in Kelm."),
    ("France beat Norway on Monday.", "Norway beat France on Monday."),
)
NOT_SWAPPED = (
    ("Ada Brun met Ivo Sand in Kelm.", "Ivo Sand met Ada Brun in Kelm."),
    ("Ada Brun and Ivo Sand left Kelm.", "Ivo Sand and Ada Brun left Kelm."),
    ("Ada Brun praised Ivo Sand.", "Ivo Sand was praised by Ada Brun."),
)
REPLACED = (
    ("The council approved the budget.", "The council approved the bridge.", "budget", "bridge"),
    ("The court freed eleven insurgents.", "The court freed eleven sailors.", "insurgents", "sailors"),
)
NOT_REPLACED = (
    ("The council approved the budget.", "The council approved the budgets."),
    ("The council approved the sqaure.", "The council approved the square."),
    ("The council approved a big loan.", "The council approved a large loan."),
    ("The council approved the budget.", "The council has approved the budget."),
)
NO_OPPOSITES = (
    ("Share prices rose on Monday.", "Share prices climbed on Monday."),
    ("Share prices rose and then fell.", "Share prices fell after they rose."),
    ("The mayor opened the north gate.", "The mayor opened the old gate."),
    ("Kelm won the final against Orlin.", "Orlin lost the final to Kelm."),
    ("Alma Freight bought the mill from Borealis.", "Borealis sold the mill to Alma Freight."),
    ("It is unlikely to rain.", "It is not likely to rain."),
)
ATTRIBUTIONS = (
    ("It rained all day, Ada Brun said.", "It rained all day.", "Ada Brun", None),
    ("It rained all day.", "It rained all day, according to police.", None, "police"),
    ("It rained all day, Ada Brun told the Herald.", "It rained all day, Ada Brun said.", "Herald", None),
    ("Ada Brun said it rained all day.", "Nils Veld said it rained all day.", "Ada Brun", "Nils Veld"),
)
NO_ATTRIBUTIONS = (
    ("It rained all day, Ada Brun said.", "Ada Brun says that it rained all day."),
    ("It rained all day, Ada Brun said.", "It rained all day, according to Brun."),
    ("It rained all day, she said.", "It rained all day."),
    ("It rained all day, reports say.", "It rained all day."),
    ("It rained all day, police said in a statement.", "It rained all day, police said."),
    ("“It rained all day,” Ada Brun said.", "“It rained all day,” she said."),
    ("Ada Brun, a harbour lawyer, said it rained.", "Harbour lawyer Ada Brun said it rained."),
)
ONE_SIDED = (
    (Kind.QUANTITY, "Two men entered the mill by a side door.", "The men entered the mill by a side door.", "Two"),
    (Kind.TIME, "Fares in Kelm rose in the past three years.", "Fares in Kelm rose.", "past three years"),
    (Kind.PLACE, "Ferry fares in Kelm fell in France.", "Ferry fares in Kelm fell.", "France"),
    (Kind.ATTRIBUTION, "She told the Herald that it rained all day.", "She said that it rained all day.", "Herald"),
)
DETAILS = (
    ("The bridge collapsed.", "The bridge collapsed, crushing fishing boats beneath its concrete deck.", "crushing"),
    ("The U.S. army left.", "The U.S. army left after unprecedented smuggling in uranium.", "unprecedented smuggling"),
    ("The mayor resigned.", "The mayor resigned after auditors uncovered forged invoices.", "auditors"),
)
NO_DETAILS = (
    ("The bridge collapsed.", "The bridge has now collapsed."),
    ("The mayor visited the school.", "On the whole, the mayor also went to visit the school."),
    ("The mayor resigned.", "The mayor has stepped down."),
)


@pytest.mark.parametrize(("left", "right"), IDENTICAL)
def test_same_words_are_identical(left: str, right: str) -> None:
    """Typography makes no change, whatever facts are in the sentence."""
    (pair,) = judge(left, right).pairs
    assert pair.relation is Relation.IDENTICAL
    assert pair.changes == ()


@pytest.mark.parametrize(("left", "right"), PARAPHRASED)
def test_other_words_with_the_same_facts_are_paraphrased(left: str, right: str) -> None:
    """A kept meaning is no update."""
    for found in (judge(left, right), judge(right, left)):
        assert [str(change) for _, change in found.changes] == []
        assert found.pairs[0].relation is Relation.PARAPHRASED


@pytest.mark.parametrize(("left", "right", "nature", "ours", "theirs"), STATUSES)
def test_status_changes(left: str, right: str, nature: Nature | None, ours: str | None, theirs: str) -> None:
    """A plan that took place is a development; a marked verb is answered by the verb of the other side."""
    ((found, one, other),) = read_changes(judge(left, right), Kind.STATUS)
    assert nature in {None, found}
    assert ours in {None, one}
    assert other == theirs


@pytest.mark.parametrize(("left", "right", "ours", "theirs"), POLARITIES)
def test_polarity_changes(left: str, right: str, ours: str | None, theirs: str | None) -> None:
    """Did and did not are a conflict."""
    ((nature, one, other),) = read_changes(judge(left, right), Kind.POLARITY)
    assert nature is Nature.CONFLICT
    assert ours in {None, one}
    assert theirs in {None, other}


@pytest.mark.parametrize(("left", "right", "ours", "theirs"), OPPOSITES)
def test_opposites_are_conflicts(left: str, right: str, ours: str, theirs: str) -> None:
    """Opposite words in the same place cannot both hold."""
    assert (Nature.CONFLICT, ours, theirs) in read_changes(judge(left, right), Kind.DETAIL)


def test_a_word_is_told_once() -> None:
    """Opposites are a conflict, and no replaced word as well."""
    (change,) = judge("The firm failed on Monday.", "The firm succeeded on Monday.").changes
    assert change[1].nature is Nature.CONFLICT


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("Profit fell last quarter.", "Profit fell in the first quarter of 2024.", []),  # they agree
        ("The toll was paid in the first half of 2023.", "The toll was paid in the second half of 2023.", ["time"]),
        ("He was first in the race in Kelm.", "He was last in the race in Kelm.", ["detail"]),  # of no fact
    ],
)
def test_words_of_facts_that_answer_each_other_are_no_opposites(left: str, right: str, kinds: list[str]) -> None:
    """What they differ in the facts tell, and only once."""
    days = "2024-05-06", "2024-05-06"
    for found in (judge(left, right, days), judge(right, left, days)):
        assert [change.kind.value for _, change in found.changes] == kinds


@pytest.mark.parametrize(("left", "right"), NO_OPPOSITES)
def test_no_opposites(left: str, right: str) -> None:
    """Near-synonyms, both words on both sides, and words that are merely different are no conflict of wording."""
    for found in (judge(left, right), judge(right, left)):
        assert not [change for change in read_changes(found, Kind.DETAIL) if change[0] is Nature.CONFLICT]


@pytest.mark.parametrize(("left", "right"), SWAPPED)
def test_who_did_it_to_whom_is_a_conflict(left: str, right: str) -> None:
    """Two names that have changed places, with all else as it was, are two conflicts."""
    for found in (judge(left, right), judge(right, left)):
        assert [change.nature for _, change in found.changes] == [Nature.CONFLICT, Nature.CONFLICT]
        assert {str(change.left) for _, change in found.changes} == {str(change.right) for _, change in found.changes}


@pytest.mark.parametrize(("left", "right"), NOT_SWAPPED)
def test_what_two_do_together_has_no_order(left: str, right: str) -> None:
    """Lists, meetings and passives may name the two in either order."""
    for found in (judge(left, right), judge(right, left)):
        assert found.pairs[0].relation is Relation.PARAPHRASED


@pytest.mark.parametrize(("left", "right", "ours", "theirs"), REPLACED)
def test_another_word_in_its_place_is_a_detail(left: str, right: str, ours: str, theirs: str) -> None:
    """A word that has nothing to do with the one that it stands for tells something else."""
    assert [words for _, *words in read_changes(judge(left, right), Kind.DETAIL)] == [[ours, theirs]]


@pytest.mark.parametrize(("left", "right"), NOT_REPLACED)
def test_the_word_in_another_form_is_no_detail(left: str, right: str) -> None:
    """Another form, a mended slip and a synonym are the same word."""
    for found in (judge(left, right), judge(right, left)):
        assert read_changes(found, Kind.DETAIL) == []


def test_what_is_denied_has_no_number_beside() -> None:
    """That nobody was hurt and that three were hurt is one change."""
    for tail in (".", " in the fire.", " in the fire at the Kelm mill on Monday."):
        found = judge(f"No one was hurt{tail}", f"Three people were hurt{tail}")
        assert [change.kind for _, change in found.changes] == [Kind.POLARITY]
    beside = judge("No one was hurt in the fire at Kelm.", "Two mills burned and one man was hurt in the fire at Kelm.")
    assert Kind.POLARITY in {change.kind for _, change in beside.changes}


@pytest.mark.parametrize(("left", "right", "ours", "theirs"), ATTRIBUTIONS)
def test_attribution_changes(left: str, right: str, ours: str | None, theirs: str | None) -> None:
    """A named source that the other side does not give, or gives otherwise."""
    ((nature, one, other),) = read_changes(judge(left, right), Kind.ATTRIBUTION)
    assert nature is Nature.ELABORATION
    assert (one and one.removeprefix("the ")) == ours
    assert (other and other.removeprefix("the ")) == theirs


@pytest.mark.parametrize(("left", "right"), NO_ATTRIBUTIONS)
def test_no_attribution_changes(left: str, right: str) -> None:
    """The same source in another place, a pronoun, a vague report and "in a statement" are no change."""
    for found in (judge(left, right), judge(right, left)):
        assert read_changes(found, Kind.ATTRIBUTION) == []


@pytest.mark.parametrize(("kind", "left", "right", "words"), ONE_SIDED)
def test_facts_of_one_side_are_elaborations(kind: Kind, left: str, right: str, words: str) -> None:
    """A number, a length of time, a place or a listener that only one article has is an elaboration."""
    ((nature, one, other),) = read_changes(judge(left, right), kind)
    assert (nature, other) == (Nature.ELABORATION, None)
    assert (one or "").removeprefix("the ") == words


@pytest.mark.parametrize(("left", "right", "word"), DETAILS)
def test_details_are_elaborations(left: str, right: str, word: str) -> None:
    """Words of substance that one side only has are a detail, on that side."""
    details = read_changes(judge(left, right), Kind.DETAIL)
    assert any(word in (other or "") for _, _, other in details)
    assert {(nature, one) for nature, one, _ in details} == {(Nature.ELABORATION, None)}


@pytest.mark.parametrize(("left", "right"), NO_DETAILS)
def test_no_details(left: str, right: str) -> None:
    """Fillers and other words for the same are no detail."""
    for found in (judge(left, right), judge(right, left)):
        assert read_changes(found, Kind.DETAIL) == []


def test_what_is_told_elsewhere_is_no_change() -> None:
    """A source or detail that the other article tells in another sentence is nothing new to its reader."""
    left = "The bridge collapsed, crushing fishing boats beneath its deck."
    right = ["The bridge collapsed.", "Its deck fell on fishing boats, crushing them beneath it."]
    told = Comparer(aligner=lambda ours, theirs: bind(ours, theirs[:1]) + bind([], theirs[1:]))
    found = told.compare(Article(left), Article("\n\n".join(right)))
    assert read_changes(judge(left, right[0]), Kind.DETAIL)
    assert found.pairs[0].changes == ()
    assert found.pairs[0].relation is Relation.PARAPHRASED


@pytest.mark.parametrize(
    "published", [(None, None), ("2023-03-06", None), ("2023-03-06", "2023-03-06"), ("2023-03-06", "2023-03-14")]
)
def test_time_makes_a_growing_toll_a_development(published: tuple[Day, Day]) -> None:
    """Two tolls of one day, or of unknown days, clash or refine; of two days, the later one supersedes."""
    passed = None not in published and published[0] != published[1]
    for toll, otherwise in (("Ten", Nature.CONFLICT), ("At least 10", Nature.ELABORATION)):
        found = judge(f"{toll} people died in Kelm.", "Twenty-five people died in Kelm.", published)
        (change,) = read_changes(found, Kind.QUANTITY)
        assert change == (Nature.DEVELOPMENT if passed else otherwise, toll, "Twenty-five")


SAME_DAY, DAYS_LATER = ("2023-03-06", "2023-03-06"), ("2023-03-06", "2023-03-14")
NEXT = "2023-03-06", "2023-03-07"
NATURES = (  # two articles of their days, and the nature of their changes of one kind
    ("Ten people died in the Kelm fire.", "Nine people died in the Kelm fire.", SAME_DAY, Kind.QUANTITY, "conflict"),
    (
        "Ten people died in the Kelm fire.",
        "Twelve people died in the Kelm fire.",
        DAYS_LATER,
        Kind.QUANTITY,
        "development",
    ),
    ("At least ten died in the Kelm fire.", "Twelve died in the Kelm fire.", DAYS_LATER, Kind.QUANTITY, "development"),
    ("At least ten died in the Kelm fire.", "Twelve died in the Kelm fire.", SAME_DAY, Kind.QUANTITY, "elaboration"),
    ("Up to twenty were hurt in Kelm.", "Twenty were hurt in Kelm.", SAME_DAY, Kind.QUANTITY, "elaboration"),
    ("Nearly 50% of Kelm was flooded.", "Of Kelm 49% was flooded.", SAME_DAY, Kind.QUANTITY, None),
    ("Ivo Sand, 34, died in the fire.", "Ivo Sand, 43, died in the fire.", DAYS_LATER, Kind.QUANTITY, "conflict"),
    ("Kelm beat Orlin 3-1 at home.", "Kelm beat Orlin 3-2 at home.", DAYS_LATER, Kind.QUANTITY, "conflict"),
    (
        "In 1974 the fire in Kelm killed ten.",
        "In 1974 the fire in Kelm killed two.",
        DAYS_LATER,
        Kind.QUANTITY,
        "conflict",
    ),
    ("The fire broke out on Monday.", "The fire broke out on Sunday.", SAME_DAY, Kind.TIME, "conflict"),
    ("The fire broke out on 2 March.", "The fire broke out on 3 March.", DAYS_LATER, Kind.TIME, "conflict"),
    (
        "The talks will begin on Monday, he said.",
        "The talks will begin on Friday, he said.",
        SAME_DAY,
        Kind.TIME,
        "conflict",
    ),
    ("The mill opened on 2 May 1970.", "The mill opened on 3 May 1970.", DAYS_LATER, Kind.TIME, "conflict"),
    ("The fire broke out last week.", "The fire broke out last Thursday.", SAME_DAY, Kind.TIME, "elaboration"),
    (
        "The ferry Alma burned at the quay in Oslo.",
        "The ferry Alma burned at the quay in Bergen.",
        DAYS_LATER,
        Kind.PLACE,
        "conflict",
    ),
    ("Ada Brun signed it.", "Ivo Sand signed it.", DAYS_LATER, Kind.ENTITY, "elaboration"),  # one of a kind, or two
    ("His wife found the boat.", "His husband found the boat.", DAYS_LATER, Kind.DETAIL, "conflict"),
    ("The mayor will visit Kelm.", "The mayor visited Kelm.", SAME_DAY, Kind.STATUS, "development"),
    ("The mayor could resign.", "The mayor resigned.", DAYS_LATER, Kind.STATUS, "development"),
    ("The mayor could resign.", "The mayor resigned.", SAME_DAY, Kind.STATUS, "elaboration"),
    ("The mayor allegedly stole it.", "The mayor stole it.", DAYS_LATER, Kind.STATUS, "elaboration"),
    ("The bank has not paid the crew.", "The bank has paid the crew.", DAYS_LATER, Kind.POLARITY, "development"),
    ("The bank has not paid the crew.", "The bank has paid the crew.", SAME_DAY, Kind.POLARITY, "conflict"),
    ("The mayor did not visit Kelm.", "The mayor visited Kelm.", DAYS_LATER, Kind.POLARITY, "conflict"),
    ("Police said the fire was lit.", "The army said the fire was lit.", SAME_DAY, Kind.ATTRIBUTION, "elaboration"),
    ("The fire was lit.", "The fire was lit, according to the army.", DAYS_LATER, Kind.ATTRIBUTION, "elaboration"),
)


@pytest.mark.parametrize(("left", "right", "days", "kind", "nature"), NATURES)
def test_natures(left: str, right: str, days: tuple[Day, Day], kind: Kind, nature: str | None) -> None:
    """What cannot both be true is a conflict, what the later day supersedes a development, what one adds elaborates."""
    for found in (judge(left, right, days), judge(right, left, days[::-1])):
        assert {str(nature) for nature, _, _ in read_changes(found, kind)} == ({nature} if nature else set())


def find_ships(kind: Kind, value: Callable[[str], object]) -> Finder:
    """Return a finder of ships: words that start with "zz", told apart by ``value``."""

    def find(article: Article, sentences: Sequence[Sentence]) -> list[list[Fact]]:
        ships = re.compile(r"zz[a-z]+")
        return [
            [
                Fact(kind, m.start(), m.end(), m.group(), value(m.group()))
                for m in ships.finditer(article.text, s.start, s.end)
            ]
            for s in sentences
        ]

    def compare(left: Fact, right: Fact) -> Agreement:
        return Agreement.SAME if left.value == right.value else Agreement.DIFFERENT

    return Finder(frozenset({kind}), find, compare)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("finders", [(), FINDERS])
def test_a_finder_of_ones_own_finds_any_kind(kind: Kind, finders: tuple[Finder, ...]) -> None:
    """Facts of a finder that is plugged in are compared by it alone, whatever their kind is, beside all the others."""
    comparer = Comparer(aligner=bind, finders=(find_ships(kind, str.casefold), *finders))
    for right, relation in (("zzbrun", Relation.UPDATED), ("zzalma", Relation.PARAPHRASED)):
        found = comparer.compare(Article("the old zzalma sank off Kelm"), Article(f"off Kelm the old {right} sank"))
        told = [(c.kind, c.left and c.left.text, c.right and c.right.text) for _, c in found.changes]
        assert found.pairs[0].relation is relation
        assert told == ([(kind, "zzalma", right)] if relation is Relation.UPDATED else [])


@pytest.mark.parametrize(
    ("settings", "nature"),
    [
        ({}, Nature.CONFLICT),
        ({"is_settled": lambda fact: fact.text.startswith("zz")}, Nature.CONFLICT),
        ({"is_settled": lambda fact: fact.text != "zzalma"}, Nature.DEVELOPMENT),
        ({"is_settled": lambda fact: fact.text != "zzbrun"}, Nature.DEVELOPMENT),
        ({"excludes": False}, Nature.ELABORATION),
    ],
)
def test_a_finder_says_what_a_difference_is(settings: dict[str, Any], nature: Nature) -> None:
    """What stays as it is conflicts, what grows develops over days, what can both hold elaborates."""
    ships = attrs.evolve(find_ships(Kind.DETAIL, str.casefold), **settings)
    left, right = (
        Article(f"the old {ship} sank off Kelm", published=day)
        for ship, day in zip(("zzalma", "zzbrun"), DAYS_LATER, strict=True)
    )
    found = Comparer(aligner=bind, finders=(ships,)).compare(left, right)
    assert [change.nature for _, change in found.changes if change.left and change.left.text == "zzalma"] == [nature]


@pytest.mark.parametrize(("minor", "relation"), [(True, Relation.PARAPHRASED), (False, Relation.UPDATED)])
def test_a_finder_says_what_is_no_news(minor: bool, relation: Relation) -> None:
    """A minor fact that only one article has is no change."""
    ships = attrs.evolve(find_ships(Kind.DETAIL, str.casefold), is_minor=lambda fact: minor and fact.text == "zzalma")
    found = Comparer(aligner=bind, finders=(ships,)).compare(Article("it sank by the zzalma"), Article("by it sank"))
    assert found.pairs[0].relation is relation


@pytest.mark.parametrize(("reach", "told"), [(Reach.PLACED, True), (Reach.ALIKE, False)])
def test_a_finder_says_where_its_facts_answer(reach: Reach, told: bool) -> None:
    """In two tellings other names are names of others; other numbers around the same words are not."""
    ships = attrs.evolve(find_ships(Kind.DETAIL, str.casefold), reach=reach)
    left, right = "crowds saw the zzalma sink off Kelm harbour", "off Kelm harbour zzbrun did sink today, a diver wrote"
    found = Comparer(aligner=bind, finders=(ships,)).compare(Article(left), Article(right))
    assert any(change.left and change.right for _, change in found.changes) is told


def open_case(left: str, right: str, published: tuple[Day, Day] = (None, None)) -> diff.Case:
    """Return the case of two sentences, without facts."""
    one, other = (make_sentences([text])[0] for text in (left, right))
    told = (
        diff.Story.tell(Article(sentence.text, published=day), (sentence,), FINDERS)
        for sentence, day in zip((one, other), published, strict=True)
    )
    return diff.Case.open(bind([one], [other])[0], *told)


@pytest.mark.parametrize(("day", "back"), [("1 March 2024", True), ("2 March 2024", False)])
def test_numbers_of_long_ago_do_not_grow(day: str, back: bool) -> None:
    """A time that both tell is long past where it ended more than sixty days before the first article."""
    told = f"On {day} the fire in Kelm killed ten.", f"The fire killed two in Kelm on {day}."
    for days in (("2024-05-01", "2024-05-09"), ("2024-05-09", "2024-05-01"), ("2024-05-01", None)):
        assert open_case(*told, days).looks_back is back
    assert not open_case(*told).looks_back  # nobody knows when it was told


@pytest.mark.parametrize(
    ("words", "placed"), [(1, True), (4, True), (5, False)], ids=["one word", "four words", "five words"]
)
def test_what_replaces_what_is_short(words: int, placed: bool) -> None:
    """In two tellings with one word in common beside them, four words are put in the place of four, and no more."""
    ours, theirs = ([f"zz{side}{letter}" for letter in "abcde"[:words]] for side in "lr")
    left = f"Outside the barn {' '.join(ours)} was grey with dust all day."
    right = f"A barn {' '.join(theirs)} was later sold to pay some debts."
    case = open_case(left, right)
    facts = (
        side.quote(side.tokens[side_words.start].start, side.tokens[side_words.stop - 1].end)
        for side, side_words in ((case.left, range(3, 3 + words)), (case.right, range(2, 2 + words)))
    )
    assert case.is_same_place(*facts) is placed


@pytest.mark.parametrize(("own", "others", "told"), [(2, 0, True), (2, 1, False), (3, 2, True), (3, 3, False)])
def test_new_words_may_stand_for_those_of_the_other_side(own: int, others: int, told: bool) -> None:
    """Half of what the other side says instead is taken off; each word here weighs one."""
    words = [" ".join(f"zz{side}{letter}" for letter in "abc"[:count]) for side, count in (("l", own), ("r", others))]
    case = open_case(f"{words[0]} it was then.", f"It was then {words[1]}.")
    assert any(change.left for change in diff.find_wording_changes(case, 1.75)) is told


@pytest.mark.parametrize(
    ("toll", "words", "told"),
    [("Ten", "the zzorle", False), ("Nine", "the zzorle", False), ("Ten", "a police zzorle", False),
     ("Nine", "a police zzorle", True), ("Ten", "a zzorle of zzale", True)],
)  # fmt: skip
def test_beside_a_changed_fact_a_detail_needs_less(toll: str, words: str, told: bool) -> None:
    """A sentence that tells something new already has been written anew: its other new words are no mere wording."""
    found = judge("Ten men died in Kelm.", f"{toll} men died in Kelm in {words}.")
    assert bool(read_changes(found, Kind.DETAIL)) is told


def test_a_sentence_alone_is_unique() -> None:
    """No counterpart, no change, on either side."""
    for left, right in (("Rain fell.", ""), ("", "Rain fell.")):
        (pair,) = judge(left, right).pairs
        assert (pair.relation, pair.changes) == (Relation.UNIQUE, ())


def test_the_first_answering_rule_wins() -> None:
    """Rules are tried in order; the default ones answer every case."""
    rain = make_sentences(["Rain fell."])[0]
    story = diff.Story.tell(Article(rain.text), (rain,), FINDERS)
    bead = bind([rain], [rain])[0]
    assert diff.judge(bead, story, story).relation is Relation.IDENTICAL
    assert diff.judge(bead, story, story, (diff.judge_alone, diff.judge_rest)).relation is Relation.PARAPHRASED


@laws
@given(sentences, sentences)
def test_a_relation_fits_its_changes(left: str, right: str) -> None:
    """Updated exactly where there is a change; changes lie in their own side and cut its text."""
    found = judge(left, right)
    (pair,) = found.pairs
    assert bool(pair.changes) is (pair.relation is Relation.UPDATED)
    assert (pair.relation is Relation.IDENTICAL) or left != right
    for change in pair.changes:
        assert change.left or change.right
        for article, fact in ((found.left, change.left), (found.right, change.right)):
            if fact:
                assert 0 <= fact.start < fact.end <= len(article.text)
                assert article.text[fact.start : fact.end] == fact.text


@laws
@given(sentences, sentences)
def test_no_change_is_told_twice(left: str, right: str) -> None:
    """One pair of facts is one change."""
    told = Counter(describe(change) for _, change in judge(left, right).changes)
    assert not [change for change, times in told.items() if times > 1]


MIRRORED = (
    ("The mayor visited Kelm.", "The mayor did not visit Kelm."),
    ("It rained all day, Ada Brun said.", "It rained all day."),
    ("At least 10 people died in Kelm.", "Exactly 25 people died in Kelm."),
    ("The mayor resigned.", "The mayor resigned after auditors uncovered forged invoices."),
    (
        "It rained all day, police said.",
        "It rained all day, according to the army.",
    ),
    (
        "The governor denied that the bridge will open.",
        "The governor may confirm that the bridge will open.",
    ),
    (
        "The talks will resume and will resume again.",
        "The talks may resume.",
    ),
)


@pytest.mark.parametrize(("left", "right"), MIRRORED)
def test_each_change_is_mirrored(left: str, right: str) -> None:
    """What is on the left in one direction is on the right in the other."""
    there, back = judge(left, right), judge(right, left)
    assert Counter(describe(c) for _, c in there.changes) == Counter(
        describe(c, mirrored=True) for _, c in back.changes
    )


@laws
@given(sentences, sentences)
def test_changes_are_mirrored(left: str, right: str) -> None:
    """Swapping the articles swaps the sides of each change and alters nothing else."""
    there, back = judge(left, right), judge(right, left)
    assert there.pairs[0].relation is back.pairs[0].relation
    assert Counter(describe(c) for _, c in there.changes) == Counter(
        describe(c, mirrored=True) for _, c in back.changes
    )


@laws
@given(sentences)
def test_the_same_words_never_change(text: str) -> None:
    """No finder sees a change in a sentence that nobody touched."""
    assert judge(text, text).pairs[0].relation is Relation.IDENTICAL


@pytest.mark.parametrize(
    "unit",
    [
        "7 ",
        "May 4, ",
        "Ada Brun ",
        "will visit ",
        "not ",
        "Veld said ",
        "rose fell ",
        "oyster ",
        "NATO ",
    ],
)
def test_long_sentences_end(unit: str) -> None:
    """Two sentences of four thousand characters full of facts take seconds."""
    left = "Rain and " + unit * (4_000 // len(unit)) + "fell."
    right = "Snow or " + unit * (3_900 // len(unit)) + "rose."
    with time_limit(10):
        found = judge(left, right)
    assert sum(found.counts.values()) == len(found.pairs) > 0


@pytest.mark.parametrize(("ours", "theirs"), [("did not {} ", "did not {} "), ("will {} ", "{}ed ")])
def test_many_states_end(ours: str, theirs: str) -> None:
    """A thousand verbs that are marked, none of them told by the other side, take seconds."""
    words = ["".join(letters) for letters in itertools.product("bdfgklmnpr", repeat=3)]
    left, right = ("".join(map(form.format, some)) for form, some in ((ours, words), (theirs, words[::-1])))
    with time_limit(10):
        found = judge(left, right.replace("r", "z"))
    assert found.updated
