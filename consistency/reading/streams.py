"""From a path or a stream to text: bytes are opened, bounded and decoded."""

from __future__ import annotations

import codecs
import contextlib
import os
import pathlib
import re
import sys
from collections.abc import Iterator
from typing import IO, Any, TypeAlias

from consistency.errors import ReadError, SettingsError
from consistency.reading.draft import one_line

Readable: TypeAlias = "str | os.PathLike[str] | IO[str] | IO[bytes]"
Decoded: TypeAlias = "tuple[str, tuple[str, ...]]"  # a text, and a note for what had to be detected

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
_URL = re.compile(r"(?:[a-z][a-z\d+.-]{1,20}://|https?:/)", re.I)  # a Path has lost one of its slashes
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z][\w.:-]{1,40})")
_BLANK_LINES = 1000  # between two lines of JSON Lines
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def name_of(path_or_stream: Readable, name: str | None) -> str:
    """Return what to call an input in messages."""
    if name is None and not hasattr(path_or_stream, "read"):
        name = os.fsdecode(path_or_stream)
        name = "<stdin>" if name == "-" else name
    return one_line(getattr(path_or_stream, "name", "<stream>") if name is None else name)


def suffix_of(path_or_stream: Readable) -> str:
    """Return the suffix of an input's name, in lower case."""
    path = getattr(path_or_stream, "name", path_or_stream)
    return pathlib.PurePath(path).suffix.lower() if isinstance(path, (str, os.PathLike)) else ""


@contextlib.contextmanager
def opened(path_or_stream: Readable, name: str, size_limit: int) -> Iterator[IO[Any]]:
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
    except (OSError, ValueError) as error:  # ValueError: a closed stream, a name with half of a surrogate pair
        raise ReadError(name, _tell_failure(error, name)) from None


def tell_url(url: str) -> str:
    """Return what to say of a URL, empty for what is none.

    >>> tell_url("https://example.org/rain")
    "is a URL, and nothing is fetched; curl -sL 'https://example.org/rain' | consistency compare - OTHER"
    """
    if not _URL.match(url):
        return ""
    return f"is a URL, and nothing is fetched; curl -sL '{one_line(url)}' | consistency compare - OTHER"


def _tell_failure(error: OSError | ValueError, name: str) -> str:
    if isinstance(error, FileNotFoundError):
        return tell_url(name) or "there is no such file; check the path, or make an Article of a text"
    if isinstance(error, IsADirectoryError):
        return "is a directory; name a file in it"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    if isinstance(error, UnicodeDecodeError):
        return f"is not {error.encoding}; open the stream in binary mode or as what it is"
    return f"cannot be read ({one_line(getattr(error, 'strerror', None) or error)}); check the path"


def read_lines(stream: IO[Any], size_limit: int) -> Iterator[str | bytes]:
    """Yield the lines of a stream; of a line beyond the limit one character more than that is kept."""
    while line := stream.readline(size_limit + 1):
        yield line
        newline = "\n" if isinstance(line, str) else b"\n"
        while len(line) > size_limit and not line.endswith(newline):
            line = stream.readline(size_limit + 1)


def first_lines(lines: Iterator[str | bytes], size_limit: int) -> list[Any]:
    """Return the lines up to the second one that is not blank, or up to one beyond the limit."""
    head: list[Any] = []
    said = 0
    for line in lines:
        head.append(line)
        said += bool(line.strip())
        if said == 2 or len(line) > size_limit or len(head) == _BLANK_LINES:
            break
    return head


def read_on(head: list[Any], stream: IO[Any], size_limit: int) -> str | bytes:
    """Return what was read with the rest of its stream, as far as one character beyond the limit."""
    parts = list(head)
    size = sum(map(len, parts))
    while size <= size_limit and (part := stream.read(size_limit + 1 - size)):  # a pipe may give less than asked
        parts.append(part)
        size += len(part)
    joined: str | bytes = parts[0][:0].join(parts) if parts else ""
    return joined


def decode(content: str | bytes, name: str, size_limit: int) -> Decoded:
    """Return the text of a file or of a line, with a note for what had to be detected.

    Raises:
        ReadError: it is beyond the limit, no text, or in no encoding that can be told.
    """
    if len(content) > size_limit:
        unit = "bytes" if isinstance(content, bytes) else "characters"
        raise ReadError(name, f"is larger than {size_limit:,} {unit}; make it smaller or raise the size limit")
    return (content, ()) if isinstance(content, str) else _decode(content, name)


def check_text(text: str, name: str) -> None:
    """Raise ReadError for what is no text after all."""
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\0" in text or controls * 100 > len(text):  # a stray one is a slip of the keyboard
        raise ReadError(name, "is binary, not text (control characters); save the article as plain text")
    if broken := _SURROGATE.search(text):
        raise ReadError(name, f"has half of a surrogate pair at {broken.start():,}; write the character as UTF-8")


def _decode(raw: bytes, name: str) -> Decoded:
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


def _detect(raw: bytes, name: str, position: int) -> Decoded:
    from charset_normalizer import from_bytes

    if raw.lstrip()[:1] == b"<" and (declared := _DECLARED.search(raw[:1024])):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            encoding = declared[1].decode("ascii")
            return raw.decode(encoding), (f"read as {encoding}, as it says itself",)
    # The few other bytes of an English text fit many encodings: the usual one is asked first, then those in real use.
    first = from_bytes(raw, cp_isolation=["cp1252"], threshold=0.05).best()
    others = ["mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "koi8_r"]
    match = first or from_bytes(raw, cp_isolation=others, threshold=0.1).best()
    if match and (match is first or match.coherence > 0.2):  # chance bytes make letters, but no language
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(match.encoding), (f"read as {match.encoding}, which was detected: it is not UTF-8",)
    reason = f"cannot be decoded (byte 0x{raw[position]:02x} at {position:,} is not UTF-8); save the article as UTF-8"
    raise ReadError(name, reason)
