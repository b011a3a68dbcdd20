"""The source: files, here or in object storage, become chunks that any worker can read alone.

A chunk is a part of a file that fits in memory: some megabytes of JSON Lines, a row group of Parquet, else a file.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

import attrs

from consistency.corpus.engine import load
from consistency.corpus.listing import open_file, tell_error
from consistency.errors import ConsistencyError, ReadError
from consistency.files import escape_name
from consistency.model import Article
from consistency.reading import SIZE_LIMIT, read
from consistency.reading.columns import rename
from consistency.reading.events import parse_line
from consistency.reading.table import find_delimiter

CHUNK = 1_000_000  # bytes of JSON Lines
_LINES = (".jsonl", ".ndjson")
_GROUP_LIMIT = 1_000_000_000  # bytes of a row group of Parquet
_ROWS = 256  # of Parquet that are in memory as Python objects


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
        with open_file(path) as stream:
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


def find_columns(path: str) -> tuple[str, ...]:
    """Return the columns of a table, or the keys of the first line; none where there are none.

    >>> find_columns("examples/articles/first.txt")
    ()
    """
    form = Chunk(path).form
    try:
        with open_file(path) as stream:
            if form == "parquet":
                return tuple(load("pyarrow.parquet").ParquetFile(stream).schema_arrow.names)
            lines = bytes(stream.read(SIZE_LIMIT)).decode("utf-8-sig", "replace").splitlines()
            line = next(filter(str.strip, lines), "")
            if form == "csv":
                return tuple(next(csv.reader([line], delimiter=find_delimiter(line)), ()))
            values = json.loads(line) if form == "lines" else ()
            return tuple(values) if isinstance(values, dict) else ()
    except (OSError, ValueError, csv.Error, RecursionError):
        return ()


def read_chunk(chunk: Chunk, columns: Mapping[str, str] = MappingProxyType({})) -> Iterator[Found]:
    """Yield each article of a chunk, or why it cannot be read; nothing is raised for what is in a file.

    ``columns`` are those of `consistency.read_all`, and the one of the ``event``.

    >>> [found.reason for found in read_chunk(Chunk("no_such_file.txt"))]
    ['there is no such file; check the path']
    """
    readers = {"lines": _read_lines, "parquet": _read_parquet, "csv": _read_csv, "file": _read_file}
    try:
        yield from readers[chunk.form](chunk, columns)
    except ReadError as error:
        yield Found(error.name, reason=error.reason)
    except FileNotFoundError:
        yield Found(chunk.path, reason="there is no such file; check the path")
    except Exception as error:  # a file that no reader foresaw must not stop a run of days
        yield Found(chunk.path, reason=f"cannot be read ({tell_error(error)})")


def _read_bytes(path: str, start: int, stop: int) -> bytes:
    with open_file(path) as stream:
        stream.seek(start)
        return bytes(stream.read(stop - start))


def _read_lines(chunk: Chunk, columns: Mapping[str, str]) -> Iterator[Found]:
    """A line belongs to the chunk that it begins in, and is read to its end."""
    line = chunk.first
    with open_file(chunk.path) as stream:
        stream.seek(max(chunk.start - 1, 0))
        block = bytes(stream.read(chunk.stop - max(chunk.start - 1, 0)))
        if chunk.start:
            before, newline, block = block.partition(b"\n")
            if not newline:
                return
            line += bool(before)
        if block and not block.endswith(b"\n"):
            block += _read_on(stream)
    for raw in block.removesuffix(b"\n").split(b"\n"):
        if raw.strip():
            yield _read_line(raw, f"{chunk.path}:{line}", columns)
        line += 1


def _read_on(stream: Any) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= SIZE_LIMIT and (part := bytes(stream.read(1 << 16))):
        head, newline, _ = part.partition(b"\n")
        parts.append(head)
        size += len(head)
        if newline:
            break
    return b"".join(parts)


def _read_line(raw: bytes, name: str, columns: Mapping[str, str]) -> Found:
    try:
        values = parse_line(raw, name)
    except ReadError as error:
        return Found(name, reason=error.reason)
    return _read_object(values, raw.decode("utf-8", "replace"), name, columns)


def _read_object(values: object, text: str, name: str, columns: Mapping[str, str]) -> Found:
    if not isinstance(values, dict):
        return Found(name, reason="is no JSON object; one article a line is wanted")
    if columns:
        values = dict(rename(values, columns))
        text = json.dumps(values, default=str)
    event = values.get("event")
    try:
        article = read(io.StringIO(text), name=name)
    except ReadError as error:
        return Found(name, reason=error.reason)
    except Exception as error:  # nor must one line of it
        return Found(name, reason=f"cannot be read ({tell_error(error)})")
    return Found(
        name, article, escape_name(str(event)) if isinstance(event, (str, int)) and str(event).strip() else None
    )


def _read_parquet(chunk: Chunk, columns: Mapping[str, str]) -> Iterator[Found]:
    with open_file(chunk.path) as stream:
        file = load("pyarrow.parquet").ParquetFile(stream)
        groups = range(chunk.start, chunk.stop)
        size = sum(file.metadata.row_group(group).total_byte_size for group in groups)
        if size > _GROUP_LIMIT:
            reason = f"has {size:,} bytes in one row group; write it with smaller ones"
            yield Found(f"{chunk.path}:{chunk.first}", reason=reason)
            return
        line = chunk.first
        for batch in file.iter_batches(_ROWS, row_groups=list(groups)):
            for row in batch.to_pylist():
                yield _read_row(row, f"{chunk.path}:{line}", columns)
                line += 1


def _read_csv(chunk: Chunk, columns: Mapping[str, str]) -> Iterator[Found]:
    csv.field_size_limit(SIZE_LIMIT)
    line = size = 0

    def read_lines(text: io.TextIOWrapper) -> Iterator[str]:
        nonlocal size
        while told := text.readline(SIZE_LIMIT + 1):
            size += len(told)
            if size > SIZE_LIMIT:
                reason = f"is a row of more than {SIZE_LIMIT:,} characters; is a quote mark missing before it?"
                raise ReadError(f"{chunk.path}:{line + 1}", reason)
            yield told

    with open_file(chunk.path) as stream, io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="") as text:
        lines = read_lines(text)
        head = next(filter(str.strip, lines), "")
        rows = csv.DictReader(itertools.chain([head], lines), delimiter=find_delimiter(head))
        for line, row in enumerate(rows, 1):
            size = 0
            yield _read_row(row, f"{chunk.path}:{line}", columns)


def _read_row(row: Mapping[Any, Any], name: str, columns: Mapping[str, str]) -> Found:
    """A row is read as the JSON object of its cells; a cell with nothing in it is not there."""
    values = {str(key): value for key, value in row.items() if key and value not in (None, "", b"")}
    binary = []
    for key, value in tuple(values.items()):
        if isinstance(value, bytes):
            try:
                values[key] = value.decode()
            except UnicodeDecodeError:
                binary.append(key)
                del values[key]
    found = _read_object(values, json.dumps(values, default=str), name, columns)
    if found.reason and binary:
        return attrs.evolve(found, reason=f"has bytes that are not UTF-8 in {', '.join(binary)}; store it as text")
    return found


def _read_file(chunk: Chunk, columns: Mapping[str, str]) -> Iterator[Found]:
    from consistency.reading import read_all

    with open_file(chunk.path) as stream:
        raw = bytes(stream.read(SIZE_LIMIT + 1))
    named = io.BytesIO(raw)
    named.name = chunk.path  # the suffix helps to tell the format
    for found in read_all(named, name=chunk.path, columns=columns, errors="collect"):
        yield Found(found.name, reason=found.reason) if isinstance(found, ReadError) else Found(found.name, found)
