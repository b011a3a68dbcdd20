"""Who a pronoun is: only where one name stands out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.clauses import parse, resolve
from consistency.facts import name
from consistency.model import Article
from strategies import laws, make_sentences, sentences


def read(*lines: str) -> list[tuple[str, str]]:
    """Return each pronoun of an article that is resolved, with the name that it stands for."""
    text, cut = "\n\n".join(lines), make_sentences(lines)
    parses = parse(cut)
    found = resolve(parses, name.find(Article(text), cut))
    return [(parses[r.sentence].forms[r.word], str(r.name.value)) for r in found]


@pytest.mark.parametrize(
    ("lines", "resolved"),
    [
        (("Ada Brun resigned on Monday.", "She left Tarn."), ("She", "Ada Brun")),
        (("Mr Brun resigned on Monday.", "Police searched his house."), ("his", "Brun")),
        (("Mrs Veld met Peter Holm.", "She said the play was good."), ("She", "Veld")),
        (("Orlin Steel Corp said it sold a mine.",), ("it", "Orlin Steel Corp")),
        (("Orlin Steel Corp sold a mine.", "The company said the price was low."), ("company", "Orlin Steel Corp")),
    ],
)
def test_one_who_stands_out_is_found(lines: tuple[str, ...], resolved: tuple[str, str]) -> None:
    assert resolved in read(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("She left.",),
        ("Peter Holm met Paul Veld and Robert Brun.", "Paul Veld and Peter Holm talked.", "He left."),
        ("Ada Brun resigned.", "One.", "Two.", "Three.", "Four.", "She left."),
        ("Mr Brun resigned.", "“She is ill,” a doctor said."),
        ("Mr Brun resigned.", "It rained."),
        ("Orlin Steel Corp sold a mine.", "It is likely to rain."),
        ("Peter Holm spoke.", "A policeman arrested a suspect.", "He fled."),
    ],
)
def test_what_is_open_stays_open(lines: tuple[str, ...]) -> None:
    assert read(*lines) == []


@laws
@given(st.lists(st.one_of(sentences, st.text("he she it Ada Brun.“”", max_size=60)), max_size=6))
def test_what_is_resolved_is_a_word_and_a_name_before_it(lines: list[str]) -> None:
    cut = make_sentences(lines)
    parses = parse(cut)
    for reference in resolve(parses, name.find(Article("\n\n".join(lines)), cut)):
        place = parses[reference.sentence].starts[reference.word]
        assert reference.name.start < place
