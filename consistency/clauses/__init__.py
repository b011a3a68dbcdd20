"""Who did what: sentences are parsed, and become clauses."""

from __future__ import annotations

from consistency.clauses.clause import Clause, Mention, Mood, Oblique, Outline, Part, Phase, Place
from consistency.clauses.coreference import Reference, resolve
from consistency.clauses.parser import Parser, parse
from consistency.clauses.reader import outline
from consistency.clauses.tree import Parse

__all__ = [
    "Clause",
    "Mention",
    "Mood",
    "Oblique",
    "Outline",
    "Parse",
    "Parser",
    "Part",
    "Phase",
    "Place",
    "Reference",
    "outline",
    "parse",
    "resolve",
]
