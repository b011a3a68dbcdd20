"""What every edit of a sentence is made of: drafts, and the questions that a rule asks of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import attrs
from articles import load_words

NUMBER = re.compile(r"(?<![\w.,/:–—-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|(?<![\w.,/:–—-])\d+(?:\.\d+)?(?!\d|,\d)")

VOWEL_SOUND = re.compile(r"(?!U\.?[A-Z]|[Uu]ni|[Ee]u|one)[AEIOUaeiou]|[FLMNRSX]\.?[A-Z]")
NAME = r"(?:Mc|O'|Mac)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?"


@attrs.frozen
class Draft:
    """An edited sentence (two for a split), the fact that was there, the fact that is there now."""

    new: tuple[str, ...]
    old_fact: str = ""
    new_fact: str = ""
    kinds: tuple[str, ...] | None = None


def words(name: str) -> Any:
    """Return one of the word lists."""
    return load_words()[name]


def any_of(listed: Iterable[str]) -> str:
    """Return a group of a regular expression that matches any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True)) + ")"


def put(sentence: str, span: tuple[int, int], new: str) -> str:
    """Return ``sentence`` with ``new`` at ``span``; a capital at the start and a/an before it are kept right.

    >>> put("A big ox fell.", (2, 5), "enormous")
    'An enormous ox fell.'
    """
    start, end = span
    head, tail = sentence[:start], sentence[end:]
    if start == 0 or (start == 1 and not sentence[0].isalnum()):
        new = new[:1].upper() + new[1:]
    article = re.search(r"\b([Aa])n? $", head)
    if article and new[:1].isalpha():
        head = head[: article.start()] + article.group(1) + ("n " if VOWEL_SOUND.match(new) else " ")
    return head + new + tail


def change(sentence: str, match: re.Match[str], new: str, kinds: tuple[str, ...] | None, group: int = 0) -> Draft:
    """Return the draft that puts ``new`` in the place of a group of ``match``."""
    return Draft((put(sentence, match.span(group), new),), match.group(group), new, kinds)


def keep(sentence: str, match: re.Match[str], new: str, group: int = 0) -> Draft:
    """Return the draft of a rewording: no fact of it changes."""
    return Draft((put(sentence, match.span(group), new),))


def word_before(sentence: str, position: int) -> str:
    """Return the word that ends before ``position`` with nothing but spaces between, or an empty string."""
    found = re.search(r"(\S+)\s+$", sentence[:position])
    return found.group(1) if found else ""


def word_after(sentence: str, position: int) -> str:
    """Return the word that begins after ``position`` and a space, or an empty string."""
    found = re.match(r" ([\w'’.-]+)", sentence[position:])
    return found.group(1).rstrip(".") if found else ""


def stands_free(sentence: str, match: re.Match[str], group: int = 0) -> bool:
    """Return whether no other part of a name stands beside the words found."""
    before, after = word_before(sentence, match.start(group)), sentence[match.end(group) :]
    opens = before in words("openers") or before in ("But", "And", "For", "From", "While", "When", "If", "As")
    return (not before[:1].isupper() or opens) and not re.match(r"(?:[-/&]|,? [A-Z&]|['’]s [A-Z]|\.\w)", after)


def is_count(sentence: str, match: re.Match[str]) -> bool:
    """Return whether a number counts or measures something: it is no year, name, date, score or part of a range."""
    value, rest = float(match.group().replace(",", "")), sentence[match.end() :]
    before = word_before(sentence, match.start())
    money = sentence[: match.start()].endswith("$")
    after = re.match(r"%|-year-old\b| ([a-z][a-z-]+)", rest)
    if (not after and not money) or is_range(sentence, match) or value < 2 or re.match(r"[\w/:]", rest):
        return False
    if after and after.group(1) in words("not_counted"):
        return False
    if (
        "," not in match.group()
        and not money
        and (1900 <= value <= 2100 or (before[:1].isupper() and match.start() > 5))
    ):
        return before in words("openers") and value < 1900
    return bool(money or sentence[match.start() - 1 : match.start()] in ("", " ", '"'))


def is_range(sentence: str, match: re.Match[str]) -> bool:
    """Return whether the number is one of two that belong together: "6 to 10", "between 5 and 7"."""
    number = rf"(?:\$?\d|{any_of(words('number_words'))}\b)"
    before, after = sentence[: match.start()].rstrip("$"), sentence[match.end() :]
    return bool(
        re.search(rf"(?:{number}[\d.,]*%?|percent|million|billion) (?:to|and|or) $|between $", before)
        or re.match(rf"(?:%| percent| million| billion)? (?:to|and|or|of|in) (?:the )?{number}", after)
    )


def is_plural(word: str) -> bool:
    """Return whether a word is what a number counts."""
    return word in words("plural_nouns") or (word.endswith("s") and len(word) > 4 and not word.endswith(("ss", "us")))
