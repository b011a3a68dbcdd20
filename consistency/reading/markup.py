"""Markup becomes text: fragments of HTML and NITF by a scan of their tags, whole pages by trafilatura.

No parser of XML is at work, so there are no entities to expand and nothing to fetch; the scan is linear.
"""

from __future__ import annotations

import html
import html.entities
import re
from typing import Any

from consistency.errors import ReadError
from consistency.reading.draft import Draft, Taken, one_line

HTML_START = re.compile(r"[\s\ufeff]*<(?:[^\0]{0,1000}?<)??(?:!doctype\s+html|html|head|body)[\s>]", re.I)

_TAG = re.compile(r"<(/?)(?:[A-Za-z][\w-]{0,20}:)?([A-Za-z][\w.-]{0,40})((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|[^<>]*)>")
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_ENTITY = re.compile(r"&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,31}\d{0,2});", re.I)

_LEFT_OUT = frozenset(
    "aside audio button datalist figure form head iframe math media media-caption nav noscript object script select "
    "style svg template textarea video".split()
)
_BLOCKS = frozenset(
    "abstract address article block blockquote body body.content body.end body.head byline caption center dateline dd "
    "details distributor div dl dt fieldset footer h1 h2 h3 h4 h5 h6 header hedline hgroup hl1 hl2 hr html legend li "
    "main nitf note ol p pre section summary table tagline tbody tfoot thead title tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em embed figcaption font i img input ins kbd label link "
    "mark meta meter param picture progress q s samp small source span strike strong sub sup time track tt u var "
    "wbr".split()
)
_KNOWN = _LEFT_OUT | _BLOCKS | _CELLS | _INLINE


def is_marked(text: str) -> bool:
    """Say whether a text holds a tag of HTML: a stock's code between angle brackets (<ABC.N>) is none.

    >>> is_marked("Rain fell.<br/>"), is_marked("Brandt <BRD.N> rose")
    (True, False)
    """
    return any(tag[2].lower() in _KNOWN for tag in _TAG.finditer(text))


def flatten(markup: str, *, strange: bool = False) -> str:
    r"""Return the text in a fragment of markup, a blank line between its paragraphs.

    Scripts, figures, forms and their like are left out. Without tags only entities are resolved, and where no tag
    makes paragraphs the line breaks stay. With ``strange`` unknown tags are markup too.

    >>> flatten("<p>Rain fell in <b>Orlo</b> &amp; Tarn.</p><p>It stopped.</p>")
    'Rain fell in Orlo & Tarn.\n\nIt stopped.'
    >>> flatten("Brandt <BRD.N> rose")
    'Brandt <BRD.N> rose'
    """
    if not is_marked(markup):  # perhaps it was escaped as a whole
        markup = _resolve(markup)
        if not strange and not is_marked(markup):
            return markup
    markup = _DECLARATION.sub("", _cut(markup.replace("<![CDATA[", "").replace("]]>", ""), "<!--", "-->"))
    tags = [tag for tag in _TAG.finditer(markup) if strange or tag[2].lower() in _KNOWN]
    closed = {tag[2].lower(): tag.start() for tag in tags if tag[1]}  # where each is closed for the last time
    broken = any(tag[2].lower() in _BLOCKS or tag[2].lower() == "br" for tag in tags)
    parts: list[str] = []
    position, left_out = 0, ""
    for tag in tags:
        name = tag[2].lower()
        if left_out:
            if tag[1] and name == left_out:
                position, left_out = tag.end(), ""
            continue
        words = markup[position : tag.start()]
        parts.append(re.sub(r"\s+", " ", words) if broken else words)
        position = tag.end()
        if name in _LEFT_OUT:
            parts.append("\n\n" if broken else "")
            if not tag[1] and not tag[3].endswith("/") and closed.get(name, 0) > tag.start():
                left_out = name
        else:
            parts.append(_break(name, bool(tag[1])))
    parts.append(markup[position:] if not broken else re.sub(r"\s+", " ", markup[position:]))
    text = _resolve("".join(parts))
    if not broken:
        return text
    paragraphs = ("\n".join(" ".join(line.split()) for line in part.strip().split("\n")) for part in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _resolve(text: str) -> str:
    return _ENTITY.sub(_resolve_one, text)


def _resolve_one(entity: re.Match[str]) -> str:
    known = entity[1].startswith("#") or entity[1] + ";" in html.entities.html5
    return html.unescape(entity[0]) if known else entity[0]


def _break(name: str, closing: bool) -> str:
    if name in _BLOCKS:
        return "\n\n"
    if name in _CELLS:
        return " | " if not closing else ""
    return "\n" if name == "br" else ""


def _cut(text: str, start: str, stop: str) -> str:
    """Return ``text`` without what stands from each ``start`` to the ``stop`` behind it."""
    kept, position = [], 0
    while (begin := text.find(start, position)) >= 0 and (end := text.find(stop, begin)) >= 0:
        kept.append(text[position:begin])
        position = end + len(stop)
    return "".join(kept) + text[position:]


def read_page(text: str, name: str, notes: tuple[str, ...]) -> Draft:
    """Return the draft of an HTML page.

    Raises:
        ReadError: trafilatura is not installed, or finds no article.
    """
    body, document = _extract(text if HTML_START.match(text) else f"<html><body>{text}</body></html>", name)
    found = {"published": document.date, "title": document.title, "source": document.sitename}
    if document.title and one_line(body.split("\n")[0]) == one_line(document.title):
        del found["title"]  # it is the first sentence
    taken = tuple(Taken(field, value, "the HTML metadata") for field, value in found.items() if value)
    return Draft(name, body, taken, notes=(*notes, "text from HTML"))


def _extract(markup: str, name: str) -> tuple[str, Any]:
    """Return the text of the article in an HTML page, a blank line between its paragraphs, and its metadata."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import use_config
    except ImportError:
        raise ReadError(name, 'is HTML, which takes an extra: pip install "news-consistency[html]"') from None
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")  # else what is short goes to a fallback that splits at inline tags
    dates = {"extensive_search": False, "original_date": True}  # what is said, not what is likely
    try:
        document: Any = bare_extraction(
            markup, config=config, include_comments=False, with_metadata=True, date_extraction_params=dates
        )
    except Exception as error:  # what parsers of others make of hostile pages
        raise ReadError(name, f"is HTML that cannot be read ({type(error).__name__}); save it as plain text") from None
    paragraphs = [line for line in (document.text or "").split("\n") if line.strip()] if document else []
    if not paragraphs:
        raise ReadError(name, "is HTML without the text of an article; save the article as plain text")
    return "\n\n".join(paragraphs), document
