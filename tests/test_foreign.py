"""Articles in another language get a note, in every door; English ones get none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import consistency
from consistency.cli import main
from consistency.foreign import find_foreign
from consistency.language import ENGLISH, load
from consistency.model import Article
from strategies import LEFT, RIGHT, write

SPOKEN = {
    "German": "Der Sturm hat die Brücke zerstört, und das Dorf ist nicht mehr zu erreichen, sagte der Bürgermeister.",
    "French": "La tempête a détruit le pont de Kelm et les habitants ne sont pas encore rentrés, selon la mairie.",
    "Spanish": "La tormenta destruyó el puente de Kelm y los vecinos no han vuelto a sus casas, según el alcalde.",
    "Italian": "La tempesta ha distrutto il ponte di Kelm e gli abitanti non sono ancora tornati alle loro case.",
    "Dutch": "De storm heeft de brug van Kelm verwoest en het dorp is niet meer te bereiken, zegt de burgemeester.",
    "Polish": "Burza zniszczyła most w Kelm i nie wiadomo, kiedy się otworzy, bo do tego potrzeba było pieniędzy.",
    "Cyrillic": "Буря разрушила мост в Кельме, и жители ещё не вернулись домой.",
    "Greek": "Η καταιγίδα κατέστρεψε τη γέφυρα στο Κελμ.",
    "Cjk": "暴风雨摧毁了凯尔姆的桥梁，居民尚未返回家园。",
}
GERMAN = SPOKEN["German"]
NOTE = "the text looks German; only English is read"


@pytest.mark.parametrize("title", SPOKEN)
def test_a_foreign_text_is_told(title: str) -> None:
    """By its commonest words, or by its letters."""
    assert find_foreign(SPOKEN[title], ENGLISH) == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kelm 3, Orlo 2",
        "Der Mayor",
        write(LEFT),
        write(RIGHT),
        "The mayor said “es la hora de la verdad” and left for the Sierra de la Luna, a range in the south of Orlo.",
        "Ludwig van der Berg, Anna de la Cruz and Jan van den Hoek met at the Place de la Gare on Monday.",
        "Kelm, Orlo, Tarn, Varda, Dolna, Drumlow, Dresta, Korso, Norvik, Marra, Torrin, Lumex",
    ],
)
def test_no_other_text_is(text: str) -> None:
    """English with foreign names and quotations, lists, and what is too short to tell."""
    assert find_foreign(text, ENGLISH) == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("und der die das Kelm Orlo Tarn Varda", "German"),  # eight words tell enough
        ("und der die das Kelm Orlo Tarn", ""),
        ("und der Kelm Orlo Tarn Varda Dolna Marra Torrin Lumex Norvik Korso Drumlow", "German"),  # 2 of 13
        ("und der Kelm Orlo Tarn Varda Dolna Marra Torrin Lumex Norvik Korso Drumlow Dresta", ""),  # 2 of 14
        ("und der das the of Kelm Orlo Tarn Varda", "German"),  # half as many again as in English
        ("und der das the of and Kelm Orlo Tarn Varda", ""),
        ("Бури и дом Kelm", "Cyrillic"),
        ("Бур дом Kelm Orlo", ""),
    ],
)
def test_how_much_tells_a_language(text: str, title: str) -> None:
    """On either side of each threshold."""
    assert find_foreign(text, ENGLISH) == title


def test_a_language_that_knows_no_others_tells_none(tmp_path: Path) -> None:
    """A pack without words of other languages has no notes; it may be the very language that an article is in."""
    assert find_foreign(GERMAN, load(str(tmp_path))) == ""


def test_a_comparison_has_the_note() -> None:
    """On the article that it is about, once."""
    found = consistency.compare(Article(GERMAN, notes=(NOTE,)), "Rain fell on the old bridge of Kelm.")
    assert (found.left.notes, found.right.notes) == ((NOTE,), ())


def test_commands_say_it(tmp_path: Path) -> None:
    """On standard error, before the report; it changes no exit status."""
    for name, more in (("one.txt", ""), ("two.txt", " Es ist der zweite Sturm in dem Jahr.")):
        (tmp_path / name).write_text(GERMAN + more, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("one.txt", "two.txt")]
    for command in (["compare", *paths], ["check", *paths], ["check", str(tmp_path)]):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        assert done.stderr.count(NOTE) == 2


def test_assertions_warn() -> None:
    """A test that compares foreign articles passes for nothing, and says so."""
    from consistency.policy import Settings
    from consistency.suite import explain

    with pytest.warns(UserWarning, match=NOTE):
        explain(Article(GERMAN, "a.txt"), Article("Rain fell."), {}, Settings())


def test_a_corpus_keeps_it() -> None:
    """As a note among the rows of what went wrong, which is no trouble."""
    import json

    from consistency.comparer import Comparer
    from consistency.corpus.rows import ARTICLE, compare_story

    rows = [
        {**dict.fromkeys(ARTICLE), "thread": None, "name": name, "own_id": "", "text": text, "header": 0}
        for name, text in (("a.txt", GERMAN), ("b.txt", "Rain fell on the old bridge."))
    ]
    told = json.loads(compare_story(rows, Comparer(), 1))["errors"]
    assert told == [{"name": "a.txt", "other": None, "stage": "note", "reason": NOTE}]
