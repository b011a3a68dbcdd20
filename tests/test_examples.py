"""The examples and the README show what the library really says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import consistency
from consistency import Comparison, Kind, Nature, Pair, Relation, Role
from strategies import HANG

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "examples" / "articles"
SCRIPT = ROOT / "examples" / "compare_two.py"
README = ROOT / "README.md"
PICTURE = re.compile(r"(?<=^```text\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
SHOWN_PAIRS = 4


@pytest.fixture(scope="module")
def found() -> Comparison:
    first, later = (consistency.read(ARTICLES / name) for name in ("first.txt", "later.txt"))
    return consistency.compare(first, later)


def find_pair(found: Comparison, words: str) -> Pair:
    """Return the one pair whose left side, or right side if it stands alone, has these words."""
    (pair,) = (pair for pair in found.pairs if words in (pair.left_text or pair.right_text))
    return pair


def changes_of(pair: Pair) -> set[tuple[Kind, Nature]]:
    return {(change.kind, change.nature) for change in pair.changes}


def test_articles_have_the_promised_size(found: Comparison) -> None:
    assert all(15 <= len(sentences) <= 25 for sentences in (found.left_sentences, found.right_sentences))


def test_headers_are_read(found: Comparison) -> None:
    assert [str(article.published) for article in (found.left, found.right)] == ["2024-05-06", "2024-05-14"]
    assert [article.source for article in (found.left, found.right)] == ["The Valley Courier", "Northern Evening Post"]


def test_articles_of_one_day_contradict_each_other() -> None:
    story = consistency.compare_event(map(consistency.read, ARTICLES.glob("*.txt")))
    toll = next(course for course in story.clashes if course.kind is Kind.QUANTITY)
    assert [point.fact.text for point in toll.points] == ["At least 11", "Twelve", "Fourteen"]


@pytest.mark.parametrize("script", ["compare_two.py", "corpus.py"])
def test_an_example_ends_in_one_line_where_a_file_is_missing(script: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "examples" / script), "nowhere.txt", "nor-here.txt"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=HANG,
        check=False,
    )
    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1)


def test_the_planned_visit_took_place(found: Comparison) -> None:
    pair = find_pair(found, "will visit the mountain town")
    assert "visited Veldrin on May 13" in pair.right_text
    assert changes_of(pair) == {(Kind.STATUS, Nature.DEVELOPMENT)}  # "next week" and "May 13" agree


def test_the_toll_grew(found: Comparison) -> None:
    pair = find_pair(found, "At least 11 people")
    assert "Fourteen people" in pair.right_text
    assert changes_of(pair) == {(Kind.QUANTITY, Nature.DEVELOPMENT)}


def test_the_toll_of_a_year_long_past_clashes(found: Comparison) -> None:
    pair = find_pair(found, "killed seven people")
    assert "killed nine people" in pair.right_text
    assert changes_of(pair) == {(Kind.QUANTITY, Nature.CONFLICT)}  # 1974 was over when both were published


def test_sentences_are_found_again_where_they_moved(found: Comparison) -> None:
    pair = find_pair(found, "Veldrin lies in a narrow valley")
    assert pair.relation is Relation.IDENTICAL
    assert pair.right[0].index - pair.left[0].index > 10


def test_a_split_sentence_is_one_pair(found: Comparison) -> None:
    pair = find_pair(found, "The mayor closed both schools")
    assert [sentence.text.split()[0] for sentence in pair.right] == ["Both", "Some"]


@pytest.mark.parametrize("words", ["Nearly half of the houses", "$1.2bn had been set aside", "Geologists warned"])
def test_the_same_facts_in_other_words_are_paraphrased(found: Comparison, words: str) -> None:
    assert find_pair(found, words).relation is Relation.PARAPHRASED


@pytest.mark.parametrize("words", ["Prime Minister to Visit", "SEE ALSO", "laid a wreath", "Forecasters expect"])
def test_what_one_article_tells_alone_is_unique(found: Comparison, words: str) -> None:
    assert find_pair(found, words).relation is Relation.UNIQUE


def test_roles_are_told(found: Comparison) -> None:
    roles = {sentence.role for sentence in (*found.left_sentences, *found.right_sentences)}
    assert roles == {Role.HEADLINE, Role.BODY, Role.LINK, Role.CREDIT}


def test_the_script_prints_the_report_and_writes_the_page(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    command = [sys.executable, str(SCRIPT), "--out", str(page)]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, timeout=HANG, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "will visit" in done.stdout
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


def test_the_script_is_short() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) < 40


def test_the_readme_shows_the_real_report(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    sides = (consistency.read(f"examples/articles/{name}.txt") for name in ("first", "later"))
    report = consistency.build_report(consistency.compare(*sides))
    lines = report.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if re.match(r"[=~±!<>] L\d", line)]
    picture = "".join(lines[: starts[SHOWN_PAIRS]])
    readme = README.read_text(encoding="utf-8")
    if request.config.getoption("--regenerate"):
        README.write_text(PICTURE.sub(lambda _: picture, readme, count=1), encoding="utf-8", newline="\n")
        pytest.fail("the README was written anew: read it, then run the tests without --regenerate")
    shown = PICTURE.search(readme)
    assert shown
    assert shown[0] == picture


def test_the_readme_has_two_commands_on_a_line_each() -> None:
    """``.ci/run`` runs them as they stand."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert [len(block.splitlines()) for block in blocks] == [1, 1]
