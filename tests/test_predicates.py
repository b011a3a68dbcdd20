"""Laws and examples of how predicates bear on each other."""

from __future__ import annotations

import collections
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.predicates import (
    LexicalRelation,
    Predicate,
    Stance,
    classify,
    find_predicates,
    list_pairs,
    read_groups,
    relate,
)
from consistency.text import stem, tokenize
from strategies import laws

SAME, CONVERSE, OPPOSITE, CONTRAST = (
    LexicalRelation.SAME,
    LexicalRelation.CONVERSE,
    LexicalRelation.OPPOSITE,
    LexicalRelation.CONTRAST,
)
UNDOES, UNDONE, LATER, EARLIER = (
    LexicalRelation.UNDOES,
    LexicalRelation.UNDONE,
    LexicalRelation.LATER,
    LexicalRelation.EARLIER,
)
ENTRIES = sorted({entry for group in read_groups() for cell in group.cells for entry in cell})
RELATED = sorted({entry for group in read_groups() for _, *pair in list_pairs(group) for entry in pair})
entries = st.sampled_from(ENTRIES)
texts = st.text(st.characters(codec=None), max_size=30)


@laws
@given(entries | texts, entries | texts)
def test_a_relation_has_its_reverse_from_the_other_side(one: str, other: str) -> None:
    """Same, converse, opposite and contrast are symmetric; undoing and the order of a course turn round."""
    forth, back = relate(one, other), relate(other, one)
    assert back is (forth and forth.reverse)
    assert forth is None or forth.reverse.reverse is forth


@laws
@given(entries | texts)
def test_a_predicate_is_the_same_as_itself(entry: str) -> None:
    """And as itself in capitals or with hyphens."""
    assert relate(entry, entry) is SAME
    assert relate(entry, entry.upper().lower().replace(" ", "-")) is SAME


@laws
@given(texts)
def test_any_text_can_be_read(text: str) -> None:
    """Whatever the text, entries lie in order inside it, and share no word."""
    tokens = tokenize(text)
    found = find_predicates(tokens)
    positions = [position for predicate in found for position in predicate.positions]
    assert len(set(positions)) == len(positions)
    assert all(0 <= position < len(tokens) for position in positions)
    assert [predicate.positions[0] for predicate in found] == sorted(predicate.positions[0] for predicate in found)
    assert classify(text) is None or isinstance(classify(text), Stance)


@laws
@given(st.sampled_from(RELATED), st.lists(st.sampled_from(["xyzzy", "plugh"]), max_size=3), st.booleans())
def test_an_entry_is_found_where_it_stands(entry: str, between: list[str], after: bool) -> None:
    """With up to three words at its gaps, whatever is before it: the entry, or a longer one that begins with it."""
    tokens = tokenize(("xyzzy " if after else "") + entry.replace("*", " ".join(between)))
    (first, *_) = find_predicates(tokens)
    assert first.positions[0] == int(after)
    assert relate(first.text, entry) is SAME or len(first.text.split()) > len(entry.replace("*", "").split())


def _list_relations() -> dict[tuple[str, str], set[LexicalRelation]]:
    """Return all that the groups say of each pair, not only the first."""
    relations: dict[tuple[str, str], set[LexicalRelation]] = collections.defaultdict(set)
    for group in read_groups():
        for relation, one, other in list_pairs(group):
            keys = [" ".join(stem(word) for word in text.replace("*", "").split()) for text in (one, other)]
            if keys[0] != keys[1]:
                relations[keys[0], keys[1]].add(relation)
                relations[keys[1], keys[0]].add(relation.reverse)
    return relations


@pytest.mark.parametrize(
    ("one", "others"),
    [
        (SAME, set(LexicalRelation) - {SAME}),
        (CONVERSE, {UNDOES, UNDONE, LATER, EARLIER, CONTRAST}),
        (UNDOES, {UNDONE, EARLIER}),
        (LATER, {EARLIER, UNDONE}),
    ],
)
def test_groups_do_not_contradict_each_other(one: LexicalRelation, others: set[LexicalRelation]) -> None:
    """Nothing is the same and an opposite, undoes and is undone, or is later and earlier."""
    wrong = {pair: found for pair, found in _list_relations().items() if one in found and others & found}
    assert not wrong


def test_groups_are_told_once() -> None:
    """No group stands twice, no entry twice in a group, and one group at most has the same head."""
    groups = [(group.kind, group.cells) for group in read_groups()]
    assert len(set(groups)) == len(groups)
    heads = [cells[0][0] for kind, cells in groups if kind == "same"]
    assert len(set(heads)) == len(heads)
    for kind, cells in groups:
        members = list(itertools.chain.from_iterable(cells))
        assert len(set(members)) == len(members), (kind, cells)


def test_groups_are_in_order() -> None:
    """Each section is sorted and told apart by its source, as ``benchmarks/make_predicates.py`` writes it."""
    sections = [(key, list(part)) for key, part in itertools.groupby(read_groups(), lambda g: (g.kind, g.source))]
    assert len({key for key, _ in sections}) == len(sections)
    assert {source for (_, source), _ in sections} == {"own", "WordNet"}
    for _, part in sections:
        assert [group.cells for group in part] == sorted(group.cells for group in part)


