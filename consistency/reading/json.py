"""JSON: schema.org's news articles, IPTC's ninjs and plain objects; what stands beside an article is passed over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from consistency.errors import ReadError
from consistency.reading.draft import NAMES, Draft, Taken, fold_label, one_line, quoted
from consistency.reading.markup import flatten, is_marked
from consistency.reading.xml import read_nitf

BODIES = ("articlebody", "bodytext", "bodymain", "text", "body", "contenttext", "content", "fulltext",
          "bodyhtml", "bodyhtml5", "bodyxhtml", "bodyrichtext", "contenthtml", "bodynitf", "bodies")  # fmt: skip
_UPDATES = "liveblogupdate"
_CONTAINERS = ("@graph", "mainentity", "itemlistelement", "item", "haspart", "articles", "items", "article")
_PROSE = ("text", "content", "value", "@value", "rendered", "articlebody", "body")
_NAMED = ("name", "@value", "value", "rendered", "main", "literal")
_NO_PROSE = re.compile(r"(?:image|audio|video)/|.*json")
_DEEPEST = 6  # containers in containers; more means nothing
_WANTED = "an object with articleBody (schema.org), body_text or bodies (ninjs) is wanted"

_Fields = Mapping[str, "tuple[str, Any]"]  # a folded key to the key as it is written, and its value


def parse_json(text: str, name: str, line: int | None = None) -> object:
    """Return the value of a JSON text, in whose strings line breaks may stand as they are.

    Raises:
        ReadError: it is broken, too deep, or has a number that no article needs.
    """
    try:
        return json.loads(text.lstrip("\ufeff"), strict=False)
    except json.JSONDecodeError as error:
        reason = f"is broken JSON at line {line or error.lineno}, column {error.colno} ({error.msg.lower()})"
        raise ReadError(name, f"{reason}; correct it there") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        raise ReadError(name, "is JSON that no article needs (too deep, or too long a number); cut it down") from None


def is_object(line: str | bytes) -> bool:
    """Say whether a line is a JSON object by itself."""
    try:
        return isinstance(json.loads(line.lstrip("\ufeff") if isinstance(line, str) else line), dict)
    except (ValueError, RecursionError):
        return False


def read_json(value: object, name: str, notes: tuple[str, ...]) -> Iterator[Draft]:
    """Yield the articles in a JSON value: an object, the members of an array, of a ``@graph`` or of a container.

    A member that is no article is passed over, with a note if it should have been one.

    Raises:
        ReadError: there is none.
    """
    members = list(_find_members(value, _DEEPEST))
    linked = {item["@id"]: item for item in members if isinstance(item, dict) and isinstance(item.get("@id"), str)}
    drafts: list[Draft] = []
    odd: list[ReadError] = []
    for number, member in enumerate(members, 1):
        called = name if len(members) == 1 else f"{name}#{number}"
        try:
            if not _is_other(member, alone=len(members) == 1):
                drafts.append(_read_member(member, linked, called, notes))
        except ReadError as error:
            odd.append(error)
    if not drafts:
        raise odd[0] if odd else ReadError(name, f"holds no article; {_WANTED}")
    passed_over = (f"passed over {error.name}, which {error.reason.partition(';')[0]}" for error in odd)
    yield attrs.evolve(drafts[0], notes=(*drafts[0].notes, *passed_over))
    yield from drafts[1:]


def _fold(item: Mapping[str, Any]) -> _Fields:
    return {fold_label(key): (key, value) for key, value in list(item.items())[::-1]}  # of equal keys the first stays


def _find_members(value: object, depth: int) -> Iterator[object]:
    """Yield what can be an article in arrays and containers, else the value itself."""
    if isinstance(value, list) and depth:
        for each in value:
            yield from _find_members(each, depth - 1)
        return
    inner: list[object] = []
    if isinstance(value, dict) and depth:
        fields, kind = _fold(value), _kind(value)
        if kind == "other" or not (kind == "trail" or _holds_text(fields)):
            held = [
                fields[name][1] for name in _CONTAINERS if isinstance(fields.get(name, ("", None))[1], (dict, list))
            ]
            inner = [member for each in held for member in _find_members(each, depth - 1)]
    yield from inner or [value]


def _holds_text(fields: _Fields) -> bool:
    return _UPDATES in fields or any(name in fields for name in BODIES)


def _kind(item: Mapping[str, Any]) -> str:
    """Return what an object says it is: an "article", the "trail" of pages above it, any "other", or nothing."""
    kinds = item.get("@type")
    names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]
    if any(name.endswith(("article", "posting")) for name in names):
        return "article"
    return "trail" if any(name.endswith("breadcrumblist") for name in names) else "other" if names else ""


def _is_other(item: object, *, alone: bool) -> bool:
    """Tell what stands beside an article and is none: its publisher, its page, its pictures, videos and comments."""
    if not isinstance(item, dict):
        return False
    if item.keys() <= {"@id", "@type"}:  # it is told elsewhere
        return True
    fields = _fold(item)
    if "articlebody" in fields or (alone and _holds_text(fields)):
        return False
    return _kind(item) in ("other", "trail")


def _read_member(item: object, linked: Mapping[str, Any], name: str, notes: tuple[str, ...]) -> Draft:
    if not isinstance(item, dict):
        raise ReadError(name, f"is no JSON object; {_WANTED}")
    fields = _fold(item)
    text, origin = _read_body(fields)
    if _UPDATES in fields:
        origin, updates = fields[_UPDATES]
        text = "\n\n".join(
            filter(None, [text, *map(_read_update, updates if isinstance(updates, list) else [updates])])
        )
    if not text:
        raise ReadError(name, f"has no article body; {_WANTED}")
    taken: list[Taken] = []
    for field, names in NAMES.items():
        found = [(fields[each][0], _plain(fields[each][1], linked)) for each in names if each in fields]
        known = [Taken(field, value, quoted(f"{key}: {value}")) for key, value in found if value]
        taken += known if field == "published" else known[:1]  # another date where the first cannot be read
    return Draft(name, text, tuple(taken), notes=(*notes, f"text from {origin}"))


def _read_body(fields: _Fields) -> tuple[str, str]:
    """Return the body as plain text, and the key it stands under; plain text goes before markup, as it is never cut."""
    found = [fields[name] for name in BODIES if name in fields and name != "bodies"]
    bodies = fields.get("bodies", ("", ()))[1]
    found += [("bodies", body) for body in (bodies if isinstance(bodies, list) else [bodies]) if _is_prose(body)]
    told = [(_is_foreign(value), key, _tell(value)) for key, value in found]
    for foreign, key, body in sorted(told, key=lambda each: (each[0], is_marked(each[2]))):
        text = read_nitf(body) or flatten(body, strange=foreign)
        if text.strip():
            return text, key
    return "", ""


def _read_update(update: object) -> str:
    """Return an update of a live blog: its headline, unless the text starts with it, and its text."""
    if not isinstance(update, dict):
        return _tell(update)
    fields = _fold(update)
    headline = one_line(_plain(fields.get("headline", ("", None))[1], {}) or "")
    text = _read_body(fields)[0]
    return text if text.startswith(headline) else "\n\n".join(filter(None, [headline, text]))


def _is_prose(body: object) -> bool:
    """Say whether a body of ninjs can be text by its media type."""
    return isinstance(body, str) or (isinstance(body, dict) and not _NO_PROSE.match(_media_type(body)))


def _is_foreign(body: object) -> bool:
    """Say whether a body of ninjs is XML of its agency's own: the last to be read."""
    form = _media_type(body) if isinstance(body, dict) else ""
    return "xml" in form and "html" not in form and "nitf" not in form


