"""Files are written whole or not at all, and read within a limit."""

from __future__ import annotations

import io
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import SettingsError
from consistency.files import Skipped, look_at, read_lines, read_text, write_atomically, write_text
from strategies import laws

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes of POSIX")


def test_a_file_that_could_not_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "part.jsonl"
    path.write_text("before")

    def fail(half: Path) -> None:
        half.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, fail)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@POSIX_ONLY
def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target, link = tmp_path / "kept" / "report.txt", tmp_path / "report.txt"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    write_text(link, "after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@POSIX_ONLY
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told: list[str] = []
    reader = threading.Thread(target=lambda: told.append(pipe.read_text()), daemon=True)
    reader.start()
    write_text(pipe, "Rain fell.")
    reader.join()
    assert told == ["Rain fell."]
    assert isinstance(look_at(str(pipe)), Skipped)


def test_a_long_name_and_a_lone_surrogate_are_written(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 120)
    write_text(path, "\ud800")
    assert path.read_bytes() == b"\\ud800"


@pytest.mark.parametrize(
    ("raw", "told"),
    [(b"12345678", "Rain"), (b"1234567", None), (b"\xff", "not UTF-8 at byte 0"), (b"\xef\xbb\xbf1\r\n2\r3", None)],
)
def test_a_text_is_read_within_a_limit(tmp_path: Path, raw: bytes, told: str | None) -> None:
    path = tmp_path / "pairs.toml"
    path.write_bytes(raw)
    if told is None:
        assert "\r" not in read_text(path, limit=7 if len(raw) < 8 else 20)
        return
    with pytest.raises(SettingsError, match="larger than 7 bytes" if told == "Rain" else told):
        read_text(path, limit=7)


@pytest.mark.parametrize("name", ["nowhere", "", "a\0b", "."])
def test_what_is_no_file_is_one_line(name: str) -> None:
    with pytest.raises(SettingsError, match=r"^[^\n]*: (there is no|cannot be read)[^\n]*$"):
        read_text(name)


@given(st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"")), max_size=6), st.integers(1, 8))
@laws
def test_every_line_is_yielded_once_and_cut(lines: list[bytes], limit: int) -> None:
    found = list(read_lines(io.BytesIO(b"".join(line + b"\n" for line in lines)), limit))
    assert [line[:limit].removesuffix(b"\n") for line in found] == [line[:limit] for line in lines]
    assert all(len(line) <= limit + 1 for line in found)
