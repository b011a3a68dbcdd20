"""Laws of the whole comparison, from two texts to judged pairs, and input that means harm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import consistency
from consistency import aligner, clauses, comparer, diff
from consistency.comparer import Comparer, compare
from consistency.errors import SettingsError
from consistency.facts import Finder
from consistency.model import Article, Comparison, Fact, Kind, Nature, Relation, Role, Sentence
from strategies import FOREIGN, LEFT, LINKS, RIGHT, article_texts, distinct_sentences, laws, time_limit, write

Outline = set[tuple[tuple[str, ...], tuple[str, ...], Relation]]


def outline(found: Comparison, mirrored: bool = False) -> Outline:
    """Return the pairs as texts and relation."""
    sides = (tuple(tuple(s.text for s in side) for side in (pair.left, pair.right)) for pair in found.pairs)
    return {
        (ours, theirs, pair.relation)
        for pair, (ours, theirs) in zip(found.pairs, (side[::-1] if mirrored else side for side in sides), strict=True)
    }


def check(found: Comparison) -> None:
    """Hold the laws that every comparison keeps."""
    for side, listed in (("left", found.left_sentences), ("right", found.right_sentences)):
        held = Counter(s for pair in found.pairs for s in getattr(pair, side))
        assert held == Counter(listed)
        assert [s.index for s in listed] == list(range(len(listed)))
    for article, listed in ((found.left, found.left_sentences), (found.right, found.right_sentences)):
        assert all(article.text[s.start : s.end] == s.text for s in listed)
    assert sum(found.counts.values()) == len(found.pairs)
    for pair in found.pairs:
        assert (pair.relation is Relation.UNIQUE) is not (pair.left and pair.right and True)
        assert (pair.relation is Relation.UPDATED) is bool(pair.changes)
        assert 0 <= pair.score <= 1
        for change in pair.changes:
            assert change.left or change.right
            for article, fact in ((found.left, change.left), (found.right, change.right)):
                assert fact is None or article.text[fact.start : fact.end] == fact.text != ""


@laws
@given(article_texts, article_texts)
def test_every_comparison_keeps_the_laws(left: str, right: str) -> None:
    """Each sentence in exactly one pair, counts that sum, spans that cut, changes where there is an update."""
    check(compare(left, right))


@laws
@given(article_texts)
def test_an_article_against_itself_is_identical(text: str) -> None:
    """Nothing differs, and all of it is confirmed."""
    found = compare(text, text)
    assert {pair.relation for pair in found.pairs} <= {Relation.IDENTICAL}
    assert found.changes == ()
    assert set(found.confirmed) <= {1.0, 0.0}
    assert len(found.pairs) == len(found.left_sentences) == len(found.right_sentences)


@laws
@given(distinct_sentences.flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
def test_a_shuffled_article_is_found_sentence_by_sentence(lines: tuple[list[str], list[str]]) -> None:
    """In any order every sentence is identical to itself."""
    found = compare(write(lines[0]), write(lines[1]))
    assert len(found.identical) == len(found.pairs)
    assert all(pair.left_text == pair.right_text for pair in found.pairs)


@laws
@given(article_texts, article_texts)
def test_sides_can_be_swapped(left: str, right: str) -> None:
    """The same links in both directions."""
    there, back = outline(compare(left, right)), outline(compare(right, left), mirrored=True)
    assert {link[:2] for link in there} == {link[:2] for link in back}


@pytest.mark.parametrize("published", [(None, None), ("2023-03-06", "2023-03-14")])
def test_reports_of_one_event(published: tuple[str | None, str | None]) -> None:
    """The counterparts of two reports: linked, reworded where only words differ, alike in both directions."""
    articles = [Article(write(lines), published=day) for lines, day in zip((LEFT, RIGHT), published, strict=True)]
    found = compare(*articles)
    check(found)
    links = {
        (tuple(s.index for s in p.left), tuple(s.index for s in p.right)) for p in found.pairs if p.left and p.right
    }
    assert links == LINKS
    assert not [change for _, change in found.changes if change.nature is not Nature.ELABORATION]
    assert outline(found) == outline(compare(*articles[::-1]), mirrored=True)


@pytest.mark.parametrize("line", FOREIGN)
def test_a_foreign_sentence_is_unique_and_changes_nothing_else(line: str) -> None:
    """At the start, in the middle, at the end, on either side: the other pairs stay as they were."""
    before = outline(compare(write(LEFT), write(RIGHT)))
    for place in (0, 5, len(LEFT)):
        left = write([*LEFT[:place], line, *LEFT[place:]])
        right = write([*RIGHT[:place], line, *RIGHT[place:]])
        assert outline(compare(left, write(RIGHT))) == before | {((line,), (), Relation.UNIQUE)}
        assert outline(compare(write(LEFT), right)) == before | {((), (line,), Relation.UNIQUE)}


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (
            Kind.STATUS,
            "Governor Ada Brun will visit the flooded school.",
            "Governor Ada Brun visited the flooded school.",
        ),
        (Kind.POLARITY, "The bank approved the harbour loan.", "The bank did not approve the harbour loan."),
        (Kind.DETAIL, "Timber prices in Sested rose sharply.", "Timber prices in Sested fell sharply."),
        (Kind.ATTRIBUTION, "The oil killed the oysters.", "The oil killed the oysters, Nils Veld told the Herald."),
    ],
)
def test_one_edit_is_one_updated_pair(kind: Kind, left: str, right: str) -> None:
    """In an article that nobody touched else, the edited sentence is updated and all others are identical."""
    found = compare(write([*LEFT, left]), write([*LEFT, right]))
    assert (len(found.identical), len(found.updated), len(found.pairs)) == (len(LEFT), 1, len(LEFT) + 1)
    assert kind in {change.kind for _, change in found.changes}


def test_texts_and_articles_are_the_same_door() -> None:
    """A string is an article of that text."""
    text, article = compare("Rain fell.", "Sun shone."), compare(Article("Rain fell."), Article("Sun shone."))
    assert outline(text) == outline(article)
    assert (text.left.name, text.right.name) == ("left", "right")


# --- Settings. ---


def one_sentence(article: Article) -> tuple[Sentence, ...]:
    """Take the whole article as one sentence."""
    return (Sentence(0, 0, len(article.text), article.text),) if article.text else ()


def test_every_stage_is_a_plug() -> None:
    """Another segmenter, aligner, other finders and rules are used, and the signature names them."""
    rules: tuple[diff.Rule, ...] = (diff.judge_alone, diff.judge_rest)
    comparer = Comparer(one_sentence, aligner.align, (), rules)
    found = comparer.compare(Article("Rain fell. Sun shone."), Article("Rain fell. Sun shone."))
    assert [pair.relation for pair in found.pairs] == [Relation.PARAPHRASED]
    assert "one_sentence" in found.signature
    assert "judge_rest" in found.signature


def share_nothing(left: list[str], right: list[str]) -> list[list[float]]:
    """Find no two texts alike."""
    return [[0.0] * len(right) for _ in left]


def test_a_similarity_is_asked_and_named() -> None:
    """Also for articles without a sentence; the signature names it."""
    comparer = Comparer(similarity=share_nothing)
    for left, right in ((write(LEFT), write(RIGHT)), ("", ""), ("", write(RIGHT))):
        check(comparer.compare(Article(left), Article(right)))
    assert "similarity=share_nothing" in comparer.signature


def test_without_finders_only_words_count() -> None:
    """No finder, no fact, no error."""
    found = Comparer(finders=()).compare(Article(write(LEFT)), Article(write(RIGHT)))
    check(found)
    assert {change.kind for _, change in found.changes} <= {Kind.DETAIL, Kind.STATUS, Kind.POLARITY}


def test_copies_of_a_text_are_read_for_nothing_but_sentences() -> None:
    """Neither facts are found nor clauses parsed where all sentences are the same, or none has a counterpart."""
    asked: list[str] = []

    def find(article: Article, sentences: Sequence[Sentence]) -> list[list[Fact]]:
        asked.append(article.text)
        return [[] for _ in sentences]

    def parser(sentences: Sequence[Sentence]) -> tuple[clauses.Parse, ...]:
        asked.extend(sentence.text for sentence in sentences)
        return clauses.parse(sentences)

    finder = Finder(frozenset({Kind.ENTITY}), find, lambda one, other: None)  # noqa: ARG005  a plug
    settings = Comparer(finders=(finder,), parser=parser)
    text = "Two people died in Tarn on Monday. The mayor opened the bridge of Orlo."
    assert settings.compare(text, text).counts[Relation.IDENTICAL] == 2
    assert settings.compare(text, "Xylophones!").counts[Relation.UNIQUE] == 3
    assert asked == []
    assert settings.compare(text, text.replace("Two", "Ten")).updated
    assert asked


@pytest.mark.parametrize(
    ("name", "decides"),
    [("aligner.json", True), ("report.css", False)],
)
def test_signature_tells_all_data_that_decide(
    name: str, decides: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another table or other weights are another signature, another look of the page is not."""
    folder = tmp_path / "data"
    shutil.copytree(Path(comparer.__file__).with_name("data"), folder)
    monkeypatch.setattr(comparer, "find_data", lambda: folder)
    before = comparer._hash_data.__wrapped__()
    (folder / name).write_bytes(b"another")
    assert (comparer._hash_data.__wrapped__() != before) is decides


