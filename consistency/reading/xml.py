"""XML of news agencies: NITF and NewsML-G2 are read, feeds and all other XML is refused with the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consistency.errors import ReadError
from consistency.reading.draft import Draft, Taken, quoted
from consistency.reading.markup import flatten

_PROLOG = re.compile(
    r"[\s\ufeff]*(?:<\?[^<>]*\?>|<!--[^<>]*-->|<!DOCTYPE[^<>\[]*(?:\[[^\]]{0,10000}\]\s*)?>|\s)*", re.I
)
_ROOT = re.compile(r"<(?:[A-Za-z][\w-]{0,20}:)?([A-Za-z][\w.-]{0,40})")
_FEEDS = ("rss", "feed", "rdf")
_READ = ("nitf", "newsitem", "newsmessage", "newsml")
_OTHERS = ("packageitem", "knowledgeitem", "sitemapindex", "urlset", "opml")


def find_root(text: str, suffix: str) -> str:
    """Return the name of the outermost element of an XML document in lower case, empty for HTML and other text.

    >>> find_root('<?xml version="1.0"?><rss version="2.0">', ""), find_root("<b>Rain</b> fell.", "")
    ('rss', '')
    """
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    if root is None:
        return ""
    name = root[1].lower()
    sure = name in (*_FEEDS, *_READ, *_OTHERS) or suffix == ".xml" or (prolog and "<?xml" in prolog[0].lower())
    return name if sure and name != "html" else ""


def read_xml(text: str, root: str, name: str, notes: tuple[str, ...]) -> Iterator[Draft]:
    """Yield the articles of an XML document.

    Raises:
        ReadError: it is a feed, of an unknown kind, or without the text of an article.
    """
    if root in _FEEDS:
        raise ReadError(name, "is a feed, not an article; save each entry as a text, or all as JSON Lines")
    items = list(_elements(text, "newsItem")) or ([text] if root in _READ else [])
    drafts = [draft for item in items if (draft := _read_item(item, name, notes))]
    if not drafts:
        kind = "without the text of an article" if items else f"of an unknown kind ({root})"
        raise ReadError(name, f"is XML {kind}; NITF and NewsML-G2 are read, else save the article as plain text")
    for number, draft in enumerate(drafts, 1):
        yield draft if len(drafts) == 1 else Draft(f"{name}#{number}", draft.text, draft.taken, notes=draft.notes)


def read_nitf(text: str) -> str:
    """Return the text of the body of an NITF document, empty if it has none.

    >>> read_nitf("<nitf><body><body.content><p>Rain fell.</p></body.content></body></nitf>")
    'Rain fell.'
    """
    return flatten(_first(text, "body.content"), strange=True)


def _read_item(item: str, name: str, notes: tuple[str, ...]) -> Draft | None:
    """Return the draft of a news item, None if it is no text."""
    inline = _first(item, "inlineXML") or item
    text = read_nitf(inline)
    if not text:
        text = flatten(_first(inline, "body"), strange=True)
    if not text:
        text = flatten(_first(item, "inlineData"))
    if not text.strip():
        return None
    day = _attribute(item, r"date\.(?:release|issue)", "norm")
    holder = _attribute(item, "provider", "literal") or _attribute(item, r"doc\.copyright", "holder")
    found = {
        "title": _first(item, "headline") or _first(item, "hl1"),
        "published": _first(item, "versionCreated") or day,
        "source": _first(_first(item, "provider"), "name") or holder,
    }
    taken = ((field, " ".join(flatten(value, strange=True).split())) for field, value in found.items())
    metadata = tuple(Taken(field, value, quoted(f"{field}: {value}")) for field, value in taken if value)
    return Draft(name, text, metadata, notes=(*notes, "text from XML"))


def _first(text: str, name: str) -> str:
    return next(_elements(text, name), "")


def _elements(text: str, name: str) -> Iterator[str]:
    """Yield what is inside each element of a name, which does not hold itself."""
    tag = re.compile(rf"<(/?)(?:[A-Za-z][\w-]{{0,20}}:)?{re.escape(name)}(?:\s[^<>]*)?>", re.I)
    start = None
    for found in tag.finditer(text):
        if not found[1] and not found[0].endswith("/>"):
            start = found.end() if start is None else start
        elif found[1] and start is not None:
            yield text[start : found.start()]
            start = None


def _attribute(text: str, element: str, name: str) -> str:
    found = re.search(rf"<(?:[A-Za-z][\w-]{{0,20}}:)?{element}\s(?:[^<>]*\s)?{name}=[\"']([^<>\"']*)", text, re.I)
    return found[1] if found else ""
