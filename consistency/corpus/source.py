"""The source: files, folders and globs, here or in object storage, become chunks that any worker can read alone.

A chunk is a part of a file that fits in memory: some megabytes of JSON Lines, a row group of Parquet, else a file.
"""

from __future__ import annotations

import csv
import fnmatch
import glob
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import attrs

from consistency.corpus.engine import load
from consistency.errors import ConsistencyError, ReadError
from consistency.model import Article
from consistency.reading import SIZE_LIMIT, read

CHUNK = 1_000_000  # bytes of JSON Lines
_LINES = (".jsonl", ".ndjson")
_MAGIC = frozenset("*?[")


@attrs.frozen
class Chunk:
    """A part of a file: from ``start`` to ``stop`` (bytes of JSON Lines, rows groups of Parquet).

    ``first`` is the number of the first line or row that may begin in it.

    >>> Chunk("wire.jsonl", 0, 100).form
    'lines'
    """

    path: str
    start: int = 0
    stop: int = 0
    first: int = 1

    @property
    def form(self) -> str:
        """How it is read: by ``lines``, ``parquet``, ``csv``, or as a ``file`` with one article or a few."""
        suffix = PurePosixPath(self.path).suffix.lower()
        return "lines" if suffix in _LINES else suffix[1:] if suffix in (".parquet", ".csv") else "file"


@attrs.frozen
class Found:
    """An article of the corpus with the event that its row names, or the reason why it cannot be read.

    >>> Found("wire.jsonl:3", reason="is empty").article is None
    True
    """

    name: str
    article: Article | None = None
    event: str | None = None
    reason: str | None = None


def find_files(paths: Iterable[str | os.PathLike[str]]) -> tuple[tuple[str, int], ...]:
    """Return the files of a corpus with their sizes, sorted: files, all files below a folder, what a glob matches.

    Raises:
        ReadError: a path that has no file.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "rain.txt").write_text("Rain fell.")
    >>> [size for _, size in find_files([folder])]
    [10]
    """
    found: dict[str, int] = {}
    for each in paths:
        path = os.fspath(each)
        files = dict(_find(path))
        if not files:
            raise ReadError(path, "there is no such file, folder or glob with files; check the path")
        found |= files
    return tuple(sorted(found.items()))


def _find(path: str) -> Iterator[tuple[str, int]]:
    if "://" not in path:
        for match in glob.glob(path, recursive=True) if _MAGIC & set(path) and not os.path.exists(path) else [path]:
            if os.path.isdir(match):
                for folder, folders, names in os.walk(match):
                    folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
                    visible = (name for name in names if not name.startswith((".", "_")))
                    yield from ((file := os.path.join(folder, name), os.path.getsize(file)) for name in visible)
            elif os.path.exists(match):
                yield match, os.path.getsize(match)
        return
    system, inner = _open_system(path)
    fs = load("pyarrow.fs")
    base = inner
    while _MAGIC & set(base):
        base = base.rpartition("/")[0]
    here = system.get_file_info(base)
    infos = (
        [here] if here.is_file else system.get_file_info(fs.FileSelector(base, recursive=True, allow_not_found=True))
    )
    for info in infos:
        hidden = any(part.startswith((".", "_")) for part in info.path[len(base) :].split("/"))
        if info.is_file and not hidden and (base == inner or fnmatch.fnmatch(info.path, inner)):
            yield f"{path.partition('://')[0]}://{info.path}", info.size


def _open_system(path: str) -> tuple[Any, str]:
    fs = load("pyarrow.fs")
    try:
        return fs.FileSystem.from_uri(path) if "://" in path else (fs.LocalFileSystem(), path)
    except (ValueError, OSError) as error:
        raise ReadError(path, f"no storage can be reached there ({str(error).splitlines()[0]})") from None


def cut(files: Iterable[tuple[str, int]], size: int = CHUNK) -> Iterator[Chunk]:
    """Yield the chunks of files; ``first`` is not known yet where JSON Lines are cut.

    >>> [(chunk.start, chunk.stop) for chunk in cut([("wire.jsonl", 10)], size=6)]
    [(0, 6), (6, 10)]
    """
    for path, length in files:
        form = Chunk(path).form
        if form == "lines":
            yield from (Chunk(path, start, min(start + size, length)) for start in range(0, max(length, 1), size))
        elif form == "parquet":
            yield from _cut_parquet(path)
        else:
            yield Chunk(path)


def _cut_parquet(path: str) -> Iterator[Chunk]:
    try:
        with _open(path) as stream:
            metadata = load("pyarrow.parquet").ParquetFile(stream).metadata
    except (OSError, ValueError):
        yield Chunk(path)  # reading it tells why
        return
    if not metadata.num_row_groups:
        yield Chunk(path)
    row = 1
    for group in range(metadata.num_row_groups):
        yield Chunk(path, group, group + 1, row)
        row += metadata.row_group(group).num_rows


def count_lines(path: str, start: int, stop: int) -> int:
    """Return how many lines end in a part of a file; 0 where it cannot be read, as reading it will tell."""
    try:
        return _read_bytes(path, start, stop).count(b"\n")
    except (OSError, ConsistencyError):
        return 0


