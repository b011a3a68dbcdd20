"""The guide: every word of a report is explained, and every example is what it says."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from consistency import Article, Kind, Nature, Relation, SettingsError, compare
from consistency.cli import main
from consistency.guide import TOPICS, find_topic
from consistency.policy import Forbidden


def test_every_word_of_a_report_is_explained() -> None:
    words = {str(word) for words in (Kind, Nature, Relation, Forbidden) for word in words} | {"unconfirmed"}
    assert set(TOPICS) == words


@pytest.mark.parametrize("name", [name for name, topic in TOPICS.items() if topic.left])
def test_every_example_is_what_it_says(name: str) -> None:
    topic = TOPICS[name]
    found = compare(Article(topic.left, published="2024-05-06"), Article(topic.right, published=topic.later))
    assert name in {str(word) for _, change in found.changes for word in (change.kind, change.nature)}


def test_a_word_that_is_none_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match="did you mean 'paraphrased'"):
        find_topic("paraphrase")


def test_the_command_explains_with_an_example() -> None:
    ran = CliRunner().invoke(main, ["rule", "conflict"])
    assert ran.output.startswith("conflict (nature, rule)\n")
    assert "Post says “Two” (2 people), Wire says “Nine” (9 people)" in ran.output
    ran = CliRunner().invoke(main, ["rule", "konflict"])
    assert (ran.exit_code, ran.stderr) == (2, "consistency: nothing is called 'konflict'; did you mean 'conflict'?\n")
