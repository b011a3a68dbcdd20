"""Attribution: examples that must and must not fire, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.facts import speech
from consistency.facts.speech import Source
from consistency.model import Agreement, Article, Fact, Kind
from consistency.text import tokenize
from strategies import article_texts, laws, make_sentences, statements, time_limit

SOURCES = (
    ("“It rained,” Ada Brun said.", ["Ada Brun"]),
    ("“It rained,” said Ada Brun, the governor.", ["Ada Brun"]),
    ("Ada Brun said it rained.", ["Ada Brun"]),
    ("Ada Brun tweeted that it rained.", ["Ada Brun"]),
    ("It rained, Brun announced on Monday.", ["Brun"]),
    ("It rained, according to police.", ["police"]),
    ("According to the army, it rained.", ["army"]),
    ("It rained, according to the Orlin Water Board.", ["Orlin Water Board"]),
    ("Ada Brun told the Harbour Herald that it rained.", ["Ada Brun", "Harbour Herald"]),
    ("It rained, the ministry said in a statement.", ["ministry"]),
    ("Officials confirmed that it rained.", ["Officials"]),
    ("Prosecutors alleged that the mayor lied.", ["Prosecutors"]),
    ("Ada Brun, a lawyer for the port, said it rained.", ["Ada Brun, a lawyer"]),
    ("Ada Brun, 34, said it rained.", ["Ada Brun"]),
    ("It rained, said Ada Brun.", ["Ada Brun"]),
)
NO_SOURCES = (
    "It rained.",
    "It rained, he said.",
    "“No,” she added.",
    "It rained, reports say.",
    "The forecast said it would rain.",
    "Ada Brun went home.",
    "Police arrested the mayor.",
    "The army left Kelm on Monday.",
    "There is much to be said for rain.",
    "The old book says it rained.",
    "No Kelmers were reported among the dead.",
    "Brun was told that it rained.",
    "It rained in Kelm, following 28 other states.",
    "He told reporters that it rained.",
    "All of them said it rained.",
    "Thirty-three per cent of them said it rained.",
)


def find(text: str) -> tuple[Fact, ...]:
    (facts,) = speech.find(Article(text), make_sentences([text]))
    return facts


@pytest.mark.parametrize(("text", "sources"), SOURCES)
def test_sources_are_found(text: str, sources: list[str]) -> None:
    """A name or a known body that says, tells or is accorded with is a source; its article does not matter."""
    assert [fact.text.removeprefix("the ") for fact in find(text)] == sources
    assert all(fact.kind is Kind.ATTRIBUTION for fact in find(text))


@pytest.mark.parametrize(("given", "found"), [(9, 9), (10, 9)])
def test_a_source_has_nine_words_at_most(given: int, found: int) -> None:
    """What follows is cut off, so that reading stays linear."""
    names = "Tarn Orlo Kelm Varda Brun Sand Lind Dorn Vell Mask".split()
    text = f"Rain fell, according to {' '.join(names[:given])}."
    (fact,) = find(text)
    assert fact.text.split() == names[:found]


@pytest.mark.parametrize("text", NO_SOURCES)
def test_no_source_is_made_up(text: str) -> None:
    """A pronoun, a vague report, and a name or body that says nothing are no sources."""
    assert find(text) == ()


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("Ada Brun said it rained.", "It rained, Brun said.", Agreement.SAME),
        ("Police said it rained.", "It rained, according to police.", Agreement.SAME),
        ("Ada Brun said it rained.", "“It rained,” said Ada Brun.", Agreement.SAME),
        ("Ada Brun said it rained.", "Nils Veld said it rained.", Agreement.DIFFERENT),
        ("Police said it rained.", "It rained, according to the army.", Agreement.DIFFERENT),
    ],
)
def test_agreement(left: str, right: str, agreement: Agreement) -> None:
    """A surname is its full name, in any place of the sentence; two other sources differ."""
    ((one,), (other,)) = find(left), find(right)
    assert speech.compare(one, other) is speech.compare(other, one) is agreement


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("It rained, he said.", True),
        ("She also announced that it rained.", True),
        ("Ada Brun said he left.", False),
        ("It rained.", False),
    ],
)
def test_a_pronoun_speaks_before_its_verb(text: str, speaks: bool) -> None:
    """A pronoun before a verb of saying speaks; one that is spoken of does not."""
    assert speech.says_by_pronoun(tokenize(text)) is speaks


@laws
@given(article_texts)
def test_facts_cut_their_text(text: str) -> None:
    """One tuple a sentence; the facts lie in their sentence in order, do not overlap, and cut their words."""
    sentences = make_sentences(text.split("\n\n"))
    found = speech.find(Article(text), sentences)
    assert len(found) == len(sentences)
    for sentence, facts in zip(sentences, found, strict=True):
        end = sentence.start
        for fact in facts:
            assert end <= fact.start < fact.end <= sentence.end
            assert text[fact.start : fact.end] == fact.text
            assert isinstance(fact.value, Source)
            assert fact.value.words <= {token.stem for token in tokenize(fact.text)}
            end = fact.end


@laws
@given(statements, statements)
def test_comparison_is_symmetric(left: str, right: str) -> None:
    """Two sources agree in one direction as in the other, and a source agrees with itself."""
    for one in find(left):
        assert speech.compare(one, one) is Agreement.SAME
        for other in find(right):
            assert speech.compare(one, other) is speech.compare(other, one)


@laws
@given(st.text(st.characters(codec=None), max_size=80))
def test_any_text_is_read(text: str) -> None:
    """Whatever the characters, the spans cut the text."""
    assert all(text[fact.start : fact.end] == fact.text for fact in find(text))


@pytest.mark.parametrize(
    "unit", ["said ", "Veld said ", "according to ", "Veld ", "told ", "told Veld ", "“", "said, "]
)
def test_long_text_is_linear(unit: str) -> None:
    """A hundred thousand characters of the worst kind take a moment."""
    text = unit * (100_000 // len(unit))
    with time_limit(10):
        (facts,) = speech.find(Article(text), make_sentences([text]))
    assert len(facts) <= len(tokenize(text))
