"""Events in files: the articles of folders, and the rows of JSON Lines and CSV with the event that each names."""

from __future__ import annotations

import fnmatch
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs

from consistency import reading
from consistency.errors import ConsistencyError, ReadError, SettingsError
from consistency.files import Skipped, escape_name, look_at, read_lines, read_text
from consistency.model import Article
from consistency.reading.columns import rename
from consistency.reading.table import read_table

ARTICLE_SUFFIXES = (".txt", ".html", ".htm", ".xhtml", ".json")
"""What is an article in the folder of an event; other files there are passed over."""
ROW_SUFFIXES = (".jsonl", ".ndjson", ".csv")
"""What has an article in each line or row."""


@attrs.frozen
class Folder:
    """A folder of articles.

    Attributes:
        path: where it is.
        articles: the paths of the articles in it, sorted.
        has_folders: whether there are folders in it.
        troubles, notes: a line for each thing that cannot be an article, and for what was passed over.

    >>> [folder.articles[0] for folder in walk("examples/newsroom_ci/corpus/storm")]
    ['examples/newsroom_ci/corpus/storm/1-night.txt']
    """

    path: str
    articles: tuple[str, ...] = ()
    has_folders: bool = False
    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@attrs.frozen
class EventRow:
    """A line of JSON Lines or a row of CSV.

    Attributes:
        name: its place.
        event: the event that it names, empty for none, ``None`` where it cannot be parsed.
        told: its article, or the line that says why there is none.
        keys: what it has.

    >>> EventRow("wire.jsonl:3", "flood", "wire.jsonl:3: is empty").event
    'flood'
    """

    name: str
    event: str | None
    told: Article | str
    keys: tuple[str, ...] = ()


def try_to_read(source: str | io.BytesIO, name: str | None = None) -> Article | str:
    """Return the article, or the line that says why there is none.

    >>> try_to_read("nowhere.txt")
    'nowhere.txt: there is no such file; check the path, or make an Article of a text'
    """
    try:
        return reading.read(source, name=name)
    except ConsistencyError as error:
        return str(error)


def is_excluded(path: str, patterns: Sequence[str]) -> bool:
    """Say whether a pattern matches a path, or the name of a folder or file in it.

    >>> is_excluded("corpus/drafts/1.txt", ["drafts/"]), is_excluded("corpus/drafts.txt", ["drafts"])
    (True, False)
    """
    whole = os.path.normpath(path).replace(os.sep, "/")
    return any(fnmatch.fnmatch(each, p.rstrip("/")) for p in patterns for each in (whole, *whole.split("/")))


def walk(path: str, exclude: Sequence[str] = ()) -> Iterator[Folder]:
    """Yield a folder and all below it that are not hidden or excluded; links to folders are not followed."""
    waiting = [path]  # no recursion: folders may be nested deeper than that goes
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                seen = (entry for entry in found if not entry.name.startswith("."))
                entries = sorted((e for e in seen if not is_excluded(e.path, exclude)), key=lambda entry: entry.name)
        except OSError as error:
            yield Folder(folder, has_folders=True, troubles=(f"{folder}: cannot be read ({error.strerror})",))
            continue
        folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]  # a link may lead back up
        waiting += reversed(folders)
        files = (entry for entry in entries if not entry.is_dir(follow_symlinks=False))
        yield attrs.evolve(_look_through(files), path=folder, has_folders=bool(folders))


def _look_through(entries: Iterable[os.DirEntry[str]]) -> Folder:
    """Return the articles among the entries of a folder, and what to say of those that cannot be one."""
    articles, skipped = [], []
    for entry in entries:
        if _suffix(entry.name) in ARTICLE_SUFFIXES or entry.is_symlink():
            found = look_at(entry.path)
            if isinstance(found, Skipped):
                skipped.append(found)
            elif _suffix(entry.name) in ARTICLE_SUFFIXES:
                articles.append(entry.path)
    troubles = tuple(str(each) for each in skipped if each.stage != "note")
    return Folder("", tuple(articles), False, troubles, tuple(str(each) for each in skipped if each.stage == "note"))


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def read_rows(path: str, columns: Mapping[str, str] = MappingProxyType({})) -> list[EventRow]:
    """Return the rows of JSON Lines or CSV; ``columns`` are those of `consistency.read_all`, and the ``event``.

    Raises:
        OSError: the file cannot be opened.
        SettingsError: it is no text.
        ReadError: it is no CSV.
    """
    if _suffix(path) == ".csv":
        table = read_table(read_text(path), path)
        return [_read_row(row, f"{path}:{number}", columns) for number, row in enumerate(table, 1)]
    with open(path, "rb") as stream:
        lines = enumerate(read_lines(stream, reading.SIZE_LIMIT), 1)
        return [_read_line(line, f"{path}:{number}", columns) for number, line in lines if line.strip()]


def _read_line(line: bytes, name: str, columns: Mapping[str, str]) -> EventRow:
    try:
        return _read_row(parse_line(line, name), name, columns)
    except ReadError as error:
        return EventRow(name, None, str(error))


def parse_line(line: bytes, name: str) -> Any:
    """Return what a line of JSON Lines holds.

    Raises:
        ReadError: it is no JSON, or more than an article.

    >>> parse_line(b'{"text": Rain}', "wire.jsonl:3")
    Traceback (most recent call last):
    consistency.errors.ReadError: wire.jsonl:3: is broken JSON at column 10 (expecting value)
    """
    if len(line) > reading.SIZE_LIMIT:
        raise ReadError(name, f"has more than {reading.SIZE_LIMIT:,} bytes, which is no article")
    try:
        return json.loads(line.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ReadError(name, f"is broken JSON at column {error.colno} ({error.msg.lower()})") from None
    except UnicodeDecodeError as error:
        raise ReadError(name, f"is not UTF-8 at byte {error.start:,}") from None
    except (ValueError, RecursionError):
        raise ReadError(name, "is JSON that no article needs (too deep, or too long a number)") from None


def _read_row(document: Any, name: str, columns: Mapping[str, str]) -> EventRow:
    named = rename(document, columns)
    event = named.get("event") if isinstance(named, dict) else None
    known = isinstance(event, (str, int)) and not isinstance(event, bool)
    told = try_to_read(io.BytesIO(json.dumps(named).encode()), name)
    return EventRow(
        name, escape_name(str(event)) if known else "", told, tuple(document) if isinstance(document, dict) else ()
    )


def choose_event(path: str, rows: Sequence[EventRow], event: str = "") -> Iterator[Article | str]:
    """Yield the articles of one event among rows, all of them where none names an event.

    Raises:
        SettingsError: there are several events and none is chosen, or the chosen one is not there.

    >>> rows = [EventRow("wire.csv:1", "flood", Article("Rain.")), EventRow("wire.csv:2", "vote", Article("Polls."))]
    >>> [article.text for article in choose_event("wire.csv", rows, "vote")]
    ['Polls.']
    """
    events = sorted({row.event for row in rows if row.event})
    few = ", ".join(events[:3]) + (", …" if len(events) > 3 else "")
    if event and events and event not in events:
        raise SettingsError(f"{path}: has no event {event!r}; there are {few}")
    if len(events) > 1 and not event:
        raise SettingsError(f"{path}: has {len(events)} events ({few}); choose one with --only EVENT")
    yield from (row.told for row in rows if not event or not events or row.event == event)
