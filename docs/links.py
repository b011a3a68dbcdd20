"""A hook of the site: what lies outside of the docs is named there, not linked, as a site has no such pages."""

from __future__ import annotations

import re
from typing import Any

_OUTSIDE = re.compile(r"(?<!!)\[([^\]]+)\]\(\.\./[^)]+\)")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return the text of a page without links that lead out of the docs.

    >>> on_page_markdown("See [contributing](../CONTRIBUTING.md) and [facts](facts.md).")
    'See contributing and [facts](facts.md).'
    """
    return _OUTSIDE.sub(r"\1", markdown)
