"""The JSON reports: contracts with a schema each, see ``docs/wire-schema.md``."""

from __future__ import annotations

import json

from consistency.model import Comparison
from consistency.report.summary import UNSAFE
from consistency.story import StoryReport
from consistency.verdict import Verdict


def render(value: Comparison | StoryReport | Verdict) -> str:
    """Return the JSON report: the same value gives the same bytes.

    >>> json.loads(render(Verdict()))["findings"]
    []
    """
    return dump(value.to_dict())


def dump(document: object) -> str:
    r"""Return JSON with what is unsafe on a terminal or in UTF-8 escaped, and a newline at the end.

    >>> dump("\u202e")
    '"\\u202e"\n'
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    # The line breaks of the indent stay; what else is unsafe stands inside a string.
    lines = (UNSAFE.sub(lambda match: json.dumps(match.group())[1:-1], line) for line in text.split("\n"))
    return "\n".join(lines) + "\n"