def _media_type(body: Mapping[str, Any]) -> str:
    return str(_fold(body).get("contenttype", ("", body.get("role")))[1] or "").lower()


def _tell(value: object, depth: int = _DEEPEST) -> str:
    """Return the prose in a value: a string, the paragraphs of a list, what an object says."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth:
        return "\n\n".join(text for each in value if (text := flatten(_tell(each, depth - 1)).strip()))
    if isinstance(value, dict) and depth:
        fields = _fold(value)
        told = (_tell(fields[name][1], depth - 1) for name in _PROSE if name in fields)
        return next((text for text in told if text.strip()), "")
    return ""


def _plain(value: Any, linked: Mapping[str, Any]) -> str | int | float | None:
    """Return the scalar in a value of JSON-LD or ninjs: of several the main or first, of an object its name."""
    for _ in range(4):  # deeper nesting than list, reference, object, value means nothing
        if isinstance(value, list):
            main = [each for each in value if isinstance(each, dict) and each.get("role") == "main"]
            value = next(iter(main or value), None)
        elif isinstance(value, dict):
            value = {**linked.get(str(value.get("@id")), {}), **value}
            value = next((value[name] for name in _NAMED if value.get(name)), None)
    if isinstance(value, str):
        return one_line(flatten(value))
    return value if isinstance(value, (int, float)) else None
