"""What all HTML reports share: pages that load nothing, made from the templates of the data folder."""

from __future__ import annotations

import base64
import functools
import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from consistency.report.summary import NATURE_SIGNS, UNSAFE

if TYPE_CHECKING:
    import jinja2


def render_page(template: str, styles: tuple[str, ...], scripts: tuple[str, ...] = (), **values: object) -> str:
    """Return the page that a template of the data folder makes; its styles and scripts are in it, allowed by hash."""
    style, script = ("\n".join(map(_read, names)) for names in (styles, scripts))
    return render_template(
        template, style=style, style_hash=_hash(style), script=script, script_hash=script and _hash(script), **values
    )


def render_template(template: str, **values: object) -> str:
    """Return what a template of the data folder makes of values, each of them escaped."""
    return _environment().get_template(template).render(signs=NATURE_SIGNS, **values)


def show(text: str) -> str:
    r"""Return ``text`` with ``U+FFFD`` for each character that is unseen or turns the direction of others.

    >>> show("15 \u202edead\u200b")
    '15 �dead�'
    """
    return UNSAFE.sub(lambda match: " " if match.group().isspace() else "\ufffd", text)


def _read(name: str) -> str:
    return resources.files("consistency").joinpath("data", name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def _environment() -> jinja2.Environment:
    import jinja2  # only for those who ask for a page

    return jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(_read),
    )