def number(chunks: Iterable[Chunk], counts: Iterable[int]) -> tuple[Chunk, ...]:
    """Return chunks of JSON Lines with the number of their first line, from the lines that end in each.

    >>> [chunk.first for chunk in number([Chunk("a.jsonl"), Chunk("a.jsonl"), Chunk("b.jsonl")], [3, 1, 2])]
    [1, 4, 1]
    """
    numbered = []
    path, line = "", 1
    for chunk, count in zip(chunks, counts, strict=True):
        if chunk.path != path:
            path, line = chunk.path, 1
        numbered.append(attrs.evolve(chunk, first=line) if chunk.form == "lines" else chunk)
        line += count
    return tuple(numbered)


def read_chunk(chunk: Chunk) -> Iterator[Found]:
    """Yield each article of a chunk, or why it cannot be read; nothing is raised for what is in a file.

    >>> [found.reason for found in read_chunk(Chunk("no_such_file.txt"))]
    ['there is no such file; check the path']
    """
    readers = {"lines": _read_lines, "parquet": _read_parquet, "csv": _read_csv, "file": _read_file}
    try:
        yield from readers[chunk.form](chunk)
    except ReadError as error:
        yield Found(error.name, reason=error.reason)
    except FileNotFoundError:
        yield Found(chunk.path, reason="there is no such file; check the path")
    except Exception as error:  # a file that no reader foresaw must not stop a run of days
        yield Found(chunk.path, reason=f"cannot be read ({_tell(error)})")


def _tell(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _open(path: str) -> Any:
    if "://" not in path:
        return open(path, "rb")
    system, inner = _open_system(path)
    return system.open_input_file(inner)


def _read_bytes(path: str, start: int, stop: int) -> bytes:
    with _open(path) as stream:
        stream.seek(start)
        return bytes(stream.read(stop - start))


def _read_lines(chunk: Chunk) -> Iterator[Found]:
    """A line belongs to the chunk that it begins in, and is read to its end."""
    with _open(chunk.path) as stream:
        stream.seek(max(chunk.start - 1, 0))
        block = bytes(stream.read(chunk.stop - max(chunk.start - 1, 0)))
        if not block.endswith(b"\n"):
            block += _read_on(stream)
    line = chunk.first
    if chunk.start:
        before, newline, block = block.partition(b"\n")
        if not newline:
            return
        line += bool(before)
    for raw in block.removesuffix(b"\n").split(b"\n"):
        if raw.strip():
            yield _read_line(raw, f"{chunk.path}:{line}")
        line += 1


def _read_on(stream: Any) -> bytes:
    parts: list[bytes] = []
    while (part := bytes(stream.read(1 << 16))) and sum(map(len, parts)) <= SIZE_LIMIT:
        head, newline, _ = part.partition(b"\n")
        parts.append(head)
        if newline:
            break
    return b"".join(parts)


def _read_line(raw: bytes, name: str) -> Found:
    if len(raw) > SIZE_LIMIT:
        return Found(name, reason=f"has more than {SIZE_LIMIT:,} bytes, which is no article")
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError):
        return Found(name, reason="is broken JSON; correct it there")
    return _read_object(values, raw.decode("utf-8", "replace"), name)


def _read_object(values: object, text: str, name: str) -> Found:
    if not isinstance(values, dict):
        return Found(name, reason="is no JSON object; one article a line is wanted")
    event = values.get("event")
    try:
        article = read(io.StringIO(text), name=name)
    except ReadError as error:
        return Found(name, reason=error.reason)
    except Exception as error:  # nor must one line of it
        return Found(name, reason=f"cannot be read ({_tell(error)})")
    return Found(name, article, str(event) if isinstance(event, (str, int)) and str(event).strip() else None)


def _read_parquet(chunk: Chunk) -> Iterator[Found]:
    with _open(chunk.path) as stream:
        file = load("pyarrow.parquet").ParquetFile(stream)
        rows = file.read_row_groups(list(range(chunk.start, chunk.stop))).to_pylist()
    for line, row in enumerate(rows, chunk.first):
        yield _read_row(row, f"{chunk.path}:{line}")


def _read_csv(chunk: Chunk) -> Iterator[Found]:
    csv.field_size_limit(SIZE_LIMIT)
    with _open(chunk.path) as stream:
        rows = csv.DictReader(io.TextIOWrapper(io.BytesIO(stream.read()), "utf-8-sig", "replace", newline=""))
        for line, row in enumerate(rows, 1):
            yield _read_row(row, f"{chunk.path}:{line}")


def _read_row(row: Mapping[Any, Any], name: str) -> Found:
    """A row is read as the JSON object of its cells; a cell with nothing in it is not there."""
    values = {str(key): value for key, value in row.items() if key and value not in (None, "")}
    return _read_object(values, json.dumps(values, default=str), name)


def _read_file(chunk: Chunk) -> Iterator[Found]:
    from consistency.reading import read_all

    with _open(chunk.path) as stream:
        raw = bytes(stream.read(SIZE_LIMIT + 1))
    named = io.BytesIO(raw)
    named.name = chunk.path  # the suffix helps to tell the format
    for article in read_all(named, name=chunk.path):
        yield Found(article.name, article)
