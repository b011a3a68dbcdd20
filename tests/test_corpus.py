"""Whole corpora: every source gives the same rows, on every engine, and a killed run goes on where it was."""

from __future__ import annotations

import contextlib
import csv
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import consistency
from consistency import Article, Comparer, Policy, ReadError, SettingsError
from consistency.comparer import Prepared
from consistency.corpus import source
from consistency.corpus.command import read_policy
from consistency.corpus.events import Blocking
from consistency.corpus.listing import find_files
from consistency.corpus.rows import compare_story, plan_pairs, read_findings
from consistency.corpus.run import Progress, compare_corpus
from consistency.corpus.store import Store
from strategies import HANG
from wire import EVENTS, change_rows, make_rows, write_lines

needs_daft = pytest.mark.usefixtures("daft")


def read_rows(out: Path, table: str, form: str = "jsonl") -> list[dict[str, Any]]:
    return Store(out, form).read(table)


def list_pairs(out: Path, form: str = "jsonl") -> list[tuple[str, str]]:
    """Return the numbers of the articles of each pair."""
    rows = read_rows(out, "pairs", form)
    return sorted((row["left"].rpartition(":")[2], row["right"].rpartition(":")[2]) for row in rows)


WANTED = sorted(
    (str(first), str(second))
    for start in range(1, 13, 3)
    for first, second in itertools.combinations(range(start, start + 3), 2)
)


