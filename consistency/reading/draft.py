"""What a format yields: a text, and what was found beside it."""

from __future__ import annotations

import re

import attrs

from consistency.model import Span

# What the fields of an article are called, without case, "_", "-" and spaces; the first that has a value wins.
NAMES: dict[str, tuple[str, ...]] = {
    "published": ("datepublished", "published", "publishedat", "publishedon", "publicationdate", "pubdate", "date",
                  "versioncreated", "datecreated", "contentcreated", "firstcreated"),
    "title": ("headline", "headlinemain", "headlines", "title"),
    "source": ("publisher", "provider", "source"),
    "id": ("id", "identifier", "@id", "guid", "uri", "url"),
}  # fmt: skip
FIELDS: dict[str, str] = {name: field for field, names in NAMES.items() for name in names}
NOWHERE = Span(0, 0)


@attrs.frozen
class Taken:
    """A value that was found as metadata: its field (``None`` has no place in an article) and where it stood."""

    field: str | None
    value: str | int | float
    origin: str


@attrs.frozen
class Draft:
    """The article of a file, before the caller's own values are laid over it."""

    name: str
    text: str
    taken: tuple[Taken, ...] = ()
    header: Span = NOWHERE
    notes: tuple[str, ...] = ()


def one_line(value: object) -> str:
    """Return ``value`` as one printable line: file names and metadata end up in messages and on terminals."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())


def quoted(value: object) -> str:
    """Return ``value`` as one short line between quotes."""
    line = one_line(str(value)[:200])
    return f'"{line if len(line) <= 80 else line[:79] + "…"}"'


def fold_label(label: str) -> str:
    """Return the form in which labels of one name are equal."""
    return re.sub(r"[\s_-]", "", label).casefold()
