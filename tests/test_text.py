"""Laws and examples of folding, tokens and stems."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consistency.language import ENGLISH
from consistency.text import fold, fold_typography, irregular_forms, is_acronym, stem, strip_accents, tokenize
from strategies import laws, sentences, time_limit

texts = st.text(st.characters(codec=None), max_size=60)

SAME = (
    ("“Rain fell,” she said.", '"Rain fell," she said.'),
    ("‘Rain’ fell", '"Rain" fell'),
    ("the mayor’s house", "the mayor's house"),
    ("Rain — at last — fell.", "Rain -- at last -- fell."),
    ("Rain – at last – fell.", "Rain - at last - fell"),
    ("Rain \u00a0 fell\n on Kelm.", "Rain fell on Kelm."),
    ("RAIN FELL", "rain fell"),
    ("Rain fell!", "Rain fell."),
    ("Rain fell...", "Rain fell…"),
    ("Rain\u200b fe\u00adll.", "Rain fell."),
    ("\ufeffRain fell.", "Rain fell."),
    ("«Rain fell»", "„Rain fell“"),
    ("ﬁre in Kelm", "fire in Kelm"),
    ("Cafe\u0301 in Kelm", "Café in Kelm"),
)
OTHER = (
    ("Rain fell on Kelm.", "Rain fell in Kelm."),
    ("Rain fell, again.", "Rain fell again."),
    ("It can't rain.", "It cant rain."),
    ("12 people", "21 people"),
    ("The toll was 1.2 million.", "The toll was 12 million."),
    ("It is, she said, over.", "It is she said over."),
    ("Rain fell.", "Rain fell. Rain fell."),
    ("$5 million", "5 million"),
    ("50% of it", "50 of it"),
    ("minus -5 C: rain", "minus -6 C: rain"),
)


@pytest.mark.parametrize(("left", "right"), SAME)
def test_typography_is_folded(left: str, right: str) -> None:
    """What only typesetting changes is the same."""
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_words_and_inner_commas_are_not_folded(left: str, right: str) -> None:
    """One changed, added or dropped word, number or inner comma is not the same."""
    assert fold(left) != fold(right)


@pytest.mark.parametrize("mark", "‘’‛′`´")
def test_every_apostrophe_is_one(mark: str) -> None:
    """Whatever key was struck for the apostrophe, the words are the same."""
    assert fold(f"It can{mark}t rain on the mayor{mark}s house.") == fold("It can't rain on the mayor's house.")


@laws
@given(sentences)
def test_fold_is_done_once(text: str) -> None:
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


@laws
@given(sentences, st.data())
def test_fold_ignores_each_typographic_choice(text: str, data: st.DataObject) -> None:
    """Any mixture of quote marks, dashes, spaces and case folds to one form."""
    choices = {"'": "'’‘", '"': '"“”„', "“": '"„«', "”": '"“»', "-": "-–‐", " ": (" ", "  ", "\u00a0", "\n", " \u200b")}
    typed = "".join(data.draw(st.sampled_from(choices.get(c, c))) for c in text)
    assert fold(typed) == fold(text)
    assert fold(typed.upper()) == fold(text)
    assert fold(typed.rstrip(".")) == fold(text)


@laws
@given(texts)
def test_folded_typography_is_plain(text: str) -> None:
    """No curly quote, long dash or invisible character is left, and plain ASCII is untouched."""
    folded = fold_typography(text)
    assert not set(folded) & set("‘’“”«»–—…\u00ad\u200b\ufeff")
    assert fold_typography(folded) == folded
    ascii_only = text.encode("ascii", "ignore").decode().replace("`", "'")
    assert fold_typography(ascii_only) == ascii_only


@laws
@given(texts | sentences, st.integers(0, 10_000))
@example("China’s 1,400.5 U.S. guests can't stay at O’Brien's", 7)
@example("\ud800 rain \x00 fell", 0)
def test_tokens_cut_their_text(text: str, offset: int) -> None:
    """Spans are in order, do not overlap, cut the words out of the text, and the offset only moves them."""
    tokens = tokenize(text, offset)
    end = offset
    for token in tokens:
        assert end <= token.start < token.end
        assert text[token.start - offset : token.end - offset] == token.text
        assert token.text.strip() == token.text
        end = token.end
    assert end <= offset + len(text)
    assert [(t.start - offset, t.norm, t.stem) for t in tokens] == [(t.start, t.norm, t.stem) for t in tokenize(text)]


@laws
@given(sentences)
def test_tokens_do_not_depend_on_typography(text: str) -> None:
    """The folded words of a text are those of its typewritten form."""
    assert [t.norm for t in tokenize(fold_typography(text))] == [t.norm for t in tokenize(text)]


def test_tokens_do_not_depend_on_case() -> None:
    """A headline in capitals has the words of its body sentence."""
    assert [t.norm for t in tokenize("THE COUNTRY'S HARBOUR")] == [t.norm for t in tokenize("The country's harbour")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" \n\t", []),
        ("...!? — “”", []),
        ("COVID-19", ["covid", "19"]),
        ("second-largest", ["second", "largest"]),
        ("1,400.5", ["1,400.5"]),
        ("10, 12 and 14.", ["10", "12", "and", "14"]),
        ("$1.2bn", ["1.2", "bn"]),
        ("the U.S. army", ["the", "u.s.", "army"]),
        ("at 5 p.m. today", ["at", "5", "p.m.", "today"]),
        ("the mayor’s and the mayors' house", ["the", "mayor", "and", "the", "mayors", "house"]),
        ("they can’t, won't", ["they", "can't", "won't"]),
        ("Peña-Álvarez", ["pena", "alvarez"]),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Possessives, contractions, abbreviations and numbers are cut as a reader does."""
    assert [token.norm for token in tokenize(text)] == words


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("visit", "visited", True),
        ("visit", "visiting", True),
        ("went", "goes", True),
        ("said", "says", True),
        ("women", "woman", True),
        ("children", "child", True),
        ("rose", "rise", True),
        ("flood", "blood", False),
        ("visit", "invite", False),
        ("twelve", "twenty", False),
        ("arrest", "arrive", False),
        ("offer", "offered", True),
        ("offer", "off", False),
        ("tanner", "tan", False),
    ],
)
def test_stems(left: str, right: str, same: bool) -> None:
    """Forms of one word have one stem, different words do not."""
    assert (stem(left) == stem(right)) is same


