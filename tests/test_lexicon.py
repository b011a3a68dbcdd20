"""Laws and examples of rarity, relatives and opposites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.lexicon import are_opposites, are_synonyms, rarity, relatives
from consistency.text import stem
from strategies import laws

_WORDS = (
    "rose fell rise drop began started ended open closed buy sell purchase win lose minister police river bridge ship "
    "arrive leave accept reject confirm deny wife daughter first last north south red large big small the of xyzzy"
)
stems = st.sampled_from([stem(word) for word in _WORDS.split()])


@laws
@given(stems, stems)
def test_relations_of_words_are_symmetric(left: str, right: str) -> None:
    """Related, synonym and opposite hold in both directions, or in none."""
    assert relatives(left).get(right) == relatives(right).get(left)
    assert are_synonyms(left, right) is are_synonyms(right, left)
    assert are_opposites(left, right) is are_opposites(right, left)


@laws
@given(stems, stems)
def test_no_words_are_synonyms_and_opposites(left: str, right: str) -> None:
    """Two different words stand for each other, or exclude each other, never both."""
    assert not (left != right and are_synonyms(left, right) and are_opposites(left, right))


@laws
@given(stems)
def test_a_word_stands_for_itself(word: str) -> None:
    """A word is its own synonym and not its own opposite; its relatives have weights in (0, 1] and are others."""
    assert are_synonyms(word, word)
    assert not are_opposites(word, word)
    assert word not in relatives(word)
    assert all(0 < weight <= 1 for weight in relatives(word).values())


@laws
@given(st.text(st.characters(codec=None), max_size=20))
def test_rarity_is_a_share(word: str) -> None:
    """Any string at all has a rarity in [0, 1]; what news never had is the rarest."""
    assert 0 <= rarity(word) <= 1
    assert rarity(word + "\x00qq") == 1


@pytest.mark.parametrize(
    ("common", "rare"), [("the", "police"), ("of", "river"), ("said", "earthquake"), ("people", "oyster")]
)
def test_common_words_are_less_rare(common: str, rare: str) -> None:
    """Function words weigh less than content words."""
    assert rarity(stem(common)) < rarity(stem(rare))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("rose", "fell"),
        ("increased", "decreased"),
        ("accepted", "rejected"),
        ("confirmed", "denied"),
        ("won", "lost"),
        ("arrested", "released"),
        ("opened", "closed"),
        ("began", "ended"),
        ("first", "last"),
        ("more", "fewer"),
        ("convicted", "acquitted"),
        ("bought", "sold"),
    ],
)
def test_opposites(left: str, right: str) -> None:
    """Words that cannot both hold of one thing."""
    assert are_opposites(stem(left), stem(right))
    assert not are_synonyms(stem(left), stem(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("wife", "lawyer"),
        ("river", "bridge"),
        ("rose", "climbed"),
        ("said", "told"),
        ("police", "army"),
        ("began", "started"),
        ("large", "big"),
        ("north", "river"),
    ],
)
def test_no_opposites(left: str, right: str) -> None:
    """Words that are different, alike or merely of one field exclude nothing."""
    assert not are_opposites(stem(left), stem(right))


@pytest.mark.parametrize(
    ("left", "right"), [("began", "started"), ("buy", "purchase"), ("big", "large"), ("visited", "visits")]
)
def test_synonyms(left: str, right: str) -> None:
    """Words that stand for each other."""
    assert are_synonyms(stem(left), stem(right))


@pytest.mark.parametrize(
    ("left", "right"), [("rose", "fell"), ("river", "minister"), ("wife", "lawyer"), ("first", "last"), ("", "rain")]
)
def test_no_synonyms(left: str, right: str) -> None:
    """Words that do not."""
    assert not are_synonyms(stem(left), stem(right))
