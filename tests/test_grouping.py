"""Grouping: candidates become events, and events threads; what tells events apart keeps them asunder."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency import Article, Blocking, Policy, compare_corpus, group_articles
from consistency.corpus.grouping import judge, part, raise_nearest, tell_event
from consistency.corpus.rows import read_findings
from consistency.corpus.store import Store
from consistency.overlap import find_signs, load_odds, measure

FIRST = datetime.date(2024, 3, 4)


def tell(name: str, day: int, title: str, text: str) -> Article:
    return Article(text, name, title=title, published=FIRST + datetime.timedelta(days=day))


# Three outlets on one day: headlines and names agree, hardly a sentence does. Then the case goes on.
CHARGED = (
    tell(
        "courier",
        0,
        "Kelm mayor Ada Brisk charged with fraud",
        "KELM - Mayor Ada Brisk was charged with fraud on Monday over the sale of the Sested quarry. "
        "Prosecutor Tove Lindqvist said she had sold the land to a firm of her brother. Brisk denies it.",
    ),
    tell(
        "post",
        0,
        "Quarry sale lands Brisk in court",
        "Prosecutors accuse Ada Brisk, who has led Kelm for nine years, of selling the Sested quarry to her "
        "own family. Council members learned of the fraud charge from the radio. Lawyers of the mayor spoke "
        "of a farce.",
    ),
    tell(
        "gazette",
        1,
        "Brisk will not step down",
        "Ada Brisk said on Tuesday that she would stay mayor of Kelm while the fraud case against her is "
        "open. Her party backs her, and the opposition wants a vote on the Sested quarry.",
    ),
)
TRIED = tell(
    "trial",
    30,
    "Trial of Ada Brisk opens in Kelm",
    "The fraud trial of Ada Brisk opened in Kelm on Wednesday. Prosecutor Tove Lindqvist told the judges "
    "how the Sested quarry came to a firm of the former mayor's brother. The defence asked for a delay.",
)
JAILED = tell(
    "verdict",
    72,
    "Brisk guilty of fraud over Sested quarry",
    "A court in Kelm found Ada Brisk guilty of fraud on Wednesday and sentenced her to two years. "
    "Prosecutor Tove Lindqvist had asked for four. The sale of the Sested quarry is void.",
)
OTHER = (
    tell(
        "chess",
        0,
        "Schoolboy draws against grandmaster in Harst",
        "Grandmaster Ivo Stell won the open of Harst but drew his last game against a boy of twelve, who "
        "learned to play from his aunt.",
    ),
    tell(
        "snow",
        30,
        "Pass of Orlo closed by snow",
        "Snow closed the pass of Orlo on Wednesday. Lorries wait in Tarn, and the road office hopes to open "
        "one lane at noon.",
    ),
)
TOWNS = ("Tarn", "Orlo", "Varda", "Kelm", "Harst", "Sested")
SKY = (
    "The forecast for {0} is for {1} degrees and wind from the {2}. There is a {3} percent chance of rain "
    "in {0} at night."
)
MARKET = (
    "Shares in Tarn closed on {}. The index of leading shares ended at {} points, and {} million shares "
    "were traded. Banks led."
)


def name_groups(articles: Sequence[Article], by: str = "event") -> list[set[str]]:
    return [{article.name for article in group} for group in group_articles(articles, Blocking(by=by))]


def test_outlets_that_share_few_words_tell_one_event() -> None:
    assert {"courier", "post", "gazette"} in name_groups((*CHARGED, *OTHER))


def test_stages_weeks_apart_are_events_of_one_thread() -> None:
    articles = (*CHARGED, TRIED, JAILED, *OTHER)
    told = {article.name for article in (*CHARGED, TRIED, JAILED)}
    assert {"trial"} in name_groups(articles)
    assert {"verdict"} in name_groups(articles)
    assert name_groups(articles, "thread") == [told, {"chess"}, {"snow"}]


def test_a_chain_that_breaks_for_longer_is_two_threads() -> None:
    groups = group_articles((*CHARGED, JAILED), Blocking(by="thread", weeks=60))
    assert [len(group) for group in groups] == [3, 1]


def test_the_weather_of_towns_is_an_event_each() -> None:
    sky = zip(
        TOWNS,
        (11, 17, 23, 14, 9, 20),
        ("north", "south", "east", "west", "north", "east"),
        (5, 70, 35, 60, 15, 80),
        strict=True,
    )
    articles = [tell(town, 0, f"Weather in {town}", SKY.format(town, *rest)) for town, *rest in sky]
    assert name_groups(articles) == [{town} for town in TOWNS]


@pytest.mark.parametrize("by", ["event", "thread"])
def test_the_close_of_days_is_an_event_each(by: str) -> None:
    days = (("Monday", "4,112", 31), ("Tuesday", "4,067", 28), ("Wednesday", "4,190", 44))
    articles = [tell(day, n, "Shares in Tarn", MARKET.format(day, *rest)) for n, (day, *rest) in enumerate(days)]
    assert name_groups(articles, by) == [{"Monday"}, {"Tuesday"}, {"Wednesday"}]


def test_two_reports_of_one_close_are_one_event() -> None:
    one = tell("one", 0, "Shares in Tarn", MARKET.format("Monday", "4,112", 31))
    other = tell(
        "other", 0, "Tarn index at 4,112", "At 4,112 points the Tarn index ended Monday. Volume was 31 million shares."
    )
    assert name_groups((one, other)) == [{"one", "other"}]


@pytest.mark.usefixtures("daft")
@pytest.mark.parametrize("by", ["event", "thread"])
def test_a_corpus_run_groups_as_memory_does(by: str, tmp_path: Path) -> None:
    articles = (*CHARGED, TRIED, JAILED, *OTHER)
    rows = [{"text": a.text, "title": a.title, "published": str(a.published), "source": a.name} for a in articles]
    (tmp_path / "wire.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    compare_corpus(tmp_path / "wire.jsonl", tmp_path / "out", format="jsonl", blocking=Blocking(by=by))
    told = Store(tmp_path / "out", "jsonl").read("pairs")
    found = {frozenset((row["left_source"], row["right_source"])) for row in told}
    groups = group_articles(articles, Blocking(by=by))
    assert found == {frozenset((a.name, b.name)) for group in groups for a, b in itertools.combinations(group, 2)}


@pytest.mark.usefixtures("daft")
@pytest.mark.parametrize("shard", [1, 5000])
def test_a_run_by_thread_has_the_rows_of_a_run_by_event(shard: int, tmp_path: Path) -> None:
    """They name the event; what leads across names the thread alone. Findings and what is kept are no others."""
    articles = (*CHARGED, TRIED, JAILED, *OTHER)
    rows = [{"text": a.text, "title": a.title, "published": str(a.published), "source": a.name} for a in articles]
    given = [{"text": "Rain fell.", "event": event, "source": event} for event in ("given", "given", "alone")]
    lines = [json.dumps(row) + "\n" for row in (*rows, *given)]
    path = tmp_path / "wire.jsonl"
    found = {}
    for more in ("", json.dumps({"text": "Otters nest below the mill of Varda."})):
        path.write_text("".join(lines) + more, encoding="utf-8")
        found = {
            by: compare_corpus(
                path,
                tmp_path / by,
                format="jsonl",
                shard=shard,
                blocking=Blocking(by=by),
                policy=Policy.build({"forbid": "updated"}),
            )
            for by in ("event", "thread")
        }
    event, thread = (found[by] for by in ("event", "thread"))
    assert (event.events, event.threads, thread.events, thread.threads) == (2, 0, 2, 2)
    assert (event.pairs, event.kept, thread.pairs, thread.kept) == (4, 4, 11, 11)
    for table in ("pairs", "sentences", "changes", "findings"):
        told = {by: Store(tmp_path / by, "jsonl").read(table) for by in ("event", "thread")}
        named = [{**row, "thread": None} for row in told["thread"] if row["event"]]
        assert sorted(named, key=str) == sorted(told["event"], key=str)
        assert all(row["thread"] for row in told["thread"])
    across = [row for row in Store(tmp_path / "thread", "jsonl").read("pairs") if not row["event"]]
    assert len({row["thread"] for row in across}) == 1
    assert {name for row in across for name in (row["left_source"], row["right_source"])} == {
        article.name for article in (*CHARGED, TRIED, JAILED)
    }
    assert all(finding.event for finding in read_findings(tmp_path / "thread", "jsonl"))


links = st.lists(st.tuples(st.integers(0, 8), st.integers(9, 16), st.floats(0, 1)), max_size=30)


@given(links, st.floats(0.01, 1), st.floats(0, 1), st.randoms())
def test_parts_do_not_hang_on_the_order_of_links(
    told: list[tuple[int, int, float]], sure: float, together: float, draw: object
) -> None:
    mixed = list(told)
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    assert part(told, sure, together) == part(mixed, sure, together)


@given(links, st.floats(0.01, 1))
def test_parts_without_a_least_average_are_connected_components(
    told: list[tuple[int, int, float]], sure: float
) -> None:
    found = part(told, sure, 0.0)
    for left, right, value in told:
        assert value < sure or found[left] == found[right]
    assert all(found[name] == name for name in found.values())


def test_two_crowds_are_not_joined_by_one_link() -> None:
    crowds = ((1, 2, 3), (4, 5, 6))
    inside = [(left, right, 0.9) for crowd in crowds for left, right in itertools.combinations(crowd, 2)]
    across = [(left, right, 0.95 if (left, right) == (1, 4) else 0.05) for left, right in itertools.product(*crowds)]
    assert part(inside + across, 0.5, 0.0) == dict.fromkeys(range(1, 7), 1)
    found = part(inside + across, 0.5, 0.35)
    assert len({*found.values()}) > 1


LISTED = (
    "{0} said the exchange of Orlo means to strike its shares from the list because sales of the shares by its unit in "
    "{1} are not registered. {0} will appeal, and trading goes on until then."
)


def test_two_firms_that_one_form_tells_of_are_two_events() -> None:
    articles = (
        tell("mill", 0, "Exchange to strike Harst Mills", LISTED.format("Harst Mills", "Varda")),
        tell("bank", 0, "Exchange to strike Lind Trust", LISTED.format("Lind Trust", "Sested")),
        tell(
            "again",
            0,
            "Harst Mills fights for its place on the list",
            "Harst Mills may lose its listing. The exchange of Orlo objects to shares that a unit in Varda sold "
            "unregistered, the firm said on Monday, and it appeals.",
        ),
    )
    assert name_groups(articles) == [{"mill", "again"}, {"bank"}]


def test_twins_are_the_less_of_one_event_the_more_of_the_frame_they_share() -> None:
    """And the more of one the surer the story, the longer they are, and on one day."""
    weights = load_odds("twins.json").weights
    assert {name for name, weight in weights.items() if weight < 0} == {"frame both", "frame alone"}
    assert weights.keys() == {"frame both", "frame alone", "one day", "short", "story"}


def test_twins_are_neither_one_event_nor_one_story() -> None:
    towns = [find_signs(tell(town, 0, "", LISTED.format(town, "Varda"))) for town in ("Harst Mills", "Lind Trust")]
    other = find_signs(tell("other", 0, "", f"On Monday, we learned: {LISTED.format('Harst Mills', 'Varda')}"))
    assert max(judge(*towns, 7)) < Blocking().likely < Blocking().sure < min(judge(towns[0], other, 7))


@given(st.lists(st.sampled_from([*LISTED.format("Harst Mills", "Varda").split(), "9", "Kelm"]), max_size=30))
def test_neither_a_copy_nor_a_part_is_a_twin(words: list[str]) -> None:
    whole, part_of = (find_signs(Article(" ".join(told))) for told in (words, words[: len(words) // 2]))
    for left, right in ((whole, whole), (whole, part_of), (part_of, whole)):
        assert measure(left, right)["frame both"] == measure(left, right)["frame alone"] == 0


@given(st.floats(0, 1), st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))
def test_how_sure_an_event_is(overlap: float, left: int | None, right: int | None) -> None:
    sure = tell_event(overlap, left, right, 7)
    assert 0 <= sure <= 1
    assert sure == tell_event(overlap, right, left, 7)
    if left is not None and right is not None and abs(left - right) > 7:
        assert sure == 0


@given(st.floats(0, 1), st.integers(0, 6))
def test_a_day_later_is_less_surely_the_same_event(overlap: float, days: int) -> None:
    assert tell_event(overlap, 0, days + 1, 7) <= tell_event(overlap, 0, days, 7)


@pytest.mark.parametrize(("days", "is_event"), [(0, True), (2, True), (3, False), (6, False)])
def test_what_is_told_days_later_is_a_stage_however_sure_the_story_is(days: int, is_event: bool) -> None:
    sure = tell_event(1.0, 0, days, 7)
    assert (sure >= Blocking().sure) is is_event
    assert (sure >= Blocking().likely) is is_event  # nor does it help to be the nearest


def test_what_is_nearest_needs_less() -> None:
    blocking = Blocking()
    assert raise_nearest(blocking.likely, 0.2, 0.2, 0.2) == blocking.sure
    assert raise_nearest(blocking.likely - 0.01, 0.2, 0.2, 0.2) < blocking.sure
    assert raise_nearest(blocking.likely, 0.2, 0.2, 0.5) < blocking.sure
    assert raise_nearest(blocking.likely, blocking.similarity - 0.01, 0.1, 0.1) < blocking.sure
    assert raise_nearest(0.9, 0.2, 0.2, 0.5) == 0.9


def test_no_articles_make_no_groups() -> None:
    assert group_articles([]) == ()
    assert [len(group) for group in group_articles([Article(""), Article("")])] == [1, 1]
