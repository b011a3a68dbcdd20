"""What the words of a line give away: the patterns of a language, ready to be matched."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

import attrs

from consistency.facts.units import read_months
from consistency.language import Language


@attrs.frozen
class _Written:
    """What ``roles.toml`` of a language says, the months beside; an empty pattern matches nothing."""

    parts: Mapping[str, str]
    credit: tuple[str, ...]
    caption: tuple[str, ...]
    caption_end: tuple[str, ...]
    link: tuple[str, ...]
    about_author: str = ""
    sign_off: str = ""
    among_names: frozenset[str] = frozenset()
    moment: str = ""
    beside_moment: str = ""
    no_place: str = ""
    pictured: str = ""


@attrs.frozen
class Marks:
    """The patterns of a language.

    ``credit``, ``caption`` and ``link`` match at the start of a sentence, ``caption_end`` is searched; the whole of a
    line is a ``sign_off``, the last one may be ``about_author``; each word of a time is a ``moment`` or ``beside`` one.
    ``agency`` is in brackets, ``no_place`` and ``pictured`` are searched.
    """

    credit: re.Pattern[str]
    caption: re.Pattern[str]
    caption_end: re.Pattern[str]
    link: re.Pattern[str]
    about_author: re.Pattern[str]
    sign_off: re.Pattern[str]
    among_names: frozenset[str]
    moment: re.Pattern[str]
    beside: re.Pattern[str]
    agency: re.Pattern[str]
    no_place: re.Pattern[str]
    pictured: re.Pattern[str]

    @classmethod
    @functools.cache
    def read(cls, language: Language) -> Marks:
        """Return the patterns of a language.

        >>> from consistency.language import ENGLISH
        >>> bool(Marks.read(ENGLISH).link.match("SEE ALSO: the flood"))
        True
        """
        told = language.read("roles.toml", _Written)
        months = "|".join(re.escape(word.capitalize()) for word in read_months(language)) or "(?!)"
        parts = {"month": rf"(?:{months})\b\.?", **told.parts}

        def compile_(*patterns: str, start: str = "", flags: int = 0) -> re.Pattern[str]:
            pattern = "|".join(filter(None, patterns)) or "(?!)"
            for name, part in parts.items():
                pattern = pattern.replace("{" + name + "}", part)
            return re.compile(f"{start}(?:{pattern})", flags)

        return cls(
            credit=compile_(*told.credit, start=r"\W{0,3}"),
            caption=compile_(*told.caption, start=r"\W{0,3}"),
            caption_end=compile_(*told.caption_end),
            link=compile_(*told.link, start=r"\W{0,6}?"),
            about_author=compile_(told.about_author),
            sign_off=compile_(told.sign_off),
            among_names=told.among_names,
            moment=compile_(told.moment, flags=re.I),
            beside=compile_(told.beside_moment, flags=re.I),
            agency=compile_(rf"\((?:{told.parts.get('agency', '(?!)')})\)\s?(?=[A-Z])"),
            no_place=compile_(told.no_place),
            pictured=compile_(told.pictured),
        )
