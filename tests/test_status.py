"""Status and polarity: examples that must and must not fire, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts import status
from consistency.facts.status import Phase, Status
from consistency.model import Agreement, Article, Fact, Kind
from consistency.text import stem, tokenize
from strategies import article_texts, laws, make_sentences, statements, time_limit

PHASES = (
    ("The mayor will visit Kelm.", "will visit", Phase.PLANNED, "visit"),
    ("The mayor’ll leave soon, but she'll return.", "she'll return", Phase.PLANNED, "return"),
    ("The mayor will also soon visit Kelm.", "will also soon visit", Phase.PLANNED, "visit"),
    ("The mayor is scheduled to visit Kelm.", "scheduled to visit", Phase.PLANNED, "visit"),
    ("The mayor is to visit Kelm.", "is to visit", Phase.PLANNED, "visit"),
    ("The mayor plans to visit Kelm.", "plans to visit", Phase.PLANNED, "visit"),
    ("The mayor is set to visit Kelm.", "set to visit", Phase.PLANNED, "visit"),
    ("The mayor was going to visit Kelm.", "going to visit", Phase.PLANNED, "visit"),
    ("The mayor is expected to visit Kelm.", "expected to visit", Phase.PLANNED, "visit"),
    ("The mayor vowed to rebuild the bridge.", "vowed to rebuild", Phase.PLANNED, "rebuild"),
    ("The mayor may visit Kelm.", "may visit", Phase.POSSIBLE, "visit"),
    ("The mayor could soon visit Kelm.", "could soon visit", Phase.POSSIBLE, "visit"),
    ("The mayor possibly visited Kelm.", "possibly visited", Phase.POSSIBLE, "visit"),
    ("The driver allegedly stole the car.", "allegedly stole", Phase.ALLEGED, "stole"),
    ("The driver reportedly fled.", "reportedly fled", Phase.ALLEGED, "fled"),
    ("The driver is believed to have fled.", "believed to have fled", Phase.ALLEGED, "fled"),
    ("The driver is also believed to have fled.", "believed to have fled", Phase.ALLEGED, "fled"),
    ("The driver reportedly hasn’t fled.", "reportedly hasn’t fled", Phase.ALLEGED, "fled"),
    ("The mayor couldn't pay.", "couldn't pay", Phase.POSSIBLE, "pay"),
)
NEGATIONS = (
    ("The mayor did not visit Kelm.", "not visit", "visit"),
    ("The mayor didn’t visit Kelm.", "didn’t visit", "visit"),
    ("The mayor won't visit Kelm.", "won't visit", "visit"),
    ("The mayor never visited Kelm.", "never visited", "visit"),
    ("The mayor cannot pay.", "cannot pay", "pay"),
    ("The bank has not yet condemned the plan.", "not yet condemned", "condemned"),
    ("The mayor left without paying.", "without paying", "pay"),
    ("The mayor refused to visit Kelm.", "refused to visit", "visit"),
    ("The mayor failed to visit Kelm.", "failed to visit", "visit"),
    ("It shows the failure to visit Kelm.", "failure to visit", "visit"),
)
UNMARKED = (
    "The mayor visited Kelm.",
    "The mayor visits Kelm and has seen the bridge.",
    "In May the mayor visited Kelm.",
    "May brought rain.",
    "The will of the mayor was read in court.",
    "The mayor set a table for ten.",
    "The plan was read in court.",
    "The failed bank was sold.",
    "Not only Kelm was flooded.",
    "Not least Kelm was flooded.",
    "There is no doubt.",
    "Nothing is like the sea at Norton.",
    "The notary knotted a rope.",
    "The plan is intended to save fuel.",
    "Police suspected him of theft.",
    "The mayor may, however, stay.",
    "Reportedly, the rats left.",
    "They believed the driver to be rich.",
    "Most believed to the end.",
)


def find(text: str, kind: Kind) -> list[Fact]:
    (facts,) = status.find(Article(text), make_sentences([text]))
    return [fact for fact in facts if fact.kind is kind]


@pytest.mark.parametrize(("text", "words", "phase", "head"), PHASES)
def test_status_is_found(text: str, words: str, phase: Phase, head: str) -> None:
    """A marker and its verb are one fact with its phase."""
    found = {(fact.text, fact.value) for fact in find(text, Kind.STATUS)}
    assert (words, Status(phase, stem(head))) in found


@pytest.mark.parametrize(("between", "found"), [("gladly boldly newly", True), ("gladly boldly newly fully", False)])
def test_the_verb_of_a_marker_is_near(between: str, found: bool) -> None:
    """Three words may stand between."""
    assert bool(find(f"He will {between} visit Tarn.", Kind.STATUS)) is found


@pytest.mark.parametrize(("text", "words", "head"), NEGATIONS)
def test_polarity_is_found(text: str, words: str, head: str) -> None:
    """A negation and its verb are one negated fact."""
    (fact,) = find(text, Kind.POLARITY)
    assert fact.text == words
    assert isinstance(fact.value, Status)
    assert fact.value.negated
    assert fact.value.head == stem(head)


@pytest.mark.parametrize("text", UNMARKED)
def test_plain_statements_have_no_mark(text: str) -> None:
    """A plain past or present verb, a month, a noun or a fixed phrase is no status and no negation."""
    assert not find(text, Kind.STATUS)
    assert not find(text, Kind.POLARITY)


@pytest.mark.parametrize(
    ("text", "head"),
    [("The army no longer controls the port.", "control"), ("No one died in the fire.", "die")],
)
def test_negation_in_two_words_is_about_its_verb(text: str, head: str) -> None:
    """What "no longer" and "no one" negate is the verb that follows them."""
    (fact,) = find(text, Kind.POLARITY)
    assert isinstance(fact.value, Status)
    assert fact.value.head == stem(head)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody died in the fire.",
        "The mayor has yet to visit Kelm.",
        "The crew was unable to leave.",
        "The mayor didnt visit Kelm.",
    ],
)
def test_rarer_negations_are_found(text: str) -> None:
    """Negations without a "not" are negations."""
    assert find(text, Kind.POLARITY)


@laws
@given(article_texts)
def test_facts_cut_their_text(text: str) -> None:
    """One tuple a sentence, each fact inside its sentence, in order of its kind, and its span cuts its words."""
    sentences = make_sentences(text.split("\n\n"))
    found = status.find(Article(text), sentences)
    assert len(found) == len(sentences)
    for sentence, facts in zip(sentences, found, strict=True):
        for fact in facts:
            assert sentence.start <= fact.start < fact.end <= sentence.end
            assert text[fact.start : fact.end] == fact.text
            assert fact.kind in {Kind.STATUS, Kind.POLARITY}
            assert hash(fact.value) == hash(fact.value)


@laws
@given(statements, statements)
def test_comparison_is_symmetric(left: str, right: str) -> None:
    """Two facts agree in one direction as in the other, and a fact agrees with itself."""
    for kind in (Kind.STATUS, Kind.POLARITY):
        for one in find(left, kind):
            assert status.compare(one, one) is Agreement.SAME
            for other in find(right, kind):
                assert status.compare(one, other) is status.compare(other, one)


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("The mayor will visit Kelm.", "The mayor is to visit Kelm.", Agreement.SAME),
        ("The mayor will visit Kelm.", "The mayor is scheduled to visit Kelm.", Agreement.SAME),
        ("The mayor will visit Kelm.", "The mayor may visit Kelm.", Agreement.DIFFERENT),
        ("The talks will begin.", "The talks will start.", Agreement.SAME),
        ("The mayor will visit Kelm.", "The mayor will resign.", None),
        ("Prices will rise.", "Prices will fall.", None),
    ],
)
def test_agreement(left: str, right: str, agreement: Agreement | None) -> None:
    """The same plan in other words agrees; another verb answers nothing."""
    ((one,), (other,)) = (find(text, Kind.STATUS) for text in (left, right))
    assert status.compare(one, other) is agreement


@pytest.mark.parametrize(
    ("marked", "other", "words"),
    [
        ("The mayor will visit Kelm.", "The mayor visited Kelm.", ["visited"]),
        ("The mayor will visit Kelm.", "The mayor arrived in Kelm.", ["arrived"]),
        ("The talks may begin.", "The talks started.", ["started"]),
        ("The driver allegedly stole it.", "The driver stole it.", ["stole"]),
        ("The mayor may visit Kelm.", "The mayor slept.", []),
        ("The mayor will visit Kelm.", "The mayor is visiting Kelm.", ["visiting"]),
        ("The museum will open on 14 September.", "The museum opens on 14 September.", []),
        ("The driver will face murder charges.", "The driver is to be charged with murder.", []),
        ("The firm will be named Orlin.", "The merged firm is to be based in Kelm.", []),
        ("They fled before they could take it.", "They fled before taking it.", []),
        ("The mayor may visit Kelm.", "The mayor will visit Kelm.", []),
        ("The mayor will visit Kelm.", "The mayor may visit Kelm.", []),
    ],
)
def test_plain_verbs_answer(marked: str, other: str, words: list[str]) -> None:
    """A plain verb answers a marked one of the same meaning, and a past one a plan; a marked one is no answer."""
    (fact,) = find(marked, Kind.STATUS)
    answers = list(status.find_plain(fact, tokenize(other), find(other, Kind.STATUS)))
    assert [answer.text for answer in answers] == words
    assert all(other[answer.start : answer.end] == answer.text for answer in answers)


@laws
@given(st.text(st.characters(codec=None), max_size=80))
def test_any_text_is_read(text: str) -> None:
    """Whatever the characters, the spans cut the text."""
    for kind in (Kind.STATUS, Kind.POLARITY):
        assert all(text[fact.start : fact.end] == fact.text for fact in find(text, kind))


@pytest.mark.parametrize("unit", ["will ", "not ", "will visit ", "is to ", "n't", "no ", "to ", "ly ", "'", "\u0301"])
def test_long_text_is_linear(unit: str) -> None:
    """A hundred thousand characters of the worst kind take a moment."""
    text = unit * (100_000 // len(unit))
    with time_limit(10):
        (facts,) = status.find(Article(text), make_sentences([text]))
    assert len(facts) <= 2 * len(tokenize(text))
