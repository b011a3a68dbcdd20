"""The command under fault: closed streams, interrupts, full disks, kills and strange folders end in one line."""

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
from click.testing import CliRunner

import consistency
from consistency.cli import Exit, main
from consistency.suite import gather
from strategies import HANG

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and shells of POSIX")

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(consistency.__file__).parents[1])}


def run_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell; ``$0`` in it is the interpreter."""
    return subprocess.run(
        ["/bin/sh", "-c", line, sys.executable],
        cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=HANG, check=False,
    )  # fmt: skip


def assert_one_line(told: str, *words: str) -> None:
    assert len(told.splitlines()) == 1, told
    assert told.startswith("consistency: ")
    assert all(word in told for word in words), told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("compare - a <&-", "<stdin>: cannot be read (Bad file descriptor)"),
        ("compare a a >&-", "standard output: Bad file descriptor"),
    ],
)
def test_a_closed_stream_is_one_line(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "a").write_text("Rain fell.")
    ran = run_shell(f'"$0" -m consistency {line}', tmp_path)
    assert ran.returncode == Exit.TROUBLE
    assert_one_line(ran.stderr, told)


def test_a_report_takes_the_place_of_no_closed_stream(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Rain fell.")
    ran = run_shell('"$0" -m consistency compare a a --format json --out report.json >&- 2>&-', tmp_path)
    assert ran.returncode == Exit.OK
    assert (tmp_path / "report.json").read_text().startswith("{")


INTERRUPTED = """
import atexit, sys, time
from consistency.comparer import Comparer
def tell(word, seconds):
    print(word, file=sys.stderr, flush=True)
    time.sleep(seconds)
atexit.register(tell, "ending", 1)
Comparer.compare = lambda *_, **__: tell("ready", 60)
sys.argv[1:] = ["compare", "a", "a"]
from consistency.cli import run
run()
"""


def test_a_second_interrupt_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Rain fell.")
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], cwd=tmp_path, env=ENVIRONMENT, text=True, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    for wanted in ("ready", "consistency: interrupted\nending"):
        assert "".join(process.stderr.readline() for _ in wanted.split("\n")).strip() == wanted
        process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=HANG)[1] == ""
    assert process.returncode == Exit.INTERRUPTED


@contextlib.contextmanager
def run_with_processes(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """Start a check that takes long, and yield it with its worker processes as soon as there are some."""
    rows = [{"event": str(number // 2), "text": f"In Kelm {number} houses burned. " * 400} for number in range(400)]
    (folder / "wire.jsonl").write_text("\n".join(map(json.dumps, rows)))
    process = subprocess.Popen(
        [sys.executable, "-m", "consistency", "check", "wire.jsonl", "-j", "2"],
        cwd=folder, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    try:
        if not children.exists():
            pytest.skip("processes are found by /proc")
        workers: list[int] = []
        while process.poll() is None and not workers:
            found = map(int, children.read_text().split())
            workers = [pid for pid in found if b"popen_loky" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        yield process, workers
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_an_interrupt_of_several_processes_is_told_once(tmp_path: Path) -> None:
    with run_with_processes(tmp_path) as (process, _):
        while process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.05)
        told = process.communicate(timeout=HANG)[1]
        assert process.returncode == Exit.INTERRUPTED
        assert_one_line(told, "interrupted")


def test_a_killed_process_is_told_in_one_line(tmp_path: Path) -> None:
    with run_with_processes(tmp_path) as (process, workers):
        os.kill(workers[0], signal.SIGKILL)
        told = process.communicate(timeout=HANG)[1]
        assert process.returncode == Exit.TROUBLE
        assert_one_line(told, "a process was killed")


@pytest.mark.parametrize("kind", ["article", "folder", "lines", "settings", "baseline"])
def test_no_input_is_written_over(tmp_path: Path, kind: str) -> None:
    event = tmp_path / "event"
    event.mkdir()
    for name, number in (("a.txt", "Two"), ("b.txt", "Nine")):
        (event / name).write_text(f"{number} people died in Kelm on Monday.")
    (tmp_path / "wire.jsonl").write_text('{"text": "Rain fell.", "event": "x"}\n{"text": "Snow fell.", "event": "x"}\n')
    (tmp_path / "set.toml").write_text('[tool.consistency]\nforbid = "conflict"\nbaseline = "known.json"\n')
    (tmp_path / "known.json").write_text('{"version": 1, "accepted": []}')
    target, paths = {
        "article": ("event/a.txt", "event/a.txt event/b.txt"),
        "folder": ("event/b.txt", "event"),
        "lines": ("wire.jsonl", "wire.jsonl"),
        "settings": ("set.toml", "event --config set.toml"),
        "baseline": ("known.json", "event --config set.toml"),
    }[kind]
    before = (tmp_path / target).read_bytes()
    (tmp_path / "link").symlink_to(target)
    for out in (target, "link"):
        ran = run_shell(f'"$0" -m consistency check {paths} --out {out}', tmp_path)
        assert ran.returncode == Exit.TROUBLE
        assert_one_line(ran.stderr, "would overwrite")
    assert (tmp_path / target).read_bytes() == before


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """Yield a folder on a disk of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True, check=False).returncode:  # noqa: S607
        pytest.skip("a small disk takes root and tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def fill(disk: Path) -> None:
    with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(1024))