def run_process(*arguments: str, out: Path | None = None, moment: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command in a process group of its own; kill all of it when there are ``moment`` new files in ``out``."""
    environment = os.environ | {"PYTHONPATH": str(Path(consistency.__file__).parents[1])}
    before = list_files(out)
    process = subprocess.Popen(
        [sys.executable, "-m", "consistency", "corpus", *arguments],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    while moment and process.poll() is None:
        if len(list_files(out) - before) >= moment:
            os.killpg(process.pid, signal.SIGKILL)
            break
        time.sleep(0.01)
    output = process.communicate(timeout=HANG)
    return subprocess.CompletedProcess(process.args, process.returncode, *output)


def list_files(out: Path | None) -> set[str]:
    walk = () if out is None else os.walk(out)
    return {os.path.join(folder, name) for folder, folders, files in walk for name in (*folders, *files)}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("corpus") / "wire.jsonl", make_rows())


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that nothing disturbs."""
    out = tmp_path_factory.mktemp("whole") / "tables"
    compare_corpus(corpus, out, format="jsonl", shard=3)
    return out


# -- the journey --------------------------------------------------------------------------------------------------


@needs_daft
def test_articles_of_one_event_are_compared_and_no_others(whole: Path) -> None:
    assert list_pairs(whole) == WANTED
    assert len({row["event"] for row in read_rows(whole, "pairs")}) == len(EVENTS)


@needs_daft
def test_rows_say_what_a_comparison_says(corpus: Path, whole: Path) -> None:
    articles = {article.name: article for article in consistency.read_all(corpus)}
    changes = Counter((row["left"], row["right"]) for row in read_rows(whole, "changes"))
    for row in read_rows(whole, "pairs"):
        found = consistency.compare(articles[row["left"]], articles[row["right"]])
        assert {str(relation): row[str(relation)] for relation in found.counts} == {
            str(relation): count for relation, count in found.counts.items()
        }
        assert changes[row["left"], row["right"]] == len(found.changes)
        assert row["left_published"] == str(found.left.published) < row["right_published"]
        assert row["left_source"] == found.left.source
        assert row["left_confirmed"] == pytest.approx(found.confirmed[0], abs=1e-4)


@needs_daft
def test_sentences_are_the_rows_of_their_comparisons(corpus: Path, whole: Path) -> None:
    articles = {article.name: article for article in consistency.read_all(corpus)}
    told = read_rows(whole, "sentences")
    for event, left, right in {(row["event"], row["left"], row["right"]) for row in told}:
        own = [row for row in told if (row["left"], row["right"]) == (left, right)]
        rows = consistency.compare(articles[left], articles[right]).to_rows()
        assert sorted(own, key=lambda row: row["pair"]) == [{"event": event, "thread": None, **row} for row in rows]


@needs_daft
def test_spans_of_changes_point_into_the_text(corpus: Path, whole: Path) -> None:
    texts = {article.name: article.text for article in consistency.read_all(corpus)}
    rows = [(row, side) for row in read_rows(whole, "changes") for side in ("left", "right") if row[f"{side}_text"]]
    assert rows
    for row, side in rows:
        assert texts[row[side]][row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_text"]


@needs_daft
def test_summary_and_progress_count_the_same(corpus: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    summary = compare_corpus(corpus, tmp_path / "out", format="jsonl", shard=5, progress=told.append)
    assert (summary.articles, summary.events, summary.pairs, summary.errors) == (13, 4, 12, 0)
    assert summary.changes == len(read_rows(tmp_path / "out", "changes"))
    assert (told[-1].articles, told[-1].events, told[-1].pairs, told[-1].left) == (12, 4, 12, 0.0)
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["pairs"] == 12


@needs_daft
def test_every_source_gives_the_same_pairs(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = make_rows()
    parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / "wire.parquet", row_group_size=4)
    with (tmp_path / "wire.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for name in ("wire.parquet", "wire.csv"):
        compare_corpus(tmp_path / name, tmp_path / f"out of {name}", format="parquet")
        assert list_pairs(tmp_path / f"out of {name}", "parquet") == WANTED
    folder = tmp_path / "folder"
    folder.mkdir()
    for number, row in enumerate(rows):
        (folder / f"{number:02}.txt").write_text(f"date: {row['published']}\n\n{row['text']}")
    for number, paths in enumerate(([folder], [folder / "*.txt"], [str(folder / "0*"), str(folder / "1*")])):
        compare_corpus(paths, tmp_path / f"out {number}", format="jsonl")
        assert len(read_rows(tmp_path / f"out {number}", "pairs")) == len(WANTED)


@needs_daft
def test_broken_articles_are_rows_and_stop_nothing(tmp_path: Path) -> None:
    lines = [json.dumps(row) for row in make_rows()]
    lines[12] = '{"text": "Rain fell.", "published": "yesterday"}'  # an article without a day
    lines += ["{broken", "", '"a string"', '{"headline": "no body"}', '{"text": "\\u0000\\u0001"}']
    (tmp_path / "wire.jsonl").write_text("\n".join(lines))
    summary = compare_corpus(tmp_path / "wire.jsonl", tmp_path / "out", format="jsonl")
    broken = {row["name"].rpartition(":")[2]: row["reason"] for row in read_rows(tmp_path / "out", "errors")}
    assert sorted(broken) == ["14", "16", "17", "18"]
    assert "is broken JSON at column" in broken["14"]
    assert summary.errors == 4
    assert list_pairs(tmp_path / "out") == WANTED


@needs_daft
@pytest.mark.parametrize("text", ["", "{broken", '{"text": "Rain fell."}', '{"text": "Rain fell.", "event": "rain"}'])
def test_a_corpus_of_nothing_much(tmp_path: Path, text: str) -> None:
    (tmp_path / "wire.jsonl").write_text(text)
    summary = compare_corpus(tmp_path / "wire.jsonl", tmp_path / "out", format="jsonl")
    assert (summary.articles, summary.errors) == (int("Rain" in text), int("broken" in text))
    assert (summary.events, summary.pairs) == (0, 0)


@needs_daft
def test_events_that_are_given_are_used(tmp_path: Path) -> None:
    rows = [{**row, "event": f"event {number % 2}"} for number, row in enumerate(make_rows()[:6])]
    compare_corpus(write_lines(tmp_path / "wire.jsonl", rows), tmp_path / "out", format="jsonl")
    assert {row["event"] for row in read_rows(tmp_path / "out", "pairs")} == {"event 0", "event 1"}
    found = {frozenset(pair) for pair in list_pairs(tmp_path / "out")}
    assert found == set(map(frozenset, ("13", "15", "35", "24", "26", "46")))


@needs_daft
def test_articles_far_apart_in_time_are_no_event(tmp_path: Path) -> None:
    rows = [{**row, "published": f"2024-{month:02}-01"} for month, row in enumerate(make_rows()[:3], 1)]
    summary = compare_corpus(write_lines(tmp_path / "wire.jsonl", rows), tmp_path / "out", format="jsonl")
    assert (summary.events, summary.pairs) == (0, 0)


@needs_daft
def test_a_thousand_copies_are_one_event_and_few_pairs(tmp_path: Path) -> None:
    """All its terms are too common to search by; near-copies meet by MinHash all the same."""
    rows = [{"text": make_rows()[0]["text"] + f" Edition {number}."} for number in range(200)]
    summary = compare_corpus(write_lines(tmp_path / "wire.jsonl", rows), tmp_path / "out", format="jsonl", most_pairs=3)
    assert (summary.events, summary.pairs) == (1, 3)
    assert summary.cut_pairs == 200 * 199 // 2 - 3
    assert summary.cut_blocks > 0


@needs_daft
def test_processes_write_the_same_rows(
    corpus: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corpus of some size is shared by processes, a small one is not."""
    monkeypatch.setattr("consistency.corpus.engine.FEW", 0)
    compare_corpus(corpus, tmp_path / "out", format="jsonl")
    for table in ("pairs", "sentences", "changes", "errors"):
        assert sorted(map(str, read_rows(tmp_path / "out", table))) == sorted(map(str, read_rows(whole, table)))


@needs_daft
def test_a_search_in_parts_finds_the_same_events(corpus: Path, whole: Path, tmp_path: Path) -> None:
    """Of shards of one article each, and of one shard of all."""
    for shard in (1, 100):
        compare_corpus(corpus, tmp_path / f"{shard}", format="jsonl", shard=shard)
        for table in ("pairs", "sentences", "changes", "errors"):
            found = read_rows(tmp_path / f"{shard}", table)
            assert sorted(map(str, found)) == sorted(map(str, read_rows(whole, table)))


@needs_daft
def test_findings_of_a_policy(corpus: Path, whole: Path, tmp_path: Path) -> None:
    summary = compare_corpus(corpus, tmp_path / "out", policy=Policy.build({"forbid": "updated"}))
    found = list(read_findings(tmp_path / "out"))
    changes = len(read_rows(whole, "changes"))
    assert 0 < summary.findings == len(found) <= changes
    assert all(finding.left and finding.right_name and finding.event for finding in found)


# -- killed and restarted -----------------------------------------------------------------------------------------


@needs_daft
@pytest.mark.skipif(os.name != "posix", reason="process groups")
def test_a_killed_run_loses_and_doubles_nothing(corpus: Path, whole: Path, tmp_path: Path) -> None:
    """Killed at ten random moments, and finished at last, it has written what an undisturbed run writes.

    The moments are told by the files that are there, not by a clock.
    """

    def run(number: int, moment: int = 0) -> int:
        out = tmp_path / f"out {number}"
        arguments = (str(corpus), "--out", str(out), "--format", "jsonl", "--shard", "3")
        return run_process(*arguments, out=out, moment=moment).returncode

    assert run(0) == 0
    last = len(list_files(tmp_path / "out 0"))
    draw = random.Random(6)  # noqa: S311
    killed, number = 0, 1
    while killed < 10:
        if run(number, draw.randint(1, last)) == -signal.SIGKILL:
            killed += 1
        else:
            number += 1  # it was through; the next one starts from nothing
    for finished in range(number + 1):
        assert run(finished) == 0
        for table in ("pairs", "sentences", "changes", "errors"):
            assert read_rows(tmp_path / f"out {finished}", table) == read_rows(whole, table)


@needs_daft
def test_only_what_is_missing_is_done_again(corpus: Path, tmp_path: Path) -> None:
    first: list[Progress] = []
    again: list[Progress] = []
    for told in (first, again):
        compare_corpus(corpus, tmp_path / "out", format="jsonl", shard=3, progress=told.append)
        (tmp_path / "out" / "pairs" / "part-00001.jsonl").unlink()
    assert sum(progress.done > 0 for progress in first) == 5
    assert sum(progress.done > 0 for progress in again) == 1
    (last,) = (progress for progress in again if progress.done)
    assert (last.before + last.done, last.before + last.shards) == (2, 5)  # the second of five, not the first of one


def test_a_corpus_of_no_paths_is_told() -> None:
    with pytest.raises(SettingsError, match="paths: names nothing"):
        find_files([])


def test_a_policy_file_with_a_baseline_says_that_it_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('[tool.consistency]\nforbid = "conflict"\nbaseline = "known.json"\n')
    told: list[str] = []
    assert read_policy(str(tmp_path / "policy.toml"), told.append) == Policy.build({"forbid": "conflict"})
    assert len(told) == 1
    assert "policy.toml: the baseline is not looked at here" in told[0]


@needs_daft
def test_another_run_does_not_go_on_in_a_directory(corpus: Path, tmp_path: Path) -> None:
    compare_corpus(corpus, tmp_path / "out", format="jsonl")
    with pytest.raises(SettingsError, match=r"another shard \(5000, not 3\); choose another directory, or restart"):
        compare_corpus(corpus, tmp_path / "out", format="jsonl", shard=3)
    with pytest.raises(SettingsError, match=r"another blocking window \(7, not 3\); choose"):
        compare_corpus(corpus, tmp_path / "out", format="jsonl", blocking=Blocking(window=3))
    assert compare_corpus(corpus, tmp_path / "out", format="jsonl", shard=3, restart=True).pairs == 12


# -- changed input ------------------------------------------------------------------------------------------------


COMPARED = ("pairs", "sentences", "changes", "findings")


@needs_daft
@pytest.mark.parametrize(("form", "seed"), [("jsonl", 1), ("jsonl", 2), ("parquet", 3)])
def test_where_the_input_has_changed_what_is_still_true_is_kept(tmp_path: Path, form: str, seed: int) -> None:
    """The tables are those of a run that knows nothing, and only pairs of changed articles are compared."""
    path = write_lines(tmp_path / "wire.jsonl", make_rows())
    settings: dict[str, Any] = {"format": form, "policy": Policy.build({"forbid": "updated"})}
    compare_corpus(path, tmp_path / "out", shard=3, **settings)
    before = {row["left_digest"] + row["right_digest"] for row in read_rows(tmp_path / "out", "pairs", form)}
    write_lines(path, change_rows(make_rows(), random.Random(seed)))  # noqa: S311
    told: list[str] = []
    found = compare_corpus(path, tmp_path / "out", shard=3, progress=lambda each: told.append(each.stage), **settings)
    assert told[0] == "1 files of the input are new, gone or changed; what they leave true is kept"
    afresh = compare_corpus(path, tmp_path / "new", shard=3, **settings)
    for table in (*COMPARED, "errors"):
        parts = sorted((tmp_path / "out" / table).iterdir())
        assert [part.name for part in parts] == sorted(part.name for part in (tmp_path / "new" / table).iterdir())
        for part in parts:
            assert part.read_bytes() == (tmp_path / "new" / table / part.name).read_bytes()
    now = [row["left_digest"] + row["right_digest"] for row in read_rows(tmp_path / "out", "pairs", form)]
    assert 0 < found.kept == sum(key in before for key in now) < found.pairs == afresh.pairs
    assert afresh.kept == 0
    assert {each.name for each in (tmp_path / "out" / "work").iterdir()} == {"articles", "events", "stories"}


@needs_daft
def test_only_pairs_of_changed_articles_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_lines(tmp_path / "wire.jsonl", make_rows())
    compare_corpus(path, tmp_path / "out", format="jsonl")
    compared: list[tuple[str, str]] = []
    compare = Comparer.compare

    def note(self: Comparer, left: Prepared, right: Prepared) -> consistency.Comparison:
        compared.append((left.article.name.rpartition(":")[2], right.article.name.rpartition(":")[2]))
        return compare(self, left, right)

    monkeypatch.setattr(Comparer, "compare", note)
    monkeypatch.setattr("consistency.corpus.run._Journey._write_report", lambda *_: None)
    rows = make_rows()
    rows[4]["text"] += " More is not known."
    compare_corpus(write_lines(path, rows), tmp_path / "out", format="jsonl")
    assert sorted(compared) == [("4", "5"), ("5", "6")]


@needs_daft
def test_what_is_kept_outlives_kills_and_further_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended before one of its files is put in its place, again and again, with one input and with another."""
    path, out = tmp_path / "wire.jsonl", tmp_path / "out"
    draw = random.Random(5)  # noqa: S311
    inputs = (make_rows(), change_rows(make_rows(), draw))
    for number, rows in enumerate(inputs):
        compare_corpus(write_lines(path, rows), tmp_path / f"{number}", format="jsonl", shard=3)
    for _ in range(3):
        for moment in (draw.randint(1, 12), draw.randint(10, 40)):
            write_lines(path, draw.choice(inputs))
            with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
                interrupt(patch, moment)
                compare_corpus(path, out, format="jsonl", shard=3)
        number = draw.randrange(2)
        compare_corpus(write_lines(path, inputs[number]), out, format="jsonl", shard=3)
        for table in COMPARED:
            assert read_rows(out, table) == read_rows(tmp_path / f"{number}", table)


def interrupt(patch: pytest.MonkeyPatch, moment: int) -> None:
    """Interrupt the process before so many files and folders have been put in their places."""
    moments = iter(range(moment))

    def stop_before(act: Any) -> Any:
        def go(*arguments: Any) -> Any:
            if next(moments, None) is None:
                raise KeyboardInterrupt
            return act(*arguments)

        return go

    for owner, name in ((os, "replace"), (Path, "replace"), (Path, "rename")):
        patch.setattr(owner, name, stop_before(getattr(owner, name)))


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader")
    for restart in (False, True):
        with pytest.raises(SettingsError, match="not empty"), Store(tmp_path, "jsonl").open({}, restart):
            pass
    assert (tmp_path / "letter.txt").read_text() == "Dear reader"


def test_a_stage_is_whole_or_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path, "jsonl")

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.stage("articles", fail)
    done = store.stage("articles", lambda folder: (folder / "whole").touch())
    assert [path.name for path in done.iterdir()] == ["whole"]
    assert store.stage("articles", fail) == done


# -- the command ------------------------------------------------------------------------------------------------


@needs_daft
def test_command_with_a_policy_ends_as_check_does(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('forbid = ["updated"]\n')
    arguments = (str(corpus), "--out", str(tmp_path / "out"), "--to-check", str(tmp_path / "policy.toml"))
    ran = run_process(*arguments)
    assert ran.returncode == 1, ran.stderr
    assert "12 pairs" in ran.stderr
    assert "wire.jsonl" in ran.stdout


@needs_daft
def test_command_tells_trouble_in_one_line(tmp_path: Path) -> None:
    ran = run_process(str(tmp_path / "nowhere.jsonl"), "--out", str(tmp_path / "out"))
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@needs_daft
def test_example_runs_and_is_short(tmp_path: Path) -> None:
    script = Path(__file__).parents[1] / "examples" / "corpus.py"
    assert len(script.read_text(encoding="utf-8").splitlines()) < 40
    done = subprocess.run(
        [sys.executable, str(script), "--out", str(tmp_path / "tables")],
        env=os.environ | {"PYTHONPATH": str(script.parents[1])},
        capture_output=True, text=True, timeout=HANG,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "3 articles, 1 events" in done.stdout
    assert "EVENT told by 3 articles" in done.stdout


@pytest.mark.parametrize("text", ['forbid = ["conflict"]', '[tool.consistency]\nforbid = ["conflict"]'])
def test_policies_of_both_forms(tmp_path: Path, text: str) -> None:
    (tmp_path / "policy.toml").write_text(text)
    assert read_policy(str(tmp_path / "policy.toml")) == Policy.build({"forbid": "conflict"})


@pytest.mark.parametrize("setting", [{"format": "xlsx"}, {"runner": "dask"}, {"shard": 0}, {"most_pairs": 0}])
def test_settings_that_cannot_be(corpus: Path, tmp_path: Path, setting: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        compare_corpus(corpus, tmp_path / "out", **setting)


def test_public_name() -> None:
    assert consistency.compare_corpus is compare_corpus


# -- pairs of an event --------------------------------------------------------------------------------------------


@given(st.integers(0, 7), st.integers(1, 30))
def test_pairs_of_an_event(count: int, most: int) -> None:
    articles = [Article("", str(number)) for number in range(count)]
    planned = [(int(left.name), int(right.name)) for left, right in plan_pairs(articles, most)]
    assert len(planned) == len(set(planned)) == min(most, count * (count - 1) // 2)
    assert all(left < right for left, right in planned)
    assert [right - left for left, right in planned] == sorted(right - left for left, right in planned)


@given(st.lists(st.sampled_from("abc"), max_size=9), st.integers(1, 12))
def test_pairs_of_a_thread(events: list[str], most: int) -> None:
    """Each event has the pairs that it has alone, and as many lead across as there are, or may be."""
    articles = [Article("", str(number)) for number in range(len(events))]
    event_of = {article.name: event for article, event in zip(articles, events, strict=True)}
    planned = list(plan_pairs(articles, most, event_of))
    assert len(planned) == len(set(planned))
    for event in "abc":
        alone = [article for article in articles if event_of[article.name] == event]
        inside = [pair for pair in planned if {event_of[article.name] for article in pair} == {event}]
        assert inside == list(plan_pairs(alone, most))
    pairs = itertools.combinations(articles, 2)
    count = sum(event_of[left.name] != event_of[right.name] for left, right in pairs)
    across = [pair for pair in planned if len({event_of[article.name] for article in pair}) == 2]
    assert len(across) == min(most, count)
    steps = [int(right.name) - int(left.name) for left, right in across]
    assert steps == sorted(steps)
    assert all(step > 0 for step in steps)


def test_a_pair_that_cannot_be_compared_is_a_row() -> None:
    def fail(article: Article) -> Any:
        raise RuntimeError(article.name)

    columns = ("text", "title", "source", "published", "digest", "event", "thread")
    rows = [{**dict.fromkeys(columns), "text": "Rain.", "own_id": "", "name": name, "header": 0} for name in "ab"]
    told = json.loads(compare_story(rows, Comparer(segmenter=fail), 10))
    assert told["errors"] == [{"name": "a", "other": "b", "stage": "compare", "reason": "RuntimeError: a"}]
    assert told["pairs"] == []


# -- the source ---------------------------------------------------------------------------------------------------


def read_chunks(files: list[tuple[str, int]], size: int) -> Iterator[source.Found]:
    chunks = list(source.cut(files, size))
    counts = [source.count_lines(chunk.path, chunk.start, chunk.stop) for chunk in chunks]
    for chunk in source.number(chunks, counts):
        yield from source.read_chunk(chunk)


@settings(deadline=None)
@given(st.lists(st.text("ab \n", max_size=12), max_size=8), st.integers(1, 60), st.booleans())
def test_chunks_have_every_line_once(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], size: int, end: bool
) -> None:
    """However a file is cut, each line is read once and has the number that an editor shows."""
    path = tmp_path_factory.getbasetemp() / "lines.jsonl"
    lines = ["" if not text.strip() else json.dumps({"text": text.replace("\n", "") + "."}) for text in texts]
    path.write_text("\n".join(lines) + "\n" * end)
    found = list(read_chunks([(str(path), path.stat().st_size)], size))
    wanted = [(f"{path}:{number}", json.loads(line)["text"]) for number, line in enumerate(lines, 1) if line]
    assert [(each.name, each.article and each.article.text) for each in found] == wanted


def test_hidden_files_and_work_folders_are_no_articles(tmp_path: Path) -> None:
    for name in (".hidden.txt", "_SUCCESS", "a.txt", ".git/b.txt", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Rain fell.")
    assert [Path(name).name for name, _ in find_files([tmp_path]).files] == ["a.txt", "c.txt"]


def test_a_path_without_files_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.jsonl", tmp_path / "*.csv"):
        with pytest.raises(ReadError, match="no such file"):
            find_files([path])


@pytest.mark.parametrize("name", ["wire.parquet", "wire.csv", "wire.jsonl", "wire.json", "wire.txt", "wire.html"])
def test_hostile_files_are_reasons(tmp_path: Path, name: str) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is missing: extra corpus")
    path = tmp_path / name
    path.write_bytes(b"\x00\xff{[" * 100)
    found = list(read_chunks([(str(path), path.stat().st_size)], 100))
    assert all(each.article is None and each.reason for each in found)
    assert found or name == "wire.csv"  # a table of one line is a head without rows
