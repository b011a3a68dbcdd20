"""Reading: a path, a stream or standard input becomes an article; the only stage that touches the disk.

A format is known by its content: JSON starts with ``{"`` or ``[{``, HTML and XML with their tags; the rest is
plain text.
"""

from __future__ import annotations

import datetime
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, overload

import attrs

from consistency.dates import DateLike, read_date
from consistency.errors import ReadError, SettingsError
from consistency.model import Article
from consistency.reading.columns import check_columns, rename
from consistency.reading.draft import Draft, one_line, quoted
from consistency.reading.json import is_object, parse_json, read_json
from consistency.reading.markup import HTML_START, read_page
from consistency.reading.plain import read_plain
from consistency.reading.streams import (
    Readable,
    check_text,
    decode,
    first_lines,
    name_of,
    opened,
    read_lines,
    read_on,
    suffix_of,
    tell_url,
)
from consistency.reading.table import read_table
from consistency.reading.xml import find_root, read_xml

SIZE_LIMIT = 5_000_000  # some 800,000 words: no article, but a file that was meant for something else
UNDATED = "published not read: "
"""How the note starts that says why a date in the file was not taken."""

ArticleLike: TypeAlias = "Article | str | os.PathLike[str]"
"""What a door takes: an article, a text, or the path of a file."""

_WANTED = "an Article, a text or the pathlib.Path of a file"
_LINE_SUFFIXES = (".jsonl", ".ndjson")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_JSON_START = re.compile(r"[\s\ufeff]*(?:\{\s*[\"}]|\[\s*(?:[{\]]|null\s*,))")
_MOST_COUNTED = 1000  # articles, to say how many there are
_LONGEST_PATH = 1000  # characters; a text of more is no name of a file
_FILE_NAME = re.compile(r"\S+\.(?:txt|html?|xhtml|jsonl?|ndjson|xml)", re.I)


def read(
    path_or_stream: Readable,
    *,
    name: str | None = None,
    source: str | None = None,
    published: DateLike | None = None,
    title: str | None = None,
    size_limit: int = SIZE_LIMIT,
) -> Article:
    """Read one article from a file, from a text or binary stream, or from standard input (``"-"``).

    Args:
        path_or_stream: plain text, HTML (extra ``html``), JSON (schema.org NewsArticle, IPTC ninjs), or XML (NITF,
            NewsML-G2).
        name: what to call the article in messages; the path as it is given, if left out.
        source: who published it. This, ``published`` and ``title`` win over what the file says.
        published: the day it was published: a date, or a string in a form that a header may have.
        title: its title.
        size_limit: how many bytes (characters of a text stream) are read at most.

    Returns:
        The article: ``text`` is the whole text as it was decoded (the body, for JSON, HTML and XML), ``header`` the
        span that was read as metadata, and ``notes`` has a line for each thing that was taken, passed over or detected.
        A date in the file that cannot be read is a note; ``published`` is None then.

    Raises:
        ReadError: in one line, what cannot be read and what to do about it.
        SettingsError: ``size_limit`` is less than 1.

    >>> import io
    >>> article = read(io.StringIO("date 2022-09-14 Rain fell in the hills."), name="rain.txt")
    >>> article.published, article.text[article.header.end :]
    (datetime.date(2022, 9, 14), 'Rain fell in the hills.')
    >>> article.notes
    ('published 2022-09-14 from "date 2022-09-14"',)
    """
    name = name_of(path_or_stream, name)
    found = _read(path_or_stream, name, {"source": source, "published": published, "title": title}, size_limit)
    first = next(found)
    if isinstance(first, ReadError):
        raise first
    if more := sum(1 for _ in itertools.islice(found, _MOST_COUNTED)):
        number = f"{more + 1}{' or more' if more == _MOST_COUNTED else ''}"
        reason = f"holds {number} articles; take one from read_all(), or give each a file of its own"
        raise ReadError(name, reason)
    return attrs.evolve(first, name=name)


@overload
def read_all(
    path_or_stream: Readable,
    *,
    name: str | None = ...,
    source: str | None = ...,
    published: DateLike | None = ...,
    size_limit: int = ...,
    columns: Mapping[str, str] = ...,
    errors: Literal["raise"] = ...,
) -> Iterator[Article]: ...


@overload
def read_all(
    path_or_stream: Readable,
    *,
    name: str | None = ...,
    source: str | None = ...,
    published: DateLike | None = ...,
    size_limit: int = ...,
    columns: Mapping[str, str] = ...,
    errors: Literal["collect"],
) -> Iterator[Article | ReadError]: ...


