"""Who did what: sentences are parsed, and become clauses."""

from __future__ import annotations

from consistency.clauses.parser import Parser, parse
from consistency.clauses.tree import Parse

__all__ = ["Parse", "Parser", "parse"]