@pytest.mark.parametrize("what", ["compare a b --format html --out", "check a b --write-baseline"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, small_disk: Path, what: str) -> None:
    for name, number in (("a", "Two"), ("b", "Nine")):
        (tmp_path / name).write_text(f"{number} people died in Kelm on Monday.")
    target = small_disk / "report"
    target.write_text('{"version": 1, "accepted": []}')
    fill(small_disk)
    before = target.read_bytes()
    ran = run_shell(f'"$0" -m consistency {what} disk/report', tmp_path)
    assert ran.returncode == Exit.TROUBLE, ran.stderr
    assert_one_line(ran.stderr, "disk/report", "No space left on device")
    assert target.read_bytes() == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "report"]


@pytest.mark.parametrize(
    "option", ["--forbid ''", "--forbid ' , '", "--kinds ''", "--forbid confict", "--ignore-kinds x"]
)
def test_a_name_that_is_none_is_one_line(tmp_path: Path, option: str) -> None:
    (tmp_path / "a").write_text("Rain fell.")
    ran = run_shell(f'"$0" -m consistency check a a {option}', tmp_path)
    assert ran.returncode == Exit.TROUBLE
    assert_one_line(ran.stderr)


@pytest.mark.parametrize("command", list(main.commands))
def test_every_help_has_the_exit_status(command: str) -> None:
    told = CliRunner().invoke(main, [command, "--help"]).stdout
    assert "Exit status: 0" in told.replace("\n  ", " ")
    assert "2" in told.partition("Exit status")[2]


def test_strange_entries_of_a_folder_hang_nothing(tmp_path: Path) -> None:
    event = tmp_path / "storms" / "kelm"
    event.mkdir(parents=True)
    for name in "ab":
        (event / f"{name}.txt").write_text(f"Rain fell in Kelm, {name}.")
    command = '"$0" -m consistency check storms'
    os.mkfifo(event / "pipe.txt")
    (event / "device.txt").symlink_to(os.devnull)
    (event / "up").symlink_to("..", target_is_directory=True)
    (event / "notes.md").symlink_to("nowhere.md")
    ran = run_shell(command, tmp_path)
    assert ran.returncode == Exit.TROUBLE  # a link to nothing may have been an article
    told = sorted(line.split(":")[1].strip().removeprefix("storms/kelm/") for line in ran.stderr.splitlines())
    assert told == ["device.txt", "notes.md", "pipe.txt", "up"]
    (event / "notes.md").unlink()
    assert run_shell(command, tmp_path).returncode == Exit.OK
    (event / "itself.txt").symlink_to("itself.txt")
    (event / os.fsdecode(b"\xff.txt")).write_text("Rain fell.")
    ran = run_shell(command, tmp_path)
    assert ran.returncode == Exit.TROUBLE
    assert "itself.txt: cannot be read" in ran.stderr
    assert "udcff.txt: has a name that is not UTF-8" in ran.stderr
    assert "1 pair" in ran.stdout


def test_folders_nested_deeper_than_functions_can_be(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(1200):
        folder = folder / "a"
    code = f"import os\nos.chdir({str(tmp_path)!r})\nfor _ in range(1200): os.mkdir('a'); os.chdir('a')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert gather([tmp_path]).troubles[0].endswith("has no article; an event has two or more")
    subprocess.run(["/bin/rm", "-r", str(tmp_path / "a")], check=True)


def test_a_line_has_a_limit_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consistency.reading.SIZE_LIMIT", 100)
    rows = [json.dumps({"text": text, "event": "x"}) for text in ("Rain fell.", "Rain " * 50, "Snow fell.")]
    (tmp_path / "wire.jsonl").write_text("\n".join(rows))
    found = gather([tmp_path / "wire.jsonl"])
    assert len(found.candidates) == 1
    assert [trouble.split(":")[-1] for trouble in found.troubles] == [" has more than 100 bytes, which is no article"]
    (tmp_path / "wire.jsonl").write_text('{"text": "Rain.", "event": "\\ud800"}\n{"text": "Snow.", "event": "\\ud800"}')
    assert [each.event for each in gather([tmp_path / "wire.jsonl"]).candidates] == ["\\ud800"]
