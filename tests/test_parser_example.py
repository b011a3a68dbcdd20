"""Another parser in the place of ours: spaCy, where it is installed with a model."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from consistency import Article, Comparer
from consistency.clauses import outline
from consistency.model import Sentence

SCRIPT = Path(__file__).parents[1] / "examples" / "parser.py"
TEXT = "The bridge in Tarn was opened by the mayor on Monday."


def test_a_parser_of_spacy_reads_the_same_clause() -> None:
    pytest.importorskip("spacy", reason="no spaCy: pip install spacy")
    script = runpy.run_path(str(SCRIPT))
    try:
        script["load"]()
    except ImportError as error:
        pytest.skip(str(error))
    (clause,) = outline(*script["parse"]([Sentence(0, 0, len(TEXT), TEXT)])).clauses
    assert clause.predicate == "open"
    assert [m.head for m in clause.who] == ["mayor"]
    assert [m.head for m in clause.whom] == ["bridge"]


def test_a_comparison_asks_its_parser_for_what_may_be_linked_and_says_so() -> None:
    asked = []

    def parse_nothing(sentences):  # type: ignore[no-untyped-def]
        from consistency.clauses import parse

        asked.extend(sentence.text for sentence in sentences)
        return parse(sentences)

    comparer = Comparer(parser=parse_nothing)
    left, right = "Rain fell. The bridge collapsed.", "Rain fell. A bridge fell. Nobody sang."
    found = comparer.compare(Article(left), Article(right))
    assert sorted(asked) == ["A bridge fell.", "The bridge collapsed."]
    assert "parser=" in found.signature
