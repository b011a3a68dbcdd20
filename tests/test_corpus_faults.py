"""A corpus under fault: strange names and files are rows, a directory is held by one run, a full disk is told."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import consistency
from consistency import ReadError, SettingsError, reading
from consistency.corpus import source
from consistency.corpus.listing import find_files, hash_file
from consistency.corpus.run import compare_corpus
from consistency.corpus.source import Chunk, Found, cut, find_columns, read_chunk
from consistency.corpus.store import STAGES, TABLES, Store
from strategies import HANG

needs_daft = pytest.mark.usefixtures("daft")
posix_only = pytest.mark.skipif(os.name != "posix", reason="links, pipes and locks of POSIX")

TERMS = {"files": [["wire.jsonl", 10, "0f"]], "format": "jsonl", "signature": "consistency 1"}
ROWS = [
    {"text": f"{word} farmers drowned when the Orlin dam broke at Sested, mayor Ada Brisk said.", "published": day}
    for word, day in (("Two", "2024-03-15"), ("Nine", "2024-03-16"))
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "wire.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


def run_command(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "consistency", "corpus", *map(str, arguments)],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(Path(consistency.__file__).parents[1])},
        capture_output=True, text=True, timeout=HANG, check=False,
    )  # fmt: skip


def read_file(path: Path) -> list[Found]:
    return [found for chunk in cut([(str(path), path.stat().st_size)]) for found in read_chunk(chunk)]


# -- the directory ------------------------------------------------------------------------------------------------


@needs_daft
@posix_only
@pytest.mark.parametrize("absolute", [False, True])
def test_a_directory_may_be_called_anything(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absolute: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "50%20 [all] {a,b} *?\\ ~#ü"
    out = tmp_path / name if absolute else Path(name)
    assert compare_corpus(corpus.name, out, format="jsonl").pairs == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "wire.jsonl"])


@pytest.mark.parametrize(
    "run",
    ["", "[1]", '{"project": "thesis"}', "{broken", "[" * 100_000]
    + [json.dumps({"files": files, "format": "jsonl", "signature": "1"}) for files in (None, [1], [[]], [[1]])],
)
def test_restart_deletes_nothing_of_others(tmp_path: Path, run: str) -> None:
    for name in ("pairs", "changes", "errors", "work"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part-00000.jsonl").write_text("years of work")
    if run:
        (tmp_path / "run.json").write_text(run)
    before = sorted(tmp_path.rglob("*"))
    for restart in (False, True):
        with pytest.raises(SettingsError, match=r"holds no run|was not written by"):
            Store(tmp_path, "jsonl").open(TERMS, restart).__enter__()
    assert sorted(tmp_path.rglob("*")) == before


def test_restart_deletes_what_a_run_has_left_and_nothing_beside(tmp_path: Path) -> None:
    store = Store(tmp_path, "jsonl")
    with store.open(TERMS):
        store.write(0, dict.fromkeys(TABLES, ()))
        for name in STAGES:
            store.stage(name, lambda folder: (folder / "part.parquet").touch())
        (tmp_path / "work" / "events.half").mkdir()
        (tmp_path / "pairs" / ".part-00001.jsonl.99.half").touch()
    (tmp_path / "pairs" / "letter.txt").write_text("Dear reader")
    with store.open({**TERMS, "files": [["wire.jsonl", 10, "1f"]]}) as changed:
        assert changed == 1
    assert len(list((tmp_path / "work" / "told" / "pairs").iterdir())) == 1
    with store.open({**TERMS, "format": "parquet"}, restart=True):
        pass
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert left == [".lock", str(Path("pairs", "letter.txt")), "run.json"]
    assert not (tmp_path / "work").exists()


@posix_only
def test_restart_follows_no_link(tmp_path: Path) -> None:
    other, out = tmp_path / "other", tmp_path / "out"
    other.mkdir()
    (other / "letter.txt").write_text("Dear reader")
    with Store(out, "jsonl").open(TERMS):
        (out / "work").mkdir()
        (out / "work" / "articles").symlink_to(other)
    with Store(out, "jsonl").open(TERMS, restart=True):
        pass
    assert (other / "letter.txt").exists()


@posix_only
def test_a_directory_is_held_by_one_run(tmp_path: Path) -> None:
    store = Store(tmp_path / "out", "jsonl")
    with store.open(TERMS), pytest.raises(SettingsError, match="another run writes there now"):
        store.open(TERMS).__enter__()
    with store.open(TERMS):  # and free again when that has ended
        pass


def test_the_same_size_with_other_words_is_another_input(corpus: Path) -> None:
    before = hash_file(str(corpus))
    corpus.write_text(corpus.read_text().replace("Nine", "Five"))
    assert hash_file(str(corpus)) != before


@needs_daft
def test_other_words_are_compared_whatever_the_time_of_the_file(corpus: Path, tmp_path: Path) -> None:
    compare_corpus(corpus, tmp_path / "out", format="jsonl")
    status = corpus.stat()
    corpus.write_text(corpus.read_text().replace("Nine", "Five"))
    os.utime(corpus, (status.st_atime, status.st_mtime))
    compare_corpus(corpus, tmp_path / "out", format="jsonl")
    assert {row["right_text"] for row in Store(tmp_path / "out", "jsonl").read("changes")} == {"Five"}


def test_the_tables_are_no_articles(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("a.txt", "tables/run.json"):
        (tmp_path / name).write_text("Rain fell.")
    assert [Path(path).name for path, _ in find_files([tmp_path], tmp_path / "tables").files] == ["a.txt"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 200 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk takes root and tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


@needs_daft
def test_a_full_disk_is_one_line_and_the_run_goes_on_later(tmp_path: Path, corpus: Path, small_disk: Path) -> None:
    with contextlib.suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(1024))
    (small_disk / "filler").write_bytes(bytes((190 << 10) - 4096))  # room for the folders alone
    arguments = (corpus, "--out", small_disk / "out", "--format", "jsonl", "--quiet")
    ran = run_command(*arguments, folder=tmp_path)
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1, ran.stderr
    assert "No space left on device" in ran.stderr
    (small_disk / "filler").unlink()
    ran = run_command(*arguments, folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert len(Store(small_disk / "out", "jsonl").read("pairs")) == 1


@needs_daft
@posix_only
def test_a_run_that_is_interrupted_again_and_again_says_so_once(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "text": f"{ROWS[0]['text']} It was dam {number}."} for number in range(4000)]
    (tmp_path / "wire.jsonl").write_text("\n".join(map(json.dumps, rows)))
    process = subprocess.Popen(
        [sys.executable, "-m", "consistency", "corpus", "wire.jsonl", "--out", "out"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(Path(consistency.__file__).parents[1])},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline() == "consistency: reading articles …\n"
    while process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.05)
    assert process.communicate() == ("", "consistency: interrupted\n")
    assert process.returncode == 130


# -- what stands among the files ----------------------------------------------------------------------------------


@posix_only
def test_strange_entries_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "nowhere.txt").symlink_to("gone.txt")
    (tmp_path / "itself.txt").symlink_to("itself.txt")
    (tmp_path / "up").symlink_to(".", target_is_directory=True)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("Snow fell.")
    told = find_files([tmp_path])
    assert [Path(path).name for path, _ in told.files] == ["a.txt"]
    reasons = {Path(each.name).name: (each.stage, each.reason.split(" (")[0]) for each in told.skipped}
    assert reasons == {
        "pipe.txt": ("note", "is a pipe or a device and was passed over; write it to a file"),
        "up": ("note", "is a link to a folder, which is not followed"),
        "nowhere.txt": ("read", "cannot be read"),
        "itself.txt": ("read", "cannot be read"),
        "\\udcff.txt": ("read", "has a name that is not UTF-8; rename it"),
    }
    assert [Path(path).name for path, _ in find_files([f"{tmp_path}/**/*.txt"]).files] == ["a.txt"]


@posix_only
@pytest.mark.parametrize("name", ["pipe", "/dev/null"])
def test_a_pipe_alone_is_refused(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="is a pipe or a device"):
        find_files([tmp_path / name])


def test_a_folder_that_cannot_be_read_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text("Rain fell.")
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    told = find_files([tmp_path])
    assert [Path(path).name for path, _ in told.files] == ["a.txt"]
    assert [(each.stage, each.reason) for each in told.skipped] == [("read", "cannot be read (Permission denied)")]


@needs_daft
@posix_only
def test_what_was_passed_over_is_told_and_a_note_is_no_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()
    for number, row in enumerate(ROWS):
        (folder / f"{number}.txt").write_text(f"date {row['published']}\n\n{row['text']}")
    os.mkfifo(folder / "pipe")
    (tmp_path / "policy.toml").write_text("forbid = ['unique']")
    arguments = ("wire", "--out", "out", "--format", "jsonl", "--to-check", "policy.toml")
    assert run_command(*arguments, folder=tmp_path).returncode == 0
    assert [row["stage"] for row in Store(tmp_path / "out", "jsonl").read("errors")] == ["note"]
    (folder / "gone.txt").symlink_to("nowhere")
    assert run_command(*arguments, "--restart", folder=tmp_path).returncode == 2


def test_a_glob_that_is_none_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"is no glob|no such file"):
        find_files([f"{tmp_path}/a**"])


# -- what stands in the files -------------------------------------------------------------------------------------


def test_rows_and_lines_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more than the limit is refused, and the lines of JSON after it are read."""
    monkeypatch.setattr(source, "SIZE_LIMIT", 100)
    monkeypatch.setattr(reading, "SIZE_LIMIT", 100)
    for name, row in (("wire.csv", "{}"), ("wire.jsonl", '{{"text": "{}"}}')):
        path = tmp_path / name
        head = "text\n" if name.endswith("csv") else ""
        for size, broken in ((80, False), (120, True)):
            path.write_text(head + row.format("a" * size) + "\n")
            assert [found.article is None for found in read_file(path)] == [broken]
    (tmp_path / "wire.jsonl").write_text("a" * 200 + '\n{"text": "Rain fell."}\n')
    assert [found.article is None for found in read_file(tmp_path / "wire.jsonl")] == [True, False]
    path = tmp_path / "wire.csv"
    path.write_text('text\n"' + "Rain fell.\n" * 20)
    assert [found.name for found in read_file(path) if "quote mark" in (found.reason or "")] == [f"{path}:1"]


