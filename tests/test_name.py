"""Names: which are found, which are the same, and which answer each other with another name."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consistency.facts.name import Name, Sort, compare, find, list_keys
from consistency.facts.name.gazetteer import fold_name, is_variant, list_spellings, load_tables
from consistency.facts.name.reader import find_small, is_titled, tokenize_names
from consistency.model import Agreement, Article, Fact, Kind, Role, Sentence, Span
from strategies import laws


def read(*texts: str, roles: dict[int, Role] | None = None) -> list[tuple[Fact, ...]]:
    """Return the names of an article with these sentences."""
    sentences, start = [], 0
    for index, text in enumerate(texts):
        role = (roles or {}).get(index, Role.BODY)
        sentences.append(Sentence(index, start, start + len(text), text, role))
        start += len(text) + 1
    return list(find(Article(" ".join(texts)), sentences))


def names(*texts: str, **more: dict[int, Role]) -> list[str]:
    """Return the full names in the last sentence."""
    return [str(fact.value) for fact in read(*texts, **more)[-1]]


def unanswered(left: str, right: str) -> list[Fact]:
    """Return what one sentence names and the other does not."""
    (ours,), (theirs,) = read(left), read(right)
    return [
        fact
        for facts, others in ((ours, theirs), (theirs, ours))
        for fact in facts
        if not any(compare(fact, other) is Agreement.SAME for other in others)
    ]


def clashes(left: str, right: str) -> set[Kind]:
    """Return the kinds of the names that have only another name for an answer."""
    (ours,), (theirs,) = read(left), read(right)
    alone = unanswered(left, right)
    return {
        fact.kind
        for fact in ours
        for other in theirs
        if fact in alone and other in alone and compare(fact, other) is Agreement.DIFFERENT
    }


# sentences with a slot, and names of which one may not stand for another
FIRES = [
    ("The mayor, {}, opened the bridge.", "Ana Prado", "Rui Castell", Kind.ENTITY),
    ("Police arrested {} on Monday.", "John Tarrow", "John Wexley", Kind.ENTITY),
    ("Police arrested {} on Monday.", "Mary Tarrow", "Peter Tarrow", Kind.ENTITY),
    ("Mr {} resigned last week.", "Green", "Brown", Kind.ENTITY),
    ("Dr. {} signed the letter.", "Olsen", "Petrak", Kind.ENTITY),
    ("President {} signed the law.", "Kovar", "Dalmau", Kind.ENTITY),
    ("Foreign Minister {} flew home.", "Ilse Brandt", "Nadia Krol", Kind.ENTITY),
    ("Sen. {} voted against it.", "Ruth Hale", "Owen Pike", Kind.ENTITY),
    ("The former coach, {}, denied it.", "Liz Marlow", "Rob Marlow", Kind.ENTITY),
    ("They thanked {} for the gift.", "Bill Harding", "Hilda Harding", Kind.ENTITY),
    ("{} said the talks had failed.", "Zubarin", "Ostrenko", Kind.ENTITY),
    ("Shares of {} rose sharply.", "Toyota", "Honda", Kind.ENTITY),
    ("Shares of {} rose sharply.", "Apple", "Microsoft", Kind.ENTITY),
    ("The deal with {} was signed.", "Norvik Oil", "Tessaly Gas", Kind.ENTITY),
    ("She studied at the {}.", "University of Ayr", "University of Perth", Kind.ENTITY),
    ("She studied at the {}.", "University of Ayr", "College of Ayr", Kind.ENTITY),
    ("A spokesman of the {} confirmed it.", "United Nations", "European Union", Kind.ENTITY),
    ("A spokesman of the {} confirmed it.", "UN", "EU", Kind.ENTITY),
    ("The case went to the {}.", "FBI", "CIA", Kind.ENTITY),
    ("The {} will hear the case.", "Supreme Court", "High Court", Kind.ENTITY),
    ("The {} rejected the plan.", "Ministry of Health", "Ministry of Finance", Kind.ENTITY),
    ("The {} rejected the plan.", "Foreign Ministry", "Interior Ministry", Kind.ENTITY),
    ("The {} lost the vote.", "Republican Party", "Democratic Party", Kind.ENTITY),
    ("The {} lost the vote.", "Republicans", "Democrats", Kind.ENTITY),
    ("Fighters of {} took the town.", "Islamic State", "Hezbollah", Kind.ENTITY),
    ("He wrote it on {} late at night.", "Twitter", "Facebook", Kind.ENTITY),
    ("She told the {} about it.", "Daily Courier", "Evening Herald", Kind.ENTITY),
    ("The film was shown on {}.", "MSNBC", "CNBC", Kind.ENTITY),
    ("The {} beat the visitors.", "Norfield Rovers", "Aldham Rovers", Kind.ENTITY),
    ("The crew flew a {} that day.", "Boeing", "Airbus", Kind.ENTITY),
    ("Nurses treat patients with {}.", "Ebola", "Zika", Kind.ENTITY),
    ("Flight {} vanished.", "QX17", "QX370", Kind.ENTITY),
    ("Chancellor {} and her team met.", "Marta Vogel", "Greta Lindt", Kind.ENTITY),
    ("The minister arrived in {}.", "Paris", "Berlin", Kind.PLACE),
    ("The minister arrived in {}.", "Kazakhstan", "Uzbekistan", Kind.PLACE),
    ("The minister arrived in {}.", "Kazakhstan", "Tajikistan", Kind.PLACE),
    ("The minister arrived in {}.", "Iran", "Iraq", Kind.PLACE),
    ("The minister arrived in {}.", "Austria", "Australia", Kind.PLACE),
    ("The minister arrived in {}.", "Nur-Sultan", "Almaty", Kind.PLACE),
    ("The minister arrived in {}.", "New York", "Los Angeles", Kind.PLACE),
    ("The minister arrived in {}.", "South Korea", "North Korea", Kind.PLACE),
    ("The minister arrived in {}.", "the Middle East", "Central Asia", Kind.PLACE),
    ("The fire burned in {} for a day.", "Texas", "Ohio", Kind.PLACE),
    ("The fire burned in {} for a day.", "Drumlow", "Kestwick", Kind.PLACE),
    ("The fire burned in {} for a day.", "Drumlow, Ohio,", "Drumlow, Texas,", Kind.PLACE),
    ("The fire burned in {} for a day.", "Springfield, Ill.,", "Springfield, Mo.,", Kind.PLACE),
    ("The fire burned near {} for a day.", "Lake Marra", "Lake Torrin", Kind.PLACE),
    ("{} troops crossed the river.", "Russian", "Ukrainian", Kind.PLACE),
    ("{} officials denied it.", "Chinese", "Japanese", Kind.PLACE),
    ("{} officials denied it.", "U.S.", "UK", Kind.PLACE),
    ("A convoy left {} at dawn.", "Mosul", "Aleppo", Kind.PLACE),
    ("The {} Foreign Ministry denied it.", "Russian", "Turkish", Kind.PLACE),
    ("{}'s president spoke first.", "Kenya", "Ghana", Kind.PLACE),
    ("They taught at {} for a year.", "the University of Tarn", "Tarn State University", Kind.ENTITY),
    ("They called {} last night.", "the Tarn Police", "the Tarn Police Union", Kind.ENTITY),
    ("They sued {} in March.", "BBC Radio", "CBS Radio", Kind.ENTITY),
    ("They sued {} in March.", "Brandt & Alder LLC", "Alder LLC", Kind.ENTITY),
    ("Police arrested {} on Monday.", "Ivo Sand Jr.", "Ivo Sand Sr.", Kind.ENTITY),
    ("The storm hit {} on Monday.", "Washington state", "Washington, D.C.,", Kind.PLACE),
    ("The storm hit {} on Monday.", "the country of Georgia", "the state of Georgia", Kind.PLACE),
    ("The storm hit {} on Monday.", "Portland, OR,", "Portland, ME,", Kind.PLACE),
    ("Pro-{} rebels agreed to it.", "Russian", "Iranian", Kind.PLACE),
]


@pytest.mark.parametrize(("frame", "one", "other", "kind"), FIRES)
def test_another_name_is_a_change_of_its_kind(frame: str, one: str, other: str, kind: Kind) -> None:
    assert clashes(frame.format(one), frame.format(other)) == {kind}
    assert clashes(frame.format(other), frame.format(one)) == {kind}


SAME = [
    ("Chinese President Xi Jinping spoke.", "President Xi of China spoke."),
    ("Mr Tarrow spoke.", "John Tarrow spoke."),
    ("Mr. Tarrow spoke.", "Mr Tarrow spoke."),
    ("Dr. Ana Prado spoke.", "Ana Prado spoke."),
    ("Foreign Minister Ilse Brandt spoke.", "Minister Brandt spoke."),
    ("The spokesman, Jeff Dorn, spoke.", "The spokesman, Geoffrey Dorn, spoke."),
    ("They saw Liz Marlow.", "They saw Elizabeth Marlow."),
    ("They saw Chris Marlow.", "They saw Christian Marlow."),
    ("They saw Bill Harding.", "They saw William J. Harding."),
    ("They saw J. Harding.", "They saw Jane Harding."),
    ("They met Qasym-Zhomart Toqaev.", "They met Qassym-Jomart Tokayev."),
    ("They met Mohammed Sharif.", "They met Muhammad Sharif."),
    ("They met Moammar Gadhafi.", "They met Muammar al-Qaddafi."),
    ("They met Vincente Pardo.", "They met Vicente Pardo."),
    ("They met José Calderón.", "They met Jose Calderon."),
    ("They met Volodymyr Zelenskyy.", "They met Volodymyr Zelensky."),
    ("They met Kim Jong-un.", "They met Kim Jong Un."),
    ("They met Maria Lopez Garcia.", "They met Maria Lopez."),
    ("They moved to the UK.", "They moved to the United Kingdom."),
    ("They moved to Britain.", "They moved to the U.K."),
    ("They moved to the U.S.", "They moved to America."),
    ("They moved to the United States.", "They moved to the US."),
    ("They moved to Kiev.", "They moved to Kyiv."),
    ("They moved to Paris, France.", "They moved to Paris."),
    ("They moved to Drumlow, Ohio.", "They moved to Drumlow, Ohio."),
    ("They moved to Athens, Ga., in May.", "They moved to Athens, Georgia, in May."),
    ("They moved to Washington.", "They moved to Washington, D.C."),
    ("A Kazakh official spoke.", "An official of Kazakhstan spoke."),
    ("The Kazakhs spoke.", "The Kazakh people spoke."),
    ("Russia's Foreign Ministry spoke.", "The Russian Foreign Ministry spoke."),
    ("The UN spoke.", "The United Nations spoke."),
    ("The U.N. spoke.", "The UN spoke."),
    ("He fled from ISIS.", "He fled from the Islamic State."),
    ("He left the Republican Party.", "He left the GOP."),
    ("He left the Justice Department.", "He left the Department of Justice."),
    ("He left the Defence Ministry.", "He left the Ministry of Defense."),
    ("He left the Example Trading Organization.", "He left the ETO."),
    ("Toyota’s shares rose.", "Shares of Toyota rose."),
    ("The Norvik Times wrote it.", "It was written by the Norvik Times."),
    ("They sued Orlo Steel Corp.", "They sued Orlo Steel Corporation."),
    ("They sued Orlo Steel Corp.", "They sued Orlo Steel."),
    ("They taught at the University of Tarn.", "They taught at Tarn University."),
    ("They called the Tarn Police Department.", "They called the Tarn Police."),
    ("They met the Ministry of Foreign Affairs.", "They met the Foreign Ministry."),
    ("They met Ivo Sand Jr. in May.", "They met Ivo Sand in May."),
    ("They met Ivo Sand Jr. in May.", "They met Ivo Sand Jnr in May."),
    ("The F.B.I. searched it.", "The FBI searched it."),
    ("They heard it on BBC Radio.", "They heard it from the B.B.C."),
    ("He left the UN Security Council.", "He left the United Nations."),
    ("They moved to the village of Dolna.", "They moved to Dolna Village."),
    ("They moved to Drumlow, TX, in May.", "They moved to Drumlow, Texas, in May."),
    ("They moved to Drumlow, OR, or left.", "They moved to Drumlow, Ore., or left."),
    ("Orlo Mills Inc <ORL.N> sold it.", "Orlo Mills Inc sold it."),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_another_form_of_a_name_is_no_change(left: str, right: str) -> None:
    assert unanswered(left, right) == []
    assert read(left)[0], "nothing found, so nothing was compared"


NOTHING = [
    "The talks failed on Monday, and I left in May.",
    "Witnesses said that thousands had fled.",
    "However, officials gave no number.",
    "Scientists hope for rain.",
    "The President and the Prime Minister spoke.",
    "It was 5 p.m. and the TV was OK.",
    "Write to desk.night@example.org or www.example.org today.",
    '"Nobody knows," she said. "We hope."',
    "A 19-YEAR-OLD woman woke up.",
    "It was 104 degrees Fahrenheit, or 40 degrees Celsius.",
    "Sales fell in Q2 and in H1, and in FY2024 as well.",
    "The plant makes 300 MW, the old one 20 GWh a year.",
    "VICE-PRESIDENT OF THE NATIONAL",
    ".Ab@c ef",
    "The fund lost 3 million US dollars and 20 Swiss francs.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_plain_words_are_no_names(text: str) -> None:
    assert read(text) == [()]


FOUND = [
    (["Qasym Toqaev spoke.", "Toqaev left."], ["Qasym Toqaev"]),
    (["They met Xi Jinping.", "Xi left."], ["Xi Jinping"]),
    (["The Example Trading Organization (ETO) met.", "The ETO agreed."], ["Example Trading Organization"]),
    (["Aid came from Soccorso Médico (AYM).", "AYM left."], ["Soccorso Médico"]),
    (["They saw Gordon Brown.", "Brown left."], ["Gordon Brown"]),
    (["They saw Gene Munster.", "Munster expects more."], ["Gene Munster"]),
    (["It rained in Munster."], ["Munster"]),
    (["They saw Ann Hale and Tom Hale.", "Hale left."], ["Hale"]),
    (["Senator Ruth Hale (D-Calif.) left."], ["Ruth Hale"]),
    (["U.S. Secretary of State Ruth Hale left."], ["U.S.", "Ruth Hale"]),
    (["Former New York Mayor Ruth Hale left."], ["New York", "Ruth Hale"]),
    (["The Committee for the Study of Rain met."], ["Committee for the Study of Rain"]),
    (["Bank of Norvik Governor Ruth Hale left."], ["Bank of Norvik", "Ruth Hale"]),
    (["Queen Elizabeth Hospital closed."], ["Queen Elizabeth Hospital"]),
    (["Israeli-Palestinian talks and a US-led force failed."], ["Israeli", "Palestinian", "US"]),
    (["Ludwig van Holten met Osama bin Tarif."], ["Ludwig van Holten", "Osama bin Tarif"]),
    (["Apple Inc. sued Apple Records."], ["Apple Inc", "Apple Records"]),
    (["He left the Islamic State of Iraq and Syria."], ["Islamic State"]),
    (["Tom King and Apple CEO Ann Hale left."], ["Tom King", "Apple", "Ann Hale"]),
    (["They met Mr London and Dr. Church."], ["London", "Church"]),
    (["Mark Tarrow and Bill Prado met."], ["Mark Tarrow", "Bill Prado"]),
    (["The Kansas City Star wrote it."], ["Kansas City Star"]),
    (["They met the Prince of Wales."], ["Wales"]),
    (["Ivo Sand Jr. met Ivo Sand Sr."], ["Ivo Sand Jr", "Ivo Sand Sr"]),
    (["He read RFE/RL."], ["Radio Free Europe/Radio Liberty"]),
    (["The US dollar fell in Canadian shops."], ["Canadian"]),
    (["Yesterday Prado left Ferguson, Missouri."], ["Prado", "Ferguson"]),
    (["In Drumlow, Kestwick and Paris it rained."], ["Drumlow", "Kestwick", "Paris"]),
    (["Tarn Motors opened at 5 p.m. Brun left."], ["Tarn Motors", "Brun"]),
    (["It rained in Tarn.Ada Brun left."], ["Tarn", "Ada Brun"]),
    (["Senator Ruth Hale (R-TX) and A.K Brun left the U.K again."], ["Ruth Hale", "A.K Brun", "U.K"]),
    (["Minas de Tarn y Orlo met."], ["Minas de Tarn y Orlo"]),
    (["Ada Brun and the Inter Deal Agency (IDA) met.", "IDA left."], ["Inter Deal Agency"]),
]


@pytest.mark.parametrize(("texts", "expected"), FOUND)
def test_names_are_found_and_joined(texts: list[str], expected: list[str]) -> None:
    assert names(*texts) == expected


@pytest.mark.parametrize(
    ("text", "role", "titled"),
    [
        ("Bridge Opens near", Role.HEADLINE, True),
        ("Bridge Opens Again near town", Role.HEADLINE, False),
        ("Bridge Opens", Role.HEADLINE, True),
        ("Bridge opens", Role.HEADLINE, False),
        ("Bridge Opens Again Under Mayor near", Role.BODY, True),
        ("Bridge Opens Again Under near", Role.BODY, False),
        ("Bridge Opens Again Under", Role.BODY, True),
        ("Bridge Opens Again", Role.BODY, False),
    ],
)
def test_capitals_of_most_words_make_a_title(text: str, role: Role, titled: bool) -> None:
    """More than 0.6 of a headline, nine in ten of a short one; elsewhere more than 0.8 of four words or more."""
    sentence = Sentence(0, 0, len(text), text, role)
    assert is_titled(sentence, tokenize_names(text, 0, len(text)), find_small(text, sentence)) is titled


def test_title_case_headline_gives_only_names_of_the_body() -> None:
    texts = ["Bold Plan For Old Bridge, Says Prado In Kenya", "The mayor, Ana Prado, has a bold plan."]
    assert [str(fact.value) for fact in read(*texts, roles={0: Role.HEADLINE})[0]] == ["Ana Prado", "Kenya"]
    assert [str(fact.value) for fact in read(texts[0].upper(), texts[1])[0]] == ["Ana Prado", "KENYA"]


def test_spans_point_into_the_article_and_leave_title_and_possessive_out() -> None:
    text = "Later President Ana Prado’s aide left."
    (fact,) = read(text)[0]
    assert text[fact.start : fact.end] == fact.text == "Ana Prado"


def test_dateline_is_not_a_statement() -> None:
    text = "NAIROBI -- Rain fell in Mombasa."
    (facts,) = find(Article(text), [Sentence(0, 0, len(text), text, dateline=Span(0, 11))])
    assert [fact.text for fact in facts] == ["Mombasa"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("in Paris", "in France"),
        ("in Kenya", "in Africa"),
        ("in Houston", "in Texas"),
        ("in Drumlow, Ohio", "in Ohio"),
        ("in Drumlow", "in Kenya"),
        ("in London", "in England"),
        ("in New York City", "in New York state"),
    ],
)
def test_a_place_within_another_is_finer(left: str, right: str) -> None:
    (one,), (other,) = read(f"It rained {left}.")[0], read(f"It rained {right}.")[0]
    assert compare(one, other) is compare(other, one) is Agreement.FINER


@pytest.mark.parametrize("other", ["in Paris", "at the University of Ayr", "with the FBI"])
def test_a_person_is_no_answer_to_a_place_or_a_group(other: str) -> None:
    (one,), (two,) = read("They met Mr Tarrow.")[0], read(f"They were {other}.")[0]
    assert compare(one, two) is compare(two, one) is None


def test_facts_of_another_module_are_no_answer() -> None:
    assert compare(Fact(Kind.QUANTITY, 0, 1, "2", 2), read("They met Mr Tarrow.")[0][0]) is None


_SYLLABLE = st.sampled_from(["ba", "do", "ki", "lu", "me", "rod", "sta", "vel", "zor", "tin", "gar", "pol"])
_WORD = st.lists(_SYLLABLE, min_size=2, max_size=4).map(lambda parts: "".join(parts).capitalize())
_PERSON = st.lists(_WORD, min_size=1, max_size=3, unique=True).map(" ".join)
_NAME = st.one_of(
    _PERSON, st.sampled_from(["Paris", "France", "the UN", "the FBI", "Kenya", "Russian", "Bank of Norvik"])
)


@given(_NAME, _NAME)
def test_compare_is_symmetric(left: str, right: str) -> None:
    (ours,), (theirs,) = read(f"They met {left} again."), read(f"They met {right} again.")
    assert ours
    assert theirs
    assert all(compare(one, other) is compare(other, one) for one in ours for other in theirs)


@given(_NAME)
def test_a_name_is_the_same_as_itself(name: str) -> None:
    (facts,) = read(f"They met {name} again.")
    assert facts
    assert all(compare(fact, fact) is Agreement.SAME for fact in facts)


@given(_PERSON, st.sampled_from(["Mr", "Mrs.", "Dr.", "President", "Foreign Minister", "Chief Executive", "Sen."]))
def test_a_title_changes_nothing(name: str, title: str) -> None:
    assert unanswered(f"They met {name} again.", f"They met {title} {name} again.") == []


@given(_PERSON, st.sampled_from(["oó", "aä", "eé", "iî"]))
def test_an_accent_changes_nothing(name: str, letters: str) -> None:
    assert unanswered(f"They met {name} again.", f"They met {name.replace(*letters)} again.") == []


@given(st.text(max_size=300))
def test_any_text_gives_ordered_spans_of_it(text: str) -> None:
    (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    assert [fact.start for fact in facts] == sorted(fact.start for fact in facts)
    assert all(fact.text == text[fact.start : fact.end] != "" and isinstance(fact.value, Name) for fact in facts)


def test_an_initial_alone_is_no_name_from_either_side() -> None:
    """It says too little, whichever of the two comes first."""
    one, other = (Fact(Kind.ENTITY, 0, 1, text, Name(text, (text.lower(),), Sort.PERSON)) for text in ("N", "Nicolas"))
    assert compare(one, other) is compare(other, one) is Agreement.DIFFERENT


_LISTS = load_tables().lists
_OWN = sorted(
    _LISTS.titles | _LISTS.roles | _LISTS.modifiers | _LISTS.small | _LISTS.legal | _LISTS.generations | _LISTS.near
)
_FORM = st.sampled_from([str.capitalize, str.upper, str.lower])
_MARK = st.sampled_from([" ", ", ", ". ", " of ", "-", "/", "'s ", " (", ") ", "@", "<", "> ", ".", "\u00ad"])


@laws
@given(st.lists(st.tuples(st.sampled_from(_OWN), _FORM, _MARK), max_size=12))
def test_its_own_words_in_any_order_are_read(parts: list[tuple[str, Callable[[str], str], str]]) -> None:
    """Titles, roles, forms of companies and marks, wherever they stand: spans of the text, and compare is symmetric."""
    text = "".join(form(word) + mark for word, form, mark in parts)
    (facts,) = find(Article(text), [Sentence(0, 0, len(text), text)])
    assert all(fact.text == text[fact.start : fact.end] != "" for fact in facts)
    for one, other in itertools.combinations(facts, 2):
        assert compare(one, other) is compare(other, one)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("vincente", "vicente", True),
        ("catharine", "catherine", True),
        ("martin", "martina", False),  # a man and a woman
        ("mario", "maria", False),
        ("emilio", "emilia", False),
        ("andrea", "andreas", True),  # a plural
        ("stefano", "stefani", True),  # from seven letters on the last one tells no sex
        ("ferdinand", "ferdinald", True),
        ("ann", "anne", True),  # a table says so
        ("bell", "belt", False),  # four letters are too few
        ("brun", "brune", False),
        ("braun", "braune", True),
        ("marten", "martina", False),  # one letter more and another one
        ("corp", "corporation", True),
        ("jarrow", "tarrow", False),  # the first letter weighs most
        ("hendersson", "andersson", False),
    ],
)
def test_spellings_of_one_name(left: str, right: str, same: bool) -> None:
    assert is_variant(left, right) is is_variant(right, left) is same


_GIVEN = st.sampled_from("mohammed muhammad gadhafi qaddafi liz elizabeth beth vicente bill william".split())


@given(
    st.one_of(_GIVEN, _WORD.map(str.lower)),
    _GIVEN,
    st.integers(0, 9),
    st.integers(0, 1),
    st.sampled_from(["", "a", "s"]),
)
@example("gadhafi", "qaddafi", 9, 0, "")
def test_variants_share_a_key(word: str, other: str, place: int, more: int, letter: str) -> None:
    """So that in a long article a name need not be compared with all others."""
    edited = word[:place] + letter + word[place + more :]
    for one, two in itertools.permutations((word, edited, other), 2):
        if len(one) > 1 and len(two) > 1 and is_variant(one, two):
            assert not {*list_spellings(one)}.isdisjoint(list_spellings(two))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Name("Orlo City", ("orlo", "city"), Sort.PLACE), Name("Orlo", ("orlo",), Sort.PLACE)),
        (Name("Orlo", ("orlo",), Sort.PLACE, path=("tarn", "orlo")), Name("O", ("varda",), Sort.PLACE, path=("orlo",))),
        (Name("Tarn Rail Body", ("tarn", "rail", "body"), aliases=frozenset(["trb"])), Name("TRB", ("trb",))),
        (Name("New Kelm", ("new", "kelm")), Name("Newkelm", ("newkelm",))),
        (Name("Bank of Kelm", ("bank", "of", "kelm")), Name("Bankkelm", ("bankkelm",))),
        (Name("Ana Silva", ("ana", "silva")), Name("Silva", ("silva",))),
    ],
    ids=lambda name: name.text,
)
def test_names_that_are_the_same_share_a_key(one: Name, other: Name) -> None:
    left, right = (Fact(Kind.ENTITY, 0, 1, name.text, name) for name in (one, other))
    assert compare(left, right) is Agreement.SAME
    keys = list_keys(left), list_keys(right)
    assert keys[0]
    assert keys[1]
    assert not keys[0].isdisjoint(keys[1])


@pytest.mark.parametrize(("words", "known"), [(("ana",), True), (("a", "silva"), False), (("o" * 25,), False)])
def test_an_initial_and_a_very_long_word_have_no_keys(words: tuple[str, ...], known: bool) -> None:
    assert (list_keys(Fact(Kind.ENTITY, 0, 1, "", Name("", words))) is not None) is known


@given(_WORD, _WORD)
def test_variants_are_symmetric(left: str, right: str) -> None:
    assert is_variant(left.lower(), right.lower()) is is_variant(right.lower(), left.lower())


@pytest.mark.parametrize(
    "pattern",
    [
        "A ",
        "Ab-",
        "A.",
        "Ab of ",
        "Mr. ",
        "A/",
        "Ab, Ohio, ",
        "a-A",
        '." A',
        "Xa Yo. Yo ",
        "O'",
        "Ab & ",
        "-- A",
        "@A.",
    ],
)
def test_time_is_linear(pattern: str) -> None:
    """A hundred thousand characters of the worst kind take no more than a hundred times a thousand."""
    read(pattern)
    started = time.process_time()
    read(pattern * (100_000 // len(pattern)))
    assert time.process_time() - started < 5


def test_many_people_of_one_surname_take_linear_time() -> None:
    text = " ".join(f"They met N{chr(97 + n % 26)}{n} Smith and Smith." for n in range(3000))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5


def test_tables_agree_with_each_other() -> None:
    """A demonym, a state and an alias lead to a place; every key is folded."""
    tables = load_tables()
    assert all(path in tables.places.values() for path in tables.demonyms.values())
    assert all(words == fold_name(" ".join(words)) for words in [*tables.places, *tables.demonyms, *tables.groups])
    assert tables.places["uk",] == tables.places["united", "kingdom"]
    assert {Sort.PERSON, Sort.GROUP, Sort.PLACE, Sort.OTHER} == set(Sort)
