"""Files: small ones are read within a limit, new ones are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import attrs

from consistency.errors import SettingsError

TEXT_LIMIT = 20_000_000
"""Bytes of a file of settings, pairs or accepted findings."""


def read_text(path: str | os.PathLike[str], limit: int = TEXT_LIMIT) -> str:
    r"""Return the text of a small UTF-8 file, each of its lines ended by ``\n``.

    Raises:
        SettingsError: in one line, why it cannot be read.

    >>> read_text("nowhere.toml")
    Traceback (most recent call last):
    consistency.errors.SettingsError: nowhere.toml: there is no such file
    """
    try:
        with open(path, "rb") as stream:
            raw = stream.read(limit + 1)
    except FileNotFoundError:
        raise SettingsError(f"{path}: there is no such file") from None
    except (OSError, ValueError) as error:  # a name with a NUL byte is a ValueError
        raise SettingsError(f"{path}: cannot be read ({getattr(error, 'strerror', error)})") from None
    if len(raw) > limit:
        raise SettingsError(f"{path}: is larger than {limit:,} bytes, which is no such file; divide it")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 at byte {error.start:,}; save it as UTF-8") from None


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a text as UTF-8, whole or not at all; what UTF-8 cannot hold is escaped.

    Raises:
        OSError: it cannot be written; what stood there before is still there.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "told.txt"
    >>> write_text(path, "Rain fell.")
    >>> path.read_text()
    'Rain fell.'
    """
    raw = text.encode("utf-8", "backslashreplace")
    write_atomically(Path(path), lambda half: half.write_bytes(raw))


def write_atomically(path: Path, dump: Callable[[Path], object]) -> None:
    """Have ``dump`` write a file beside ``path``, and put it in its place when it is whole and on the disk.

    A link stays a link, and what is no regular file (a pipe, a terminal) is written to as it is.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "told.txt"
    >>> write_atomically(path, lambda half: half.write_text("Rain fell."))
    >>> path.read_text()
    'Rain fell.'
    """
    there = path.exists()
    if there and not path.is_file():
        dump(path)
        return
    target = Path(os.path.realpath(path))
    half = target.with_name(f".{target.name[:50]}.{os.getpid()}.half")
    try:
        dump(half)
        with open(half, "rb+") as stream:
            os.fsync(stream.fileno())
        if there:
            shutil.copymode(target, half)
        os.replace(half, target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


@attrs.frozen
class Skipped:
    """What stands among files and is none, and why; its stage is ``read``, or ``note`` where nothing is lost.

    >>> Skipped("wire", "cannot be read (Permission denied)").stage
    'read'
    """

    name: str
    reason: str
    stage: str = "read"

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


def look_at(path: str) -> int | Skipped:
    """Return the size of a file, or why it cannot be an article, without opening it: a pipe would be waited for.

    >>> print(look_at(os.devnull))
    /dev/null: is a pipe or a device and was passed over; write it to a file
    """
    name = escape_name(path)
    if name != path:
        return Skipped(name, "has a name that is not UTF-8; rename it")
    try:
        status = os.stat(path)
    except OSError as error:  # a link to nothing, or to itself
        return Skipped(name, f"cannot be read ({error.strerror})")
    if stat.S_ISDIR(status.st_mode):
        return Skipped(name, "is a link to a folder, which is not followed", "note")
    if not stat.S_ISREG(status.st_mode):
        return Skipped(name, "is a pipe or a device and was passed over; write it to a file", "note")
    return status.st_size


def escape_name(text: str) -> str:
    r"""Return a text with what UTF-8 does not have escaped: half of a surrogate pair, a byte of a file's name.

    >>> escape_name("rain\udcff.txt")
    'rain\\udcff.txt'
    """
    return text.encode("utf-8", "backslashreplace").decode()


def read_lines(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    r"""Yield the lines of a stream, each cut where it is longer than ``limit``.

    >>> import io
    >>> list(read_lines(io.BytesIO(b"Rain fell.\nSnow.\n"), 6))
    [b'Rain fe', b'Snow.\n']
    """
    while line := stream.readline(limit + 1):
        yield line
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = stream.readline(limit + 1)


def find_root(folder: str | os.PathLike[str] = ".") -> Path:
    """Return the top of the repository that a folder is in, the folder itself where it is in none.

    >>> import tempfile
    >>> top = Path(tempfile.mkdtemp()).resolve()
    >>> (top / ".git").mkdir(), (top / "corpus").mkdir()
    (None, None)
    >>> find_root(top / "corpus") == top
    True
    """
    here = Path(os.path.abspath(folder))
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
