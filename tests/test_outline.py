"""Clauses: who did what to whom, in which phase, and who says so; what holds of every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.clauses import Clause, Mood, Outline, Parse, Part, Phase, outline, parse
from consistency.model import Sentence
from strategies import laws, sentences


def read(text: str, start: int = 0) -> Outline:
    """Return the outline of a sentence that stands at a place."""
    return outline(*parse([Sentence(0, start, start + len(text), text)]))


def find(text: str, predicate: str) -> Clause:
    """Return the clause of a sentence that has a predicate."""
    found = [clause for clause in read(text).clauses if clause.predicate == predicate]
    assert found, [clause.predicate for clause in read(text).clauses]
    return found[0]


def heads(clause: Clause) -> tuple[list[str], list[str]]:
    """Return who and whom by their heads."""
    return [mention.head for mention in clause.who], [mention.head for mention in clause.whom]


@pytest.mark.parametrize(
    ("text", "predicate", "who", "whom"),
    [
        ("The mayor of Tarn signed the law.", "sign", ["mayor"], ["law"]),
        ("The law was signed by the mayor on Monday.", "sign", ["mayor"], ["law"]),
        ("Two ferries were damaged.", "damage", [], ["ferry"]),
        ("Ada Brun and Mara Veld left the party.", "leave", ["brun", "veld"], ["party"]),
        ("The council closed the road and opened a bridge.", "open", ["council"], ["bridge"]),
        ("Police arrested a man who stole two cars.", "steal", ["man"], ["car"]),
        ("The mayor asked the army to help the town.", "help", ["army"], ["town"]),
        ("The union called the strike off.", "call off", ["union"], ["strike"]),
        ("The chairman was forced to resign.", "resign", ["chairman"], []),
        ("Orlin Steel Inc sold a mine.", "sell", ["steel"], ["mine"]),
    ],
)
def test_who_did_what_to_whom(text: str, predicate: str, who: list[str], whom: list[str]) -> None:
    assert heads(find(text, predicate)) == (who, whom)


@pytest.mark.parametrize(
    ("text", "predicate", "phase"),
    [
        ("The bridge opened on Monday.", "open", Phase.DONE),
        ("The bridge has opened.", "open", Phase.DONE),
        ("The bridge was opened by the mayor.", "open", Phase.DONE),
        ("The bridge will open on Monday.", "open", Phase.PLANNED),
        ("The council plans to open the bridge.", "open", Phase.PLANNED),
        ("The bridge is expected to open on Monday.", "open", Phase.PLANNED),
        ("The bridge is due to open on Monday.", "open", Phase.PLANNED),
        ("The mayor said the bridge would open on Monday.", "open", Phase.PLANNED),
        ("The council decided to open the bridge.", "open", Phase.PLANNED),
        ("The bridge may open on Monday.", "open", Phase.POSSIBLE),
        ("The council is opening the bridge.", "open", Phase.ONGOING),
        ("The council began to open the gates.", "open", Phase.DONE),
        ("The decision to open the bridge was criticised.", "open", Phase.PLANNED),
    ],
)
def test_phases(text: str, predicate: str, phase: Phase) -> None:
    assert find(text, predicate).phase is phase


@pytest.mark.parametrize(
    ("text", "predicate", "negated"),
    [
        ("The port signed the deal.", "sign", False),
        ("The port did not sign the deal.", "sign", True),
        ("The port never signed the deal.", "sign", True),
        ("The port refused to sign the deal.", "sign", True),
        ("The port failed to sign the deal.", "sign", True),
        ("The port stopped paying its workers.", "pay", True),
        ("Nobody signed the deal.", "sign", True),
        ("No ship left the harbour.", "leave", True),
        ("The mayor denied that the port signed the deal.", "sign", True),
        ("The crew left without paying the bill.", "pay", True),
        ("The crew left without paying the bill.", "leave", False),
        ("The army neither confirmed nor denied the attack.", "deny", True),
        ("The ferry did not sink or burn.", "burn", True),
        ("The mayor was unable to sign the deal.", "sign", True),
        ("The house is unfurnished.", "furnish", True),
        ("The house is furnished.", "furnish", False),
        ("The house is unique.", "unique", False),
        ("The mayor not only signed the deal.", "sign", False),
    ],
)
def test_a_denial_is_one_by_whatever_word(text: str, predicate: str, negated: bool) -> None:
    assert find(text, predicate).negated is negated


@pytest.mark.parametrize(
    ("text", "predicate", "mood"),
    [
        ("The ferry collapsed.", "collapse", Mood.ASSERTED),
        ("If the ferry sinks, the crew will swim.", "sink", Mood.CONDITIONAL),
        ("If the ferry sinks, the crew will swim.", "swim", Mood.ASSERTED),
        ("Did the mayor sign the law?", "sign", Mood.ASKED),
        ("Police asked whether the man stole the car.", "steal", Mood.ASKED),
        ("The mayor said that the ferry collapsed.", "collapse", Mood.REPORTED),
        ("The ferry collapsed, the mayor said.", "collapse", Mood.REPORTED),
        ("The mayor said that the ferry collapsed.", "say", Mood.ASSERTED),
        ("Police found the stolen car.", "steal", Mood.ATTRIBUTIVE),
        ("A man accused of murder was freed.", "accuse", Mood.ATTRIBUTIVE),
    ],
)
def test_moods(text: str, predicate: str, mood: Mood) -> None:
    assert find(text, predicate).mood is mood


@pytest.mark.parametrize(
    ("text", "predicate", "source", "quoted"),
    [
        ("The mayor said that the ferry collapsed.", "collapse", "mayor", False),
        ("The ferry collapsed, the mayor said.", "collapse", "mayor", False),
        ("According to police, the ferry collapsed.", "collapse", "police", False),
        ("“The ferry collapsed,” Ada Brun said.", "collapse", "brun", True),
        ("The ferry collapsed.", "collapse", None, False),
    ],
)
def test_sources(text: str, predicate: str, source: str | None, quoted: bool) -> None:
    clause = find(text, predicate)
    assert (clause.source and clause.source.head, clause.quoted) == (source, quoted)


def test_a_copula_gives_its_predicate() -> None:
    guilty, held = find("The governor is guilty.", "guilty"), find("The governor was in custody.", "in custody")
    assert guilty.is_copular
    assert held.is_copular
    assert heads(guilty)[0] == heads(held)[0] == ["governor"]


def test_what_one_becomes_is_a_complement() -> None:
    clause = find("Brun was named minister in May.", "name")
    assert clause.complement is not None
    assert clause.complement.head == "minister"


def test_a_light_verb_carries_its_noun() -> None:
    assert find("The army launched an attack on Tarn.", "attack").via == ("launch",)
    assert find("The company launched a phone.", "launch").via == ()


def test_obliques_have_their_preposition() -> None:
    clause = find("The ferry stopped near Kelm on Monday because of the storm.", "stop")
    assert [(o.preposition, o.mention.head) for o in clause.obliques] == [
        ("near", "kelm"),
        ("on", "monday"),
        ("because of", "storm"),
    ]


@pytest.mark.parametrize(
    ("text", "word", "predicate", "part", "preposition", "noun"),
    [
        ("The mayor said 12 ferries collapsed.", "12", "collapse", Part.WHO, "", "ferry"),
        ("Police freed 30 hostages in Kelm.", "30", "free", Part.WHOM, "", "hostage"),
        ("Police freed 30 hostages on Monday.", "Monday", "free", Part.OBLIQUE, "on", None),
        ("The storm killed the mayor of Tarn.", "Tarn", "kill", Part.WHOM, "", "mayor"),
        ("Two ferries were damaged by the storm.", "Two", "damage", Part.WHOM, "", "ferry"),
        ("The deal was signed on Monday.", "signed", "sign", Part.PREDICATE, "", None),
        ("The deal was signed on Monday.", "Monday", "sign", Part.OBLIQUE, "on", None),
    ],
)
def test_a_place_is_where_a_fact_hangs(
    text: str, word: str, predicate: str, part: Part, preposition: str, noun: str | None
) -> None:
    found = read(text, 7)
    place = found.locate(7 + text.index(word))
    assert place is not None
    assert found.clauses[place.clause].predicate == predicate
    assert (place.part, place.preposition) == (part, preposition)
    assert (place.noun and place.noun.head) == noun


def test_whose_it_is() -> None:
    text = "The company paid debts of 12 towns."
    place = read(text).locate(text.index("12"))
    assert place is not None
    assert [mention and mention.head for mention in (place.noun, place.owner)] == ["town", "debt"]


trees = st.integers(1, 9).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(st.integers(0, 99), min_size=size, max_size=size),
        st.lists(st.sampled_from(["VERB", "NOUN", "ADJ", "AUX", "PUNCT"]), min_size=size, max_size=size),
        st.lists(st.sampled_from(["VB", "VBN", "VBD", "NN", "WDT"]), min_size=size, max_size=size),
        st.lists(
            st.sampled_from("nsubj obj obl conj ccomp xcomp advcl acl amod cop aux mark parataxis flat case".split()),
            min_size=size,
            max_size=size,
        ),
        st.lists(
            st.sampled_from('be fail say plan deny that not port \'" " yet'.split()), min_size=size, max_size=size
        ),
    )
)


@laws
@given(trees)
def test_any_tree_has_an_outline(
    tree: tuple[int, list[int], list[str], list[str], list[str], list[str]],
) -> None:
    """Another parser may give trees that ours does not."""
    size, places, upos, xpos, relations, forms = tree
    heads = [-1, *(place % k for k, place in enumerate(places[1:], 1))]
    starts = tuple(range(0, 20 * size, 20))
    ends = tuple(start + len(form) for start, form in zip(starts, forms, strict=True))
    columns = (tuple(c) for c in (forms, upos, xpos, heads, ["root", *relations[1:]]))
    check(outline(Parse("".join(form.ljust(20) for form in forms), starts, ends, *columns)))


@laws
@given(st.one_of(sentences, st.text(max_size=120), st.text("not denied that he is“” , to", max_size=80)))
def test_clauses_are_whole(text: str) -> None:
    check(read(text))


def check(found: Outline) -> None:
    """Every word has a clause, every clause its predicate, every span lies in the sentence."""
    text = found.parse.text
    assert list(found.clauses) == sorted(found.clauses, key=lambda clause: clause.word)
    assert bool(found.clauses) == bool(len(found.parse))
    for k, clause in enumerate(found.clauses):
        assert found.owners[clause.word] == k
        assert clause.parent is None or (clause.parent != k and 0 <= clause.parent < len(found.clauses))
        mentions = [*clause.who, *clause.whom, *(o.mention for o in clause.obliques)]
        assert all(0 <= m.start <= found.parse.starts[m.word] < m.end <= len(text) for m in mentions)
        assert 0 <= clause.start < clause.end <= len(text)
    assert all(owner is not None for owner in found.owners)
    assert all(found.locate(start) is not None for start in found.parse.starts)


def test_a_very_long_line_has_an_outline() -> None:
    check(read("the ferry that sank off Tarn was raised and " * 1200))
