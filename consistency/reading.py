"""Reading: a path, a stream or standard input becomes an article; the only stage that touches the disk.

A format is known by its content: JSON starts with ``{"`` or ``[{``, HTML with its tags, the rest is plain text.
"""

from __future__ import annotations

import codecs
import contextlib
import datetime
import itertools
import json
import os
import pathlib
import re
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any, TypeAlias

import attrs

from consistency.errors import ReadError, SettingsError
from consistency.model import Article, Span

SIZE_LIMIT = 5_000_000  # some 800,000 words: no article, but a file that was meant for something else

Readable: TypeAlias = "str | os.PathLike[str] | IO[str] | IO[bytes]"
_Decoded: TypeAlias = "tuple[str, tuple[str, ...]]"  # a text, and a note for what had to be detected

# What the fields of an article are called, without case, "_", "-" and spaces; the first that has a value wins.
_NAMES = {
    "published": ("datepublished", "published", "publishedat", "publishedon", "publicationdate", "pubdate", "date",
                  "versioncreated"),
    "title": ("headline", "headlinemain", "headlines", "title"),
    "source": ("publisher", "provider", "source"),
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
_PASSED_OVER = ("author", "authors", "byline", "category", "keywords", "language", "link", "section", "tags",
                "updated", "url")  # fmt: skip
_LABELS = {*_FIELDS, *_PASSED_OVER}
_BODIES = ("articlebody", "bodytext", "bodymain", "text", "body")
_HTML_BODIES = ("bodyxhtml", "bodyhtml", "bodyhtml5", "bodyrichtext")
_HEADER_LINES = 50  # no header is longer
_LINE_SUFFIXES = (".jsonl", ".ndjson")
_WANTED = "an object with articleBody (schema.org), body_text or bodies (ninjs) is wanted"

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = (
    r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:[+-]\d{2}:?\d{2}|(?:Z|UTC|GMT|BST|CES?T|EES?T|[ECMP][SD]?T)\b))?"
)
_ISO = re.compile(rf"(\d{{4}})([-/.]?)(\d{{2}})\2(\d{{2}})(?:(?:T|,? ){_CLOCK}|T\d{{4,6}}(?:Z|[+-]\d{{4}})?)?", re.I)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_WRITTEN = re.compile(
    rf"(?:([a-z]{{3,9}})\.?,? )?(?:([a-z]{{3,9}})\.? {_DAY}|{_DAY}(?: of)? ([a-z]{{3,9}})\.?),? (\d{{4}})"
    rf"(?:,?(?: at)? {_CLOCK}(?: \([A-Z]{{1,5}}\))?)?",
    re.I,
)
_NUMERIC = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z _-]{0,24}):[ \t]*((?:\S[^\r\n]{0,299})?)(?=[\r\n]|\Z)")
_DATE_LINE = re.compile(r"\s*date[ \t]+([A-Za-z0-9][^\r\n]{3,60})(?=[\r\n]|\Z)", re.I)
_DATE_WORD = re.compile(rf"\s*date:?[ \t]+({_NUMERIC.pattern}(?:[T ]{_CLOCK})?)[,;:]?(?=\s|\Z)", re.I)
_FENCE = re.compile(r"\s*---[ \t]*[\r\n]+")
_FRONT_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?")
_JSON_START = re.compile(r"[\s\ufeff]*(?:\{\s*[\"}]|\[\s*[{\]])")
_HTML_START = re.compile(r"[\s\ufeff]*<(?:[^\0]{0,1000}?<)??(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DOCUMENTS = (  # some of these are text to a decoder, and none of them is an article
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or a word processor's document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x1f\x8b", "a gzip archive"),
)
_NOWHERE = Span(0, 0)


@attrs.frozen
class _Taken:
    """A value that was found as metadata: its field (``None`` has no place in an article) and where it stood."""

    field: str | None
    value: object
    origin: str


