"""Parses: what holds of every text, and what they tell of plain sentences."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.clauses import Parse, Parses, network, parse, words
from consistency.clauses.tree import grow
from consistency.model import Sentence
from strategies import laws, make_sentences, sentences

texts = st.one_of(sentences, st.text(max_size=200), st.text("aB '’-.n\n\"", max_size=60))


def parse_one(text: str, start: int = 0) -> Parse:
    """Return the parse of a sentence that stands at a place."""
    (found,) = parse([Sentence(0, start, start + len(text), text)])
    return found


def head_of(parse: Parse, form: str) -> str:
    """Return the word that a word hangs on."""
    head = parse.heads[parse.forms.index(form)]
    return parse.forms[head] if head >= 0 else ""


def test_sentences_are_parsed_once_where_they_are_asked_for() -> None:
    asked: list[list[int]] = []

    def note(some: Sequence[Sentence]) -> tuple[Parse, ...]:
        asked.append([sentence.index for sentence in some])
        return parse(some)

    found = Parses(make_sentences(["Rain fell.", "Sun shone.", "Snow melted.", "Wind rose."]), note)
    found.read([3, 1])
    assert [found[k].forms[0] for k in (1, 2, 3)] == ["Sun", "Snow", "Wind"]
    assert found[2] is found[2]
    found.read([])
    assert asked == [[3, 1], [2]]


@laws
@given(texts, st.integers(0, 9))
def test_every_word_has_a_place_and_a_way_to_the_one_root(text: str, start: int) -> None:
    found = parse_one(text, start)
    assert "".join(found.forms) == "".join(text.split())
    for k, form in enumerate(found.forms):
        assert text[found.starts[k] - start : found.ends[k] - start] == form
    assert found.heads.count(-1) == bool(found.forms)
    for k in range(len(found)):
        steps = 0
        while k >= 0:
            k, steps = found.heads[k], steps + 1
            assert steps <= len(found)


@laws
@given(st.lists(sentences, max_size=5), st.lists(sentences, max_size=3))
def test_a_parse_is_that_of_its_sentence_whatever_stands_beside_it(lines: list[str], others: list[str]) -> None:
    alone = parse(make_sentences(lines))
    among = parse(make_sentences(lines + others))[: len(lines)]
    assert [(p.heads, p.upos, p.relations) for p in alone] == [(p.heads, p.upos, p.relations) for p in among]


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\ud800", "a" * 9999, "word " * 9999, '"' * 9999, "'s" * 999])
def test_odd_text_is_parsed(text: str) -> None:
    assert len(parse_one(text).forms) == len(list(words.split(text)))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Tarn's mayor can't stay.", "Tarn 's mayor ca n't stay ."),
        ("They cannot say “no”.", "They can not say “ no ” ."),
        ("A two-year, $1.5bn deal at 10:30", "A two - year , $ 1.5 bn deal at 10:30"),
        ("Mr. Veld of the U.S. won the 3rd race...", "Mr. Veld of the U.S. won the 3rd race ..."),
        ("O'Hara’ll see www.tarn.example now", "O'Hara ’ll see www.tarn.example now"),
    ],
)
def test_words_are_cut_as_in_a_treebank(text: str, forms: str) -> None:
    assert list(parse_one(text).forms) == forms.split()


@laws
@given(st.integers(1, 12), st.integers(0, 999))
def test_scores_become_a_tree(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(-3, 4, (size, size + 1)).astype(np.float32)
    np.fill_diagonal(scores, -np.inf)
    heads = grow(scores)
    assert heads.count(-1) == 1
    for word in range(size):
        for _ in range(size):
            word = heads[word] if word >= 0 else -1
        assert word == -1


def test_plain_sentences_are_understood() -> None:
    found = parse_one("The mayor of Tarn signed the harbour law on Monday.")
    assert [head_of(found, form) for form in ("mayor", "law", "Tarn", "signed")] == ["signed", "signed", "mayor", ""]
    assert found.upos[found.forms.index("signed")] == "VERB"
    assert found.relations[found.forms.index("law")] == "obj"


def test_who_is_told_from_whom() -> None:
    found = parse_one("Two ferries were damaged by the storm.")
    assert found.relations[found.forms.index("ferries")] == "nsubj:pass"
    assert head_of(found, "storm") == "damaged"


def test_parsing_is_as_good_as_it_was() -> None:
    """Floors on news of the treebank, where that lies beside the repository."""
    path = Path(__file__).parents[2] / "shared" / "treebank" / "news_test.conllu.gz"
    if not path.is_file():
        pytest.skip("no treebank beside the repository")
    right = count = 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = [block.splitlines() for block in file.read().split("\n\n")[:200] if block]
    for block in blocks:
        rows = [row for line in block if (row := line.split("\t"))[0].isdigit()]
        text = next(line for line in block if line.startswith("# text = ")).removeprefix("# text = ")
        found = parse_one(text)
        if list(found.forms) == [row[1] for row in rows]:
            right += sum(int(row[6]) - 1 == head for row, head in zip(rows, found.heads, strict=True))
            count += len(rows)
    assert right / count > 0.84


@pytest.mark.parametrize("rows", [0, 1, 15, 16, 17, 700])
def test_a_product_in_blocks_is_the_product(rows: int) -> None:
    """However many rows fit into a block; one wider than a block is made row by row."""
    random = np.random.default_rng(rows)
    for columns in (128, 3000):
        x, weights = (random.random(shape).astype(np.float32) for shape in ((rows, 128), (128, columns)))
        assert np.allclose(network._multiply(x, weights), x @ weights, rtol=1e-5)