@pytest.mark.parametrize(
    ("word", "least", "is_one"),
    [
        ("U.N.", 2, True),
        ("ABCDEF", 2, True),
        ("ABCDEFG", 2, False),
        ("A", 2, False),
        ("AB", 3, False),
        ("Ab", 2, False),
    ],
)
def test_acronyms(word: str, least: int, is_one: bool) -> None:
    """Two to six capitals; a longer word in capitals is one of a headline."""
    assert is_acronym(word, least) is is_one


def test_irregular_forms_lead_to_a_lemma() -> None:
    """A lemma is not itself looked up as a form of another word that leads back."""
    forms = irregular_forms()
    assert forms
    assert not [form for form, lemma in forms.items() if form == lemma]


def test_tables_have_rows_without_remarks() -> None:
    """No remark and no empty line gets through."""
    rows = ENGLISH.read_rows("opposites.txt")
    assert rows
    assert all(row and not row[0].startswith("#") for row in rows)


@laws
@given(texts)
def test_accents_are_stripped_once(text: str) -> None:
    """Stripping twice is stripping once."""
    assert strip_accents(strip_accents(text)) == strip_accents(text)


@pytest.mark.parametrize(
    "unit", ["a", "a'", "'", '"', "-", "1", "1,", "1.", "a.", " ", ". ", "…", "´", "\u0301", "\ud800"]
)
def test_long_text_is_linear(unit: str) -> None:
    """A hundred thousand characters of the worst kind take a moment."""
    text = unit * (100_000 // len(unit))
    with time_limit(5):
        assert len(fold(text)) <= 4 * len(text)
        assert sum(len(token.text) for token in tokenize(text)) <= len(text)