@attrs.frozen
class _Draft:
    """What a format yields, before the caller's own values are laid over it."""

    text: str
    taken: tuple[_Taken, ...] = ()
    header: Span = _NOWHERE
    notes: tuple[str, ...] = ()


def read(
    path_or_stream: Readable,
    *,
    name: str | None = None,
    source: str | None = None,
    published: datetime.date | str | None = None,
    title: str | None = None,
    size_limit: int = SIZE_LIMIT,
) -> Article:
    """Read one article from a file, from a text or binary stream, or from standard input (``"-"``).

    Args:
        path_or_stream: plain text, HTML (extra ``html``), or JSON (schema.org NewsArticle, IPTC ninjs).
        name: what to call the article in messages; the path as it is given, if left out.
        source: who published it. This, ``published`` and ``title`` win over what the file says.
        published: the day it was published: a date, or a string in a form that a header may have.
        title: its title.
        size_limit: how many bytes (characters of a text stream) are read at most.

    Returns:
        The article: ``text`` is the whole text as it was decoded (the body, for JSON and HTML), ``header`` the span
        that was read as metadata, and ``notes`` has a line for each thing that was taken or detected.

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
    given = {"source": source, "published": published, "title": title}
    name = _name(path_or_stream, name)
    with _opened(path_or_stream, name, size_limit) as stream:
        found = _drafts(_take(stream, name, size_limit), name, _suffix(path_or_stream))
        articles = [_article(draft, known, given) for known, draft in found]
    if len(articles) != 1:
        reason = f"holds {len(articles)} articles; take one from read_all(), or give each a file of its own"
        raise ReadError(name, reason)
    return attrs.evolve(articles[0], name=name)


def read_all(
    path_or_stream: Readable,
    *,
    name: str | None = None,
    source: str | None = None,
    published: datetime.date | str | None = None,
    size_limit: int = SIZE_LIMIT,
) -> Iterator[Article]:
    r"""Yield each article of a file: JSON Lines, a JSON array, or a file with one article in any form.

    The arguments are those of `read`. JSON Lines are read one at a time, and each line may be of the size limit;
    any other file is read at once. An article is called after its place: ``wire.jsonl:3`` is the third line,
    ``wire.json#3`` the third of an array.

    Raises:
        ReadError: while iterating, at the first article that cannot be read.
        SettingsError: ``size_limit`` is less than 1.

    >>> import io
    >>> wire = io.StringIO('{"text": "Rain fell."}\n{"text": "Snow fell."}\n')
    >>> [(article.name, article.text) for article in read_all(wire, name="wire.jsonl")]
    [('wire.jsonl:1', 'Rain fell.'), ('wire.jsonl:2', 'Snow fell.')]
    """
    given = {"source": source, "published": published}
    name, suffix = _name(path_or_stream, name), _suffix(path_or_stream)
    with _opened(path_or_stream, name, size_limit) as stream:
        first = stream.readline(size_limit + 1)
        if first.strip() and (suffix in _LINE_SUFFIXES or _is_json_line(first)):
            rest = iter(lambda: stream.readline(size_limit + 1), first[:0])
            found = _line_drafts((_checked(line, name, size_limit) for line in itertools.chain([first], rest)), name)
        else:
            found = _drafts(_take(stream, name, size_limit, first), name, suffix)
        for known, draft in found:
            yield _article(draft, known, given)


# -- from a path to bytes or characters ---------------------------------------------------------------------------


def _one_line(value: object) -> str:
    """Return ``value`` as one printable line: file names and metadata end up in messages and on terminals."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())


def _quoted(value: object) -> str:
    line = _one_line(str(value)[:200])
    return f'"{line if len(line) <= 80 else line[:79] + "…"}"'


def _key(label: str) -> str:
    return re.sub(r"[\s_-]", "", label).casefold()


def _name(path_or_stream: Readable, name: str | None) -> str:
    if name is None and not hasattr(path_or_stream, "read"):
        name = os.fsdecode(path_or_stream)
        name = "<stdin>" if name == "-" else name
    return _one_line(getattr(path_or_stream, "name", "<stream>") if name is None else name)