def read_all(
    path_or_stream: Readable,
    *,
    name: str | None = None,
    source: str | None = None,
    published: DateLike | None = None,
    size_limit: int = SIZE_LIMIT,
    columns: Mapping[str, str] = MappingProxyType({}),
    errors: Literal["raise", "collect"] = "raise",
) -> Iterator[Article] | Iterator[Article | ReadError]:
    r"""Yield each article of a file: JSON Lines, CSV, a JSON array, or a file with one article in any form.

    JSON Lines are read one at a time, and each line may be of the size limit;
    any other file is read at once. An article is called after its place: ``wire.jsonl:3`` is the third line,
    ``wire.json#3`` the third of an array, ``wire.csv:3`` the third row below the names of the columns.

    Args:
        path_or_stream: as for `read`.
        name: as for `read`, of the file.
        source: as for `read`, of every article.
        published: as for `read`, of every article.
        size_limit: as for `read`, of each line of JSON Lines.
        columns: what the fields ``text``, ``published``, ``source``, ``title`` and ``id`` are called in the objects of
            JSON or the columns of CSV, where those names are your own: ``{"text": "content"}``.
        errors: ``"raise"`` stops at the first article that cannot be read; ``"collect"`` yields its error in its place
            and goes on.

    Raises:
        ReadError: while iterating, at the first article that cannot be read, unless errors are collected.
        SettingsError: ``size_limit`` is less than 1, ``errors`` is another word, or ``columns`` names no field.

    >>> import io
    >>> wire = '{"text": "Rain fell."}\n{"text": \n{"text": "Snow fell."}\n'
    >>> for found in read_all(io.StringIO(wire), name="wire.jsonl", errors="collect"):
    ...     print(found.name, getattr(found, "text", found))
    wire.jsonl:1 Rain fell.
    wire.jsonl wire.jsonl: is broken JSON at line 2, column 10 (expecting value); correct it there
    wire.jsonl:3 Snow fell.
    """
    if errors not in ("raise", "collect"):
        raise SettingsError(f'errors is "raise" or "collect", not {errors!r}')
    check_columns(columns)
    known = {"source": source, "published": published}
    found = _read(path_or_stream, name_of(path_or_stream, name), known, size_limit, columns)
    return found if errors == "collect" else map(_raise, found)


def adopt(given: ArticleLike, name: str = "", published: DateLike | None = None) -> Article:
    """Return the article that was given: an article as it is, a path read, a text by the name it is given here.

    Raises:
        ReadError: a file cannot be read, ``published`` is no date, or a text is markup, a URL or the name of a file.
        TypeError: it is none of these.

    >>> adopt("Rain fell.", name="left", published="Sept. 5, 2022").published
    datetime.date(2022, 9, 5)
    """
    if isinstance(given, os.PathLike):
        return read(given, published=published)
    if isinstance(given, str):
        if reason := _tell_path(given):
            raise ReadError(one_line(given), reason)
        if find_root(given, "") or HTML_START.match(given):
            raise ReadError(name or "text", "is markup, not a text; give what read(io.StringIO(text)) returns")
        given = Article(given, name=name)
    if not isinstance(given, Article):
        raise TypeError(f"{name or 'article'}: {_WANTED} is wanted, not {type(given).__name__}")
    return given if published is None else attrs.evolve(given, published=_given_date(published, given.name))


def adopt_all(given: Iterable[ArticleLike], published: Iterable[DateLike | None] = ()) -> tuple[Article, ...]:
    """Return the articles that were given, texts called by their numbers; ``published`` are days in the same order.

    Raises:
        ReadError: as of ``adopt``.
        TypeError: one of them is no article, or all is a single one.

    >>> [article.name for article in adopt_all(["Rain fell.", Article("Snow fell.", "snow.txt")])]
    ['text 1', 'snow.txt']
    """
    if isinstance(given, (str, bytes, os.PathLike, Article)):  # of a text each letter would be one
        raise TypeError(f"articles: a list is wanted, of which each is {_WANTED}, not a single one")
    if isinstance(published, str):
        raise TypeError("published: a list of days is wanted, in the order of the articles")
    sides = list(given)
    digits = len(str(len(sides)))  # an event puts names in order as words
    days = itertools.chain(published, itertools.repeat(None))
    numbered = enumerate(zip(sides, days), 1)  # noqa: B905  there are as many days as are needed
    return tuple(adopt(article, f"text {number:0{digits}}", day) for number, (article, day) in numbered)


def _raise(found: Article | ReadError) -> Article:
    if isinstance(found, ReadError):
        raise found
    return found