def test_a_word_has_one_stance() -> None:
    """No word claims and denies."""
    stances = collections.defaultdict(set)
    for group in read_groups():
        if group.kind in set(Stance):
            for entry in group.cells[0]:
                stances[" ".join(stem(word) for word in entry.replace("*", "").split())].add(group.kind)
    assert not {entry: found for entry, found in stances.items() if len(found) > 1}


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("shut", "closed", SAME),
        ("sacked", "fired", SAME),
        ("slain", "killed", SAME),
        ("backs", "supported", SAME),
        ("set up", "formed", SAME),
        ("authorised", "authorized", SAME),
        ("authorize", "author", None),
        ("acquitted", "found guilty", OPPOSITE),
        ("acquittal", "conviction", OPPOSITE),
        ("upheld", "overturned", OPPOSITE),
        ("rises", "slumped", OPPOSITE),
        ("was in custody", "freed", None),
        ("in custody", "freed", OPPOSITE),
        ("signed", "vetoed", OPPOSITE),
        ("signed", "voted", None),
        ("unhurt", "injured", OPPOSITE),
        ("broke down", "continued", OPPOSITE),
        ("confirmed", "denied", OPPOSITE),
        ("insured", "uninsured", OPPOSITE),
        ("accessible", "inaccessible", OPPOSITE),
        ("binding", "nonbinding", OPPOSITE),
        ("members", "non-members", OPPOSITE),
        ("charged", "discharged", None),
        ("employ", "employee", None),
        ("valuable", "invaluable", None),
        ("flammable", "inflammable", None),
        ("closed", "reopened", UNDOES),
        ("granted", "lifted", UNDOES),
        ("cut", "open again", UNDOES),
        ("alleged", "retracted", UNDOES),
        ("missing", "found alive", UNDOES),
        ("hired", "fired", UNDOES),
        ("suspended", "resumed", UNDOES),
        ("resumed", "suspended", UNDONE),
        ("considering", "signed", LATER),
        ("in talks", "agreed", LATER),
        ("charged", "arrested", EARLIER),
        ("arrested", "convicted", LATER),
        ("convicted", "acquitted", OPPOSITE),
        ("eyeing", "identified", LATER),
        ("quite", "resigned", None),
        ("according", "agreed", None),
        ("resigned", "was sacked", None),
        ("resigned", "sacked", OPPOSITE),
        ("likely", "unlikely", OPPOSITE),
        ("will", "unwilling", None),
        ("publicly", "published", None),
        ("expected", "happened", LATER),
        ("searched", "found", LATER),
        ("wounded", "died", LATER),
        ("beat", "lost to", CONVERSE),
        ("bought", "sold", CONVERSE),
        ("told", "heard", CONVERSE),
        ("lent to", "borrowed from", CONVERSE),
        ("mother", "son", CONTRAST),
        ("first", "second", CONTRAST),
        ("before", "after", CONTRAST),
        ("before", "since", CONTRAST),
        ("van", "bus", CONTRAST),
        ("chief executive", "chairwoman", CONTRAST),
        ("chairman", "chairwoman", None),
        ("remanded in custody", "released on bail", OPPOSITE),
        ("walked free", "jailed", OPPOSITE),
        ("won appeal", "lost appeal", OPPOSITE),
        ("ran as normal", "cancelled", OPPOSITE),
        ("stayed open", "closed to traffic", OPPOSITE),
        ("raised interest rates", "left interest rates", OPPOSITE),
        ("won on penalties", "lost to", OPPOSITE),
        ("repelled", "overran", OPPOSITE),
        ("remains in office", "resigned", OPPOSITE),
        ("filed for bankruptcy", "bailed out", UNDOES),
        ("severed ties", "restored relations", UNDOES),
        ("running for", "dropped out of race", UNDOES),
        ("agreed in principle", "signed", LATER),
        ("on life support", "died", LATER),
        ("beat", "unbeaten", None),
        ("visited", "rained", None),
        ("", "acquitted", None),
    ],
)
def test_relations(one: str, other: str, relation: LexicalRelation | None) -> None:
    """What the second is to the first, and words that are near but not related."""
    assert relate(one, other) is relation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They found him guilty", [("find guilty", (1, 3))]),
        ("They found both of them guilty", [("find guilty", (1, 5))]),
        ("They found both of them very guilty", [("find", (1,)), ("guilty", (6,))]),
        ("They called it off", [("call off", (1, 3))]),
        ("The vote is non-binding", [("vote", (1,)), ("non binding", (3, 4))]),
        ("non", []),
        ("", []),
        ("Rovers lost 1-3 to Orlo", [("lose to", (1, 4))]),
        ("The lodger left", [("leave", (2,))]),
        ("Thefts fell to 400", [("theft", (0,)), ("fall", (1,))]),
    ],
)
def test_finding(text: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    """Entries of several words come before their parts, across a gap of three words and not of more."""
    assert list(find_predicates(tokenize(text))) == [Predicate(*row) for row in found]


@pytest.mark.parametrize(
    ("word", "stance"),
    [
        ("allegedly", Stance.CLAIM),
        ("confirms", Stance.CONFIRM),
        ("denial", Stance.DENY),
        ("hoax", Stance.DENY),
        ("no truth to", Stance.DENY),
        ("not true", Stance.DENY),
        ("fabricated", Stance.DENY),
        ("debunked", Stance.DENY),
        ("rumor", Stance.CLAIM),
        ("unconfirmed", Stance.DOUBT),
        ("refused", Stance.REFUSE),
        ("withdrew its complaint", None),
        ("withdrew complaint", Stance.RETRACT),
        ("true", None),
        ("visited", None),
    ],
)
def test_stances(word: str, stance: Stance | None) -> None:
    """What claims, confirms, denies, doubts, refuses or retracts, and what does none of it."""
    assert classify(word) is stance