def _suffix(path_or_stream: Readable) -> str:
    path = getattr(path_or_stream, "name", path_or_stream)
    return pathlib.PurePath(path).suffix.lower() if isinstance(path, (str, os.PathLike)) else ""


@contextlib.contextmanager
def _opened(path_or_stream: Readable, name: str, size_limit: int) -> Iterator[IO[Any]]:
    """Open what is a path, leave open what came open, and tell every failure in one line."""
    if size_limit < 1:
        raise SettingsError(f"size_limit must be at least 1, not {size_limit}")
    try:
        if not isinstance(path_or_stream, (str, os.PathLike)):
            yield path_or_stream
        elif os.fspath(path_or_stream) == "-":
            yield getattr(sys.stdin, "buffer", sys.stdin)
        else:
            if "\0" in os.fspath(path_or_stream):
                raise FileNotFoundError
            with open(path_or_stream, "rb") as stream:
                yield stream
    except FileNotFoundError:
        raise ReadError(name, "there is no such file; check the path, or make an Article of a text") from None
    except IsADirectoryError:
        raise ReadError(name, "is a directory; name a file in it") from None
    except PermissionError:
        raise ReadError(name, "may not be read; check its permissions") from None
    except UnicodeDecodeError as error:
        raise ReadError(name, f"is not {error.encoding}; open the stream in binary mode or as what it is") from None
    except OSError as error:
        raise ReadError(name, f"cannot be read ({_one_line(error.strerror or error)}); check the path") from None


def _take(stream: IO[Any], name: str, size_limit: int, first: Any = None) -> _Decoded:
    parts = [] if first is None else [first]
    size = sum(map(len, parts))
    while size <= size_limit and (part := stream.read(size_limit + 1 - size)):  # a pipe may give less than asked
        parts.append(part)
        size += len(part)
    return _checked(parts[0][:0].join(parts) if parts else "", name, size_limit)


def _checked(content: str | bytes, name: str, size_limit: int) -> _Decoded:
    if len(content) > size_limit:
        unit = "bytes" if isinstance(content, bytes) else "characters"
        raise ReadError(name, f"is larger than {size_limit:,} {unit}; make it smaller or raise the size limit")
    return (content, ()) if isinstance(content, str) else _decode(content, name)


def _decode(raw: bytes, name: str) -> _Decoded:
    for start, document in _DOCUMENTS:
        if raw.startswith(start):
            raise ReadError(name, f"is {document}, not text; save the article as plain text")
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if raw.startswith(mark)), None)
    if marked is None and b"\0" in raw:
        raise ReadError(name, f"is binary, not text (a NUL byte at {raw.index(0):,}); save the article as plain text")
    try:
        text = raw.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked is None:
            return _detect(raw, name, error.start)
        reason = f"starts as {marked} but byte {error.start:,} is not; save the article as UTF-8"
        raise ReadError(name, reason) from None
    return text, () if marked in (None, "utf-8-sig") else (f"read as {marked}, by its byte order mark",)