def test_bytes_in_parquet_are_text_or_refused(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is missing: extra corpus")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "wire.parquet"
    texts = ["Rain fell in Tübing.".encode(), "Rain fell in Tübing.".encode("cp1252"), b""]
    parquet.write_table(arrow.table({"text": texts, "picture": [b"\xff\xd8", b"", b"\xff"]}), path)
    first, second, third = read_file(path)
    assert first.article is not None
    assert first.article.text == "Rain fell in Tübing."
    assert second.reason == "has bytes that are not UTF-8 in text; store it as text"
    assert third.article is None


def test_a_row_group_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is missing: extra corpus")
    path = tmp_path / "wire.parquet"
    pytest.importorskip("pyarrow.parquet").write_table(
        arrow.table({"text": ["Rain fell."] * 4}), path, row_group_size=2
    )
    assert [found.article is None for found in read_file(path)] == [False] * 4
    monkeypatch.setattr(source, "_GROUP_LIMIT", 10)
    assert [found.name for found in read_file(path) if "row group" in (found.reason or "")] == [
        f"{path}:1",
        f"{path}:3",
    ]


@needs_daft
def test_half_a_surrogate_pair_stops_nothing(tmp_path: Path) -> None:
    fields = ("text", "event", "title", "source", "published")
    lines = [json.dumps({**ROWS[0], field: "\ud800"}) for field in fields]
    (tmp_path / "wire.jsonl").write_text("\n".join([*lines, *(json.dumps({**row, "event": "\ud800"}) for row in ROWS)]))
    summary = compare_corpus(tmp_path / "wire.jsonl", tmp_path / "out", format="jsonl")
    assert (summary.articles, summary.errors) == (6, 1)


@needs_daft
@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("wire.csv", "titel,inhalt\nRegen,Es regnet.\n", "'titel', 'inhalt'"),
        ("wire.jsonl", '{"titel": "Regen", "inhalt": "Es regnet."}\n', "'titel', 'inhalt'"),
        ("wire.txt", "", "the table errors says why"),
    ],
)
def test_a_corpus_without_an_article_is_trouble(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    ran = run_command(name, "--out", "out", "--quiet", folder=tmp_path)
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1
    assert words in ran.stderr


def test_columns_are_found_or_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    for text, wanted in (('{"a": 1}', ("a",)), ("[1]", ()), ("{", ()), ("", ()), ("[" * 100_000, ())):
        path.write_text(text)
        assert find_columns(str(path)) == wanted
    assert next(read_chunk(Chunk(str(tmp_path / "nowhere.csv")))).reason == "there is no such file; check the path"