def test_signature_is_that_of_the_settings() -> None:
    """Equal settings have one signature; it says the version and the data, and nothing of a default stage."""
    assert Comparer().signature == Comparer().signature == compare("", "").signature
    assert Comparer().signature != Comparer(finders=()).signature
    assert consistency.__version__ in Comparer().signature
    assert "align" not in Comparer().signature


def test_signature_names_what_a_finder_of_ones_own_calls() -> None:
    def find_dockets(_article: Article, sentences: Sequence[Sentence]) -> list[tuple[Fact, ...]]:
        return [() for _ in sentences]

    dockets = Finder(frozenset({Kind.DETAIL}), find_dockets, lambda *_: None)
    assert "find_dockets" in Comparer(finders=(dockets,)).signature


_SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from strategies import FOREIGN, LEFT, RIGHT, write
import consistency
left = consistency.Article(write([*LEFT, *FOREIGN]), published="2023-03-06")
lines = [*RIGHT, *LEFT[3:5], "Ada Brun denied that 9 ships sank in May."]
right = consistency.Article(write(lines), published="2023-03-14")
sys.stdout.buffer.write(consistency.build_report(consistency.compare(left, right), "json").encode())
"""


def test_the_same_input_gives_the_same_bytes() -> None:
    """In any process, whatever the seed of string hashes."""
    tests = Path(__file__).parent
    reports = []
    for seed in ("0", "1", "4711"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", _SCRIPT, str(tests)]
        reports.append(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    assert b'"pairs"' in reports[0]
    assert reports[0] == reports[1] == reports[2]


# --- Input that means harm. ---

HOSTILE = {
    "one word": ("a" * 100_000, "a" * 99_999 + "b"),
    "words": ("rain " * 20_000, "rain " * 19_999 + "sun"),
    "quotes": ('"' * 100_000, "“" * 99_999),
    "apostrophes": ("it's'" * 20_000, "'" * 100_000),
    "digits": ("1" * 100_000, "2" * 100_000),
    "separators": ("1," * 50_000, "1." * 50_000),
    "dots": (". " * 50_000, "." * 100_000),
    "dashes": ("-- " * 33_000, "—" * 100_000),
    "brackets": ("(" * 100_000, "(a) " * 25_000),
    "negations": ("not " * 25_000, "will " * 20_000),
    "speakers": ("Veld said " * 10_000, "Brun said " * 10_000),
    "capitals": ("Ada " * 25_000, "U.S. " * 20_000),
    "days": ("May 4 " * 16_000, "May 5 " * 16_000),
    "lines": ("\n" * 100_000, "\r\n" * 50_000),
    "short lines": ("Rain\n" * 5_000, "Sun\n" * 5_000),
    "equal sentences": ("Rain fell on Kelm. " * 2_000, "Rain fell on Kelm. " * 2_000),
    "near-equal sentences": ("Rain fell on Kelm. " * 2_000, "Rain fell on Orlin for two days. " * 2_000),
    "empty": ("", ""),
    "nothing on one side": ("", "Rain fell."),
    "blanks": (" \t\u00a0", "\n"),
    "one word each": ("Rain", "Sun"),
    "punctuation": ("...!?", "—,; “”"),
    "surrogates": ("Rain \ud800 fell on \udfff Kelm.", "Rain fell \ud83d on Kelm."),
    "nulls": ("Rain\x00 fell\x00 on Kelm.", "Rain fell on\x00 Kelm."),
    "controls": ("Rain \x1b[31mfell\x07.", "Rain \u202efell\u202c."),
    "accents": ("e" + "\u0301" * 50_000, "e" + "\u0301" * 49_000),
    "no letters": ("١٢٣ ½ ² Ⅷ 四", "१२ ⅓ ³ Ⅸ 五"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_without_error(name: str) -> None:
    """Seconds, no error, and the laws hold; the JSON report can be written as UTF-8."""
    left, right = HOSTILE[name]
    with time_limit(30):
        found = compare(left, right)
        check(found)
        assert consistency.build_report(found, "json").encode("utf-8")
        check(compare(right, left))


@laws
@given(st.text(st.characters(codec=None), max_size=60), st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_compared(left: str, right: str) -> None:
    """Whatever the characters; as articles, for a bare string may be a name or a URL, which is told."""
    check(compare(Article(left), Article(right)))


def test_roles_keep_apart_what_is_no_counterpart() -> None:
    """A headline does not take the lead's counterpart."""
    headline = "Cargo ship strikes pillar, harbour bridge of Orlin collapses"
    found = compare(write([headline, *LEFT]), write(RIGHT))
    assert found.left_sentences[0].role is Role.HEADLINE
    assert outline(found) == outline(compare(write(LEFT), write(RIGHT))) | {((headline,), (), Relation.UNIQUE)}


def test_an_article_prepared_by_another_comparer_or_for_another_day_is_refused() -> None:
    """What was looked for in it is no more than what its own comparer looks for."""
    ours = Comparer()
    others = attrs.evolve(ours, finders=ours.finders[1:])
    for sides in (
        (others.prepare(Article("Rain fell.")), "Snow fell."),
        ("Snow fell.", others.prepare(Article("Rain."))),
    ):
        with pytest.raises(SettingsError, match="prepared by another comparer"):
            ours.compare(*sides)
    with pytest.raises(SettingsError, match="the right article is prepared"):
        ours.compare("Rain fell.", ours.prepare(Article("Rain fell.")), published=("2024-05-06", "2024-05-06"))


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f"The dam broke and {'1' * 310}/2 people were hurt.", None),
        ("The dam broke on the 12th, and nine people were hurt.", "9999-12-31"),
    ],
)
def test_numbers_and_days_without_measure_are_compared(text: str, published: str | None) -> None:
    check(compare(Article(text, published=published), text.replace("people", "men")))