def _detect(raw: bytes, name: str, position: int) -> _Decoded:
    from charset_normalizer import from_bytes

    # The few other bytes of an English text fit many encodings: the usual one is asked first, then those in real use.
    first = from_bytes(raw, cp_isolation=["cp1252"], threshold=0.05).best()
    others = ["mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "koi8_r"]
    match = first or from_bytes(raw, cp_isolation=others, threshold=0.1).best()
    if match and (match is first or match.coherence > 0.2):  # chance bytes make letters, but no language
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(match.encoding), (f"read as {match.encoding}, which was detected: it is not UTF-8",)
    reason = f"cannot be decoded (byte 0x{raw[position]:02x} at {position:,} is not UTF-8); save the article as UTF-8"
    raise ReadError(name, reason)


# -- from text to drafts ------------------------------------------------------------------------------------------


def _drafts(decoded: _Decoded, name: str, suffix: str) -> Iterator[tuple[str, _Draft]]:
    """Yield each article of a text with its name."""
    text, notes = decoded
    if not text.replace("\ufeff", "").strip():
        raise ReadError(name, f"{'has only white space' if text else 'is empty'}; an article has a sentence or more")
    if suffix in (".json", *_LINE_SUFFIXES) or _JSON_START.match(text):
        first, _, rest = text.partition("\n")
        if suffix in _LINE_SUFFIXES or (rest.strip() and _is_json_line(first)):
            yield from _line_drafts(((line, notes) for line in text.split("\n")), name)
        else:
            yield from _json_drafts(_parse(text, name), name, notes)
    elif _HTML_START.match(text) or (suffix in (".html", ".htm", ".xhtml") and "<" in text):
        yield name, _html_draft(text, name, notes)
    else:
        yield name, _text_draft(text, name, notes)


def _article(draft: _Draft, name: str, given: dict[str, Any]) -> Article:
    """Return the article of a draft; what the caller gave wins over what was found."""
    _check_text(draft.text, name)
    notes = list(draft.notes)
    values = dict(given)
    if values["published"] is not None:
        values["published"] = _read_date(values["published"], name, "published " + _quoted(values["published"]))
    for taken in draft.taken:
        if taken.field is None or values.get(taken.field) is not None:
            notes.append(f"passed over {taken.origin}")
            continue
        dated = taken.field == "published"
        value = _read_date(taken.value, name, taken.origin) if dated else _one_line(taken.value)
        values[taken.field] = value
        notes.append(f"{taken.field} {value} from {taken.origin}")
    return Article(text=draft.text, name=name, header=draft.header, notes=tuple(notes), **values)


def _check_text(text: str, name: str) -> None:
    controls = _CONTROL.findall(text)
    if "\0" in controls or len(controls) * 100 > len(text):  # a stray one is a slip of the keyboard
        raise ReadError(name, "is binary, not text (control characters); save the article as plain text")
    if broken := _SURROGATE.search(text):
        raise ReadError(name, f"has half of a surrogate pair at {broken.start():,}; write the character as UTF-8")


def _is_json_line(line: str | bytes) -> bool:
    try:
        return isinstance(json.loads(line.lstrip("\ufeff") if isinstance(line, str) else line), dict)
    except (ValueError, RecursionError):
        return False


def _line_drafts(lines: Iterable[_Decoded], name: str) -> Iterator[tuple[str, _Draft]]:
    for number, (line, notes) in enumerate(lines, 1):
        if line.strip():
            yield from _json_drafts(_parse(line, name, number), f"{name}:{number}", notes)


# -- plain text ---------------------------------------------------------------------------------------------------


def _text_draft(text: str, name: str, notes: tuple[str, ...]) -> _Draft:
    taken, end = _front_matter(text) or _header_lines(text)
    if not any(each.field for each in taken):
        return _Draft(text, notes=notes)
    body = text[end:].lstrip()
    if not body:
        raise ReadError(name, "has a header and no text below it; add the text of the article")
    return _Draft(text, tuple(taken), Span(0, len(text) - len(body)), notes)


def _front_matter(text: str) -> tuple[list[_Taken], int] | None:
    """Return what stands between two ``---`` lines at the top, if it is ``key: value`` lines, and where it ends."""
    opening = _FENCE.match(text)
    taken: list[_Taken] = []
    lines = _LINE.finditer(text, opening.end()) if opening else ()
    for line in itertools.islice(lines, _HEADER_LINES):
        content = line[1].rstrip()
        if content in ("---", "..."):
            return taken, line.end()
        if entry := _FRONT_LINE.fullmatch(content):
            value = (entry[2] or "").strip()
            value = value[1:-1] if value[:1] in ("'", '"') and value[-1:] == value[:1] else value
            simple = value and value[0] not in "[{|>&*!"
            taken.append(_Taken(_FIELDS.get(_key(entry[1])) if simple else None, value, _quoted(content)))
        elif content and content[0] not in " \t#-":  # nested values and comments are not read, other text is no header
            break
    return None


def _header_lines(text: str) -> tuple[list[_Taken], int]:
    taken: list[_Taken] = []
    end = 1 if text.startswith("\ufeff") else 0
    while len(taken) < _HEADER_LINES and (found := _header_line(text, end)):
        taken.append(found[0])
        end = found[1]
    return taken, end


def _header_line(text: str, start: int) -> tuple[_Taken, int] | None:
    """Return the header line at ``start`` and where it ends; a bare date may have the first sentence behind it."""
    if found := _DATE_WORD.match(text, start):
        return _Taken("published", found[1], _quoted(found[0])), found.end()
    if (found := _LABEL.match(text, start)) and (key := _key(found[1])) in _LABELS:
        return _Taken(_FIELDS.get(key) if found[2] else None, found[2], _quoted(found[0])), found.end()
    if (found := _DATE_LINE.match(text, start)) and _WRITTEN.fullmatch(found[1].rstrip()):
        return _Taken("published", found[1], _quoted(found[0])), found.end()
    return None


# -- JSON and HTML ------------------------------------------------------------------------------------------------


def _parse(text: str, name: str, line: int | None = None) -> object:
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        reason = f"is broken JSON at line {line or error.lineno}, column {error.colno} ({error.msg.lower()})"
        raise ReadError(name, f"{reason}; correct it there") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        raise ReadError(name, "is JSON that no article needs (too deep, or too long a number); cut it down") from None


def _json_drafts(value: object, name: str, notes: tuple[str, ...]) -> Iterator[tuple[str, _Draft]]:
    """Yield the articles of a JSON value: an object, the objects of an array, or those of a JSON-LD ``@graph``."""
    items: list[object] = []
    for item in value if isinstance(value, list) else [value]:
        graph = item.get("@graph") if isinstance(item, dict) else None
        items += graph if isinstance(graph, list) else [item]
    linked = {item["@id"]: item for item in items if isinstance(item, dict) and isinstance(item.get("@id"), str)}
    articles = [(number, item) for number, item in enumerate(items, 1) if not _is_other(item)]
    if not articles:
        raise ReadError(name, f"holds no article; {_WANTED}")
    for number, item in articles:
        known = name if len(items) == 1 else f"{name}#{number}"
        yield known, _json_draft(item, linked, known, notes)


def _is_other(item: object) -> bool:
    """Tell what stands beside an article in JSON-LD and is none: its publisher, its page, its pictures."""
    if not isinstance(item, dict) or any(_key(key) in (*_BODIES, *_HTML_BODIES) for key in item):
        return False
    kinds = item.get("@type", "Article")
    return not any(
        str(kind).endswith(("Article", "Posting")) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _json_draft(item: object, linked: dict[str, Any], name: str, notes: tuple[str, ...]) -> _Draft:
    if not isinstance(item, dict):
        raise ReadError(name, f"is no JSON object; {_WANTED}")
    fields = {_key(key): (key, value) for key, value in reversed(item.items())}  # of equal keys the first stays
    text, body = _json_body(fields, name)
    taken: list[_Taken] = []
    for field, names in _NAMES.items():
        found = [(fields[each][0], _plain(fields[each][1], linked)) for each in names if each in fields]
        taken += [_Taken(field, value, _quoted(f"{key}: {value}")) for key, value in found if value][:1]
    return _Draft(text, tuple(taken), notes=(*notes, f"text from {body}"))


def _json_body(fields: dict[str, tuple[str, Any]], name: str) -> tuple[str, str]:
    """Return the body as plain text and the key it stands under; plain text goes before HTML, as it is never cut."""
    plain = [fields[key] for key in _BODIES if key in fields]
    html = [fields[key] for key in _HTML_BODIES if key in fields]
    bodies = fields.get("bodies", ("", None))[1]
    for body in bodies if isinstance(bodies, list) else ():
        if isinstance(body, dict):
            form = str(body.get("contentType") or body.get("contenttype") or body.get("role") or "")
            if "xml" not in form.replace("xhtml", ""):
                (html if "html" in form else plain).append(("bodies", body.get("value")))
    for key, value in plain:
        if isinstance(value, str) and value.strip():
            return value, key
    for key, value in html:
        if isinstance(value, str) and value.strip():
            return _extract(f"<html><body><article>{' '.join(value.split())}</article></body></html>", name)[0], key
    raise ReadError(name, f"has no article body; {_WANTED}")


def _plain(value: Any, linked: dict[str, Any]) -> str | int | None:
    """Return the string in a value of JSON-LD or ninjs: of several the main or first, of an object its name."""
    for _ in range(4):  # deeper nesting than list, reference, object, value means nothing
        if isinstance(value, list):
            main = [each for each in value if isinstance(each, dict) and each.get("role") == "main"]
            value = next(iter(main or value), None)
        elif isinstance(value, dict):
            value = {**linked.get(str(value.get("@id")), {}), **value}
            value = value.get("name") or value.get("@value") or value.get("value")
    return value if isinstance(value, (str, int)) else None


def _html_draft(text: str, name: str, notes: tuple[str, ...]) -> _Draft:
    body, document = _extract(text if _HTML_START.match(text) else f"<html><body>{text}</body></html>", name)
    found = {"published": document.date, "title": document.title, "source": document.sitename}
    if document.title and _one_line(body.split("\n")[0]) == _one_line(document.title):
        del found["title"]  # it is the first sentence
    taken = tuple(_Taken(field, value, "the HTML metadata") for field, value in found.items() if value)
    return _Draft(body, taken, notes=(*notes, "text from HTML"))


def _extract(markup: str, name: str) -> tuple[str, Any]:
    """Return the text of the article in an HTML page, a blank line between its paragraphs, and its metadata."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import use_config
    except ImportError:
        raise ReadError(name, 'is HTML, which takes an extra: pip install "news-consistency[html]"') from None
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")  # else what is short goes to a fallback that splits at inline tags
    document: Any = bare_extraction(
        markup,
        config=config,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},  # what is said, not what is likely
    )
    paragraphs = [line for line in (document.text or "").split("\n") if line.strip()] if document else []
    if not paragraphs:
        raise ReadError(name, "is HTML without the text of an article; save the article as plain text")
    return "\n\n".join(paragraphs), document


# -- dates --------------------------------------------------------------------------------------------------------


def _read_date(value: object, name: str, origin: str) -> datetime.date:
    if isinstance(value, datetime.date):
        return value.date() if isinstance(value, datetime.datetime) else value
    text = " ".join(str(value).split())
    try:
        found = _find_date(text)
    except ValueError:
        raise ReadError(name, f"{origin} is no day of the calendar; write it as YYYY-MM-DD") from None
    if found is None:
        why = "can be read as more than one date" if _NUMERIC.fullmatch(text) else "is no date"
        raise ReadError(name, f"{origin} {why}; write it as YYYY-MM-DD")
    return found


def _find_date(text: str) -> datetime.date | None:
    """Return the date that ``text`` is; raise ValueError if there is no such day."""
    if found := _ISO.fullmatch(text):
        return datetime.date(int(found[1]), int(found[3]), int(found[4]))
    if not (found := _WRITTEN.fullmatch(text)):
        return None
    weekday, before, _, _, after, year = found.groups()
    months = [n for n, month in enumerate(_MONTHS, 1) if month.startswith((before or after).lower())]
    weekdays = [n for n, name in enumerate(_WEEKDAYS) if name.startswith((weekday or name).lower())]
    if not months or not weekdays:
        return None
    day = datetime.date(int(year), months[0], int(found[3] or found[4]))
    if day.weekday() not in weekdays:
        raise ValueError(weekday)
    return day
