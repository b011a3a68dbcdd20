"""Who did what: sentences are parsed, and become clauses."""

from __future__ import annotations

from consistency.clauses.clause import Attachment, Clause, Mention, Mood, Oblique, Outline, Part, Phase
from consistency.clauses.coreference import Reference, resolve
from consistency.clauses.parser import Parser, Parses, find_parser, parse, parse_flat
from consistency.clauses.reader import outline
from consistency.clauses.tree import Parse

__all__ = [
    "Attachment",
    "Clause",
    "Mention",
    "Mood",
    "Oblique",
    "Outline",
    "Parse",
    "Parser",
    "Parses",
    "Part",
    "Phase",
    "Reference",
    "find_parser",
    "outline",
    "parse",
    "parse_flat",
    "resolve",
]