def _tell_path(text: str) -> str:
    """Return what to say of a text that is a URL or the name of a file, empty for any other."""
    if len(text) > _LONGEST_PATH or (len(text.split()) > 1 and not os.path.isfile(text)):
        return ""
    if os.path.isfile(text):
        return "is the name of a file; give a pathlib.Path to compare the file, an Article to compare these words"
    if _FILE_NAME.fullmatch(text) and "://" not in text:
        return "looks like the name of a file, and there is none; check the path, or give an Article of these words"
    return tell_url(text)


def _given_date(published: DateLike | None, name: str) -> datetime.date | None:
    try:
        return read_date(published, "published " + quoted(published))
    except ValueError as error:
        raise ReadError(name, str(error)) from None


def _read(
    path_or_stream: Readable,
    name: str,
    given: dict[str, Any],
    size_limit: int,
    columns: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Article | ReadError]:
    """Yield each article of an input, or in its place why it cannot be read."""
    given = {**given, "published": _given_date(given["published"], name)}
    suffix = suffix_of(path_or_stream)
    try:
        with opened(path_or_stream, name, size_limit) as stream:
            lines = read_lines(stream, size_limit)
            head = first_lines(lines, size_limit)
            said = [line for line in head if line.strip()]
            if said and (suffix in _LINE_SUFFIXES or (len(said) == 2 and is_object(said[0]))):
                for number, line in enumerate(itertools.chain(head, lines), 1):
                    yield from _finish(_read_line(line, name, number, size_limit, columns), given)
            else:
                text, notes = decode(read_on(head, stream, size_limit), name, size_limit)
                yield from _finish(_read_text(text, name, suffix, notes, columns), given)
    except ReadError as error:
        yield error


def _finish(drafts: Iterator[Draft | ReadError], given: dict[str, Any]) -> Iterator[Article | ReadError]:
    for draft in _collect(drafts):
        yield draft if isinstance(draft, ReadError) else _make_article(draft, given)


def _collect(drafts: Iterator[Draft | ReadError]) -> Iterator[Draft | ReadError]:
    """Yield the drafts, and last the error that ends them."""
    try:
        yield from drafts
    except ReadError as error:
        yield error


def _read_line(
    line: str | bytes, name: str, number: int, size_limit: int, columns: Mapping[str, str]
) -> Iterator[Draft | ReadError]:
    text, notes = decode(line, f"{name}:{number}", size_limit)
    if text.strip("\ufeff \t\r\n"):
        value = rename(parse_json(text.rstrip("\r\n"), name, number), columns)
        yield from read_json(value, f"{name}:{number}", notes)


def _read_text(
    text: str, name: str, suffix: str, notes: tuple[str, ...], columns: Mapping[str, str]
) -> Iterator[Draft | ReadError]:
    """Yield each article of a text by its format, or in its place why it cannot be read."""
    if not text.replace("\ufeff", "").strip():
        raise ReadError(name, f"{'has only white space' if text else 'is empty'}; an article has a sentence or more")
    if suffix == ".json" or _JSON_START.match(text):
        yield from read_json(rename(parse_json(text, name), columns), name, notes)
    elif suffix == ".csv":
        for number, row in enumerate(read_table(text, name), 1):
            yield from _collect(read_json(rename(row, columns), f"{name}:{number}", notes))
    elif root := find_root(text, suffix):
        yield from read_xml(text, root, name, notes)
    elif HTML_START.match(text) or (suffix in _HTML_SUFFIXES and "<" in text):
        yield read_page(text, name, notes)
    else:
        yield read_plain(text, name, notes)


def _make_article(draft: Draft, given: dict[str, Any]) -> Article | ReadError:
    """Return the article of a draft; what the caller gave wins over what was found."""
    try:
        check_text(draft.text, draft.name)
    except ReadError as error:
        return error
    notes, values = list(draft.notes), dict(given)
    for taken in draft.taken:
        value: object = one_line(taken.value)
        if taken.field == "published" and values["published"] is None:
            try:
                value = read_date(taken.value, taken.origin)
            except ValueError as error:
                notes.append(f"{UNDATED}{error}")
                continue
        if taken.field == "id":  # what the owner calls it is in no doubt, and the first one wins
            values.setdefault("id", value)
        elif taken.field is None or value is None or values.get(taken.field) is not None:
            notes.append(f"passed over {taken.origin}")
        else:
            values[taken.field] = value
            notes.append(f"{taken.field} {value} from {taken.origin}")
    return Article(text=draft.text, name=draft.name, header=draft.header, notes=tuple(notes), **values)
