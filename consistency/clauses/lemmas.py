"""The base form of a word of a parsed sentence."""

from __future__ import annotations

import functools

from consistency.clauses import network
from consistency.text import irregular_forms

_VOWELS = frozenset("aeiou")
_SILENT = frozenset("at iz is yz ys us os as ud id ad od ur ir ar ut um in ag eg ak ok uk iv".split())
_ENDINGS = {
    "VBD": ("ied", "ed"),
    "VBN": ("ied", "ed"),
    "VBG": ("ing",),
    "VBZ": ("ies", "es", "s"),
    "NNS": ("ies", "es", "s"),
    "NNPS": ("ies", "es", "s"),
}


@functools.lru_cache(1 << 15)
def reduce(norm: str, xpos: str) -> str:
    """Return the base form of a folded word with a tag of the Penn Treebank.

    >>> [reduce(*word) for word in (("planned", "VBN"), ("making", "VBG"), ("cities", "NNS"), ("went", "VBD"))]
    ['plan', 'make', 'city', 'go']
    """
    if xpos not in _ENDINGS:
        return norm
    if norm in irregular_forms():
        return irregular_forms()[norm]
    ending = next((ending for ending in _ENDINGS[xpos] if norm.endswith(ending) and len(norm) > len(ending) + 1), "")
    rest = norm[: len(norm) - len(ending)]
    if not ending:
        return norm
    if ending.startswith("i") and ending != "ing":
        return rest + "y" if len(rest) > 1 else rest + "ie"
    if ending == "s":
        return norm if norm.endswith(("ss", "us", "is")) else rest
    single = rest[:-1] if len(rest) > 2 and rest[-1] == rest[-2] else ""
    options = [rest + "e", rest, single]
    known = network.load().vocabulary
    if ending == "es" and rest.endswith(("s", "x", "z", "ch", "sh", "o")) and not rest.endswith(("us", "as", "is")):
        options = [rest, rest + "e"]
    guess = rest + "e" if ending == "es" else _guess(rest, single)
    return next((option for option in options if option in known), options[0] if options[0] == rest else guess)


def _guess(rest: str, single: str) -> str:
    """Return the base form of a word that no table has, by its last letters."""
    if single and rest[-1] not in "lsz":
        return single
    before = rest[-3:-2]
    short = len(rest) > 2 and rest[-2] in _VOWELS and before not in _VOWELS and rest[-1] not in "wxy"
    silent = rest[-1:] in "vucz" or rest.endswith(("rg", "dg", "thr")) or (short and rest[-2:] in _SILENT)
    return rest + "e" if silent or (short and not _VOWELS & set(rest[:-2])) else rest
