"""The whole result for two articles, and the views on it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from consistency.model import documents
from consistency.model.values import Article, Change, Nature, Pair, Relation, Role, Sentence

View = Callable[[Any, str], str]
"""Shows a value in a form: ``cell``, HTML for a notebook, or ``head``, the top of the plain report."""


@attrs.frozen(repr=False)
class Comparison:
    """The whole result for two articles; everything but the fields is a view computed on demand.

    Attributes:
        left, right: the two articles.
        left_sentences, right_sentences: their sentences in order.
        pairs: all pairs: first those with a left side in the order of the left article, then what stands alone on
            the right; each sentence is in exactly one pair.
        signature: version, settings and data that produced this, for a finding that has to be reproduced.
        view: how it is shown in a notebook and by ``print``; no part of its value.
        overlap: how sure it is that both articles tell one event, or stages of one story, in [0, 1]; below 0.5 they
            more probably tell two, and what they differ in is no contradiction. 1.0 where nobody measured it.

    >>> import consistency
    >>> found = consistency.compare("Rain fell on Monday.", "Rain fell on Monday.")
    >>> [str(pair.relation) for pair in found.pairs]
    ['identical']
    """

    left: Article
    right: Article
    left_sentences: tuple[Sentence, ...]
    right_sentences: tuple[Sentence, ...]
    pairs: tuple[Pair, ...]
    signature: str = ""
    view: View | None = attrs.field(default=None, eq=False)
    overlap: float = 1.0

    def __repr__(self) -> str:
        counts = ", ".join(f"{relation}={count}" for relation, count in self.counts.items())
        return f"Comparison({self.left.name!r}, {self.right.name!r}, {counts})"

    def __str__(self) -> str:
        return repr(self) if self.view is None else self.view(self, "head")

    def _repr_html_(self) -> str | None:
        """Return what a Jupyter notebook shows."""
        return None if self.view is None else self.view(self, "cell")

    def to_dict(self) -> dict[str, Any]:
        """Return the document of the JSON report, of dicts, lists, strings and numbers.

        >>> rain = Article("Rain fell.")
        >>> Comparison(rain, rain, (), (), ()).to_dict()["counts"]
        {'identical': 0, 'paraphrased': 0, 'updated': 0, 'unique': 0}
        """
        left, right = self.confirmed
        shared = self.shared
        return {
            "schema": documents.SCHEMA,
            "left": documents.arrange_article(self.left, self.left_sentences),
            "right": documents.arrange_article(self.right, self.right_sentences),
            "pairs": [documents.arrange_pair(pair) for pair in self.pairs],
            "counts": {str(relation): count for relation, count in self.counts.items()},
            "confirmed": {"left": round(left, 4), "right": round(right, 4)},
            "shared": {"left": round(shared[0], 4), "right": round(shared[1], 4)},
            "overlap": round(float(self.overlap), 4),
            "signature": self.signature,
        }

    @classmethod
    def from_json(cls, text: str | bytes) -> Comparison:
        """Return the comparison of a JSON report; the values of its facts are strings.

        Raises:
            ValueError: it is no JSON report of a comparison, or one without the texts of the articles.

        >>> import consistency
        >>> found = consistency.compare("Two people died in Tarn.", "Nine people died in Tarn.")
        >>> again = Comparison.from_json(consistency.build_report(found, "json"))
        >>> again.to_dict() == found.to_dict()
        True
        """
        try:
            document = json.loads(text)
        except RecursionError:
            raise ValueError("is JSON that is nested too deep for a report") from None
        if not isinstance(document, dict) or document.get("schema") != documents.SCHEMA:
            raise ValueError(f"is no JSON report of schema {documents.SCHEMA}")
        try:
            left, ours = documents.parse_article(document["left"])
            right, theirs = documents.parse_article(document["right"])
            told = documents.take(document, "pairs", list)
            pairs = tuple(documents.parse_pair(pair, ours, theirs) for pair in told)
            signature = documents.take(document, "signature", str)
            overlap = documents.take({"overlap": 1.0, **document}, "overlap", int, float)  # reports of before have none
        except (KeyError, IndexError, TypeError, OverflowError) as error:
            raise ValueError(f"is no JSON report of a comparison ({type(error).__name__}: {error})") from None
        for sentences, side in ((ours, "left"), (theirs, "right")):
            if sorted(each.index for pair in pairs for each in getattr(pair, side)) != list(range(len(sentences))):
                raise ValueError(f"is no JSON report of a comparison (a sentence of {side} is not in just one pair)")
        return cls(left, right, ours, theirs, pairs, signature, overlap=overlap)

    def to_rows(self, table: str = "sentences") -> list[dict[str, Any]]:
        """Return a table as flat rows with the same columns in each: for a dataframe, a CSV file or a database.

        Args:
            table: ``sentences``, a row for each pair, or ``changes``, a row for each change.

        Raises:
            ValueError: there is no such table.

        >>> import consistency
        >>> found = consistency.compare("Two people died in Tarn.", "Nine people died in Tarn.")
        >>> [(row["relation"], row["nature"], row["left_text"]) for row in found.to_rows()]
        [('updated', 'conflict', 'Two people died in Tarn.')]
        >>> [(row["kind"], row["left_text"], row["right_text"]) for row in found.to_rows("changes")]
        [('quantity', 'Two', 'Nine')]
        """
        if table not in ("sentences", "changes"):
            raise ValueError(f"no table {table!r}; there are sentences and changes")
        names = {"left": self.left.name, "right": self.right.name}
        names |= {"left_id": self.left.id, "right_id": self.right.id}
        told = ({**names, "pair": number, "relation": str(pair.relation)} for number, pair in enumerate(self.pairs))
        tell = _tell_sentences if table == "sentences" else _tell_changes
        return [{**row, **more} for row, pair in zip(told, self.pairs, strict=True) for more in tell(pair)]

    def select(self, relation: Relation) -> tuple[Pair, ...]:
        """Return the pairs of one relation, in order."""
        return tuple(pair for pair in self.pairs if pair.relation is relation)

    @property
    def identical(self) -> tuple[Pair, ...]:
        """Pairs with the same words."""
        return self.select(Relation.IDENTICAL)

    @property
    def paraphrased(self) -> tuple[Pair, ...]:
        """Pairs with the same facts in other words."""
        return self.select(Relation.PARAPHRASED)

    @property
    def updated(self) -> tuple[Pair, ...]:
        """Pairs with at least one changed fact."""
        return self.select(Relation.UPDATED)

    @property
    def unique(self) -> tuple[Pair, ...]:
        """Sentences without a counterpart, one a pair."""
        return self.select(Relation.UNIQUE)

    @property
    def counts(self) -> dict[Relation, int]:
        """How many pairs there are of each relation; all four are always there."""
        found = Counter(pair.relation for pair in self.pairs)
        return {relation: found[relation] for relation in Relation}

    @property
    def changes(self) -> tuple[tuple[Pair, Change], ...]:
        """Every change with its pair, conflicts first, then developments, then elaborations."""
        natures = list(Nature)
        listed = [(pair, change) for pair in self.pairs for change in pair.changes]
        return tuple(sorted(listed, key=lambda item: natures.index(item[1].nature)))

    @property
    def confirmed(self) -> tuple[float, float]:
        """Share of each article, left and right, that the other confirms.

        Counted in characters of body sentences; confirmed are identical and paraphrased pairs. 0.0 for no body.
        """
        return self._share(Relation.IDENTICAL, Relation.PARAPHRASED)

    @property
    def shared(self) -> tuple[float, float]:
        """Share of each article, left and right, that the other tells too, with the same facts or with others.

        Counted in characters of body sentences. 0.0 for no body.
        """
        return self._share(Relation.IDENTICAL, Relation.PARAPHRASED, Relation.UPDATED)

    def _share(self, *relations: Relation) -> tuple[float, float]:
        told = [pair for pair in self.pairs if pair.relation in relations]
        return (
            _share(self.left_sentences, {s.index for pair in told for s in pair.left}),
            _share(self.right_sentences, {s.index for pair in told for s in pair.right}),
        )


def _share(sentences: tuple[Sentence, ...], indices: set[int]) -> float:
    sizes = {s.index: s.end - s.start for s in sentences if s.role is Role.BODY}
    return sum(size for index, size in sizes.items() if index in indices) / (sum(sizes.values()) or 1)


def _tell_sentences(pair: Pair) -> Iterator[dict[str, Any]]:
    sides = (("left", pair.left), ("right", pair.right))
    yield {
        "nature": pair.nature and str(pair.nature),
        "score": round(float(pair.score), 4),
        "changes": len(pair.changes),
        **{
            f"{side}_{name}": value
            for side, sentences in sides
            for name, value in (
                ("start", sentences[0].start if sentences else None),
                ("end", max(s.end for s in sentences) if sentences else None),
                ("text", " ".join(" ".join(s.text for s in sentences).split()) if sentences else None),
            )
        },
    }


def _tell_changes(pair: Pair) -> Iterator[dict[str, Any]]:
    for change in pair.changes:
        yield {
            "kind": str(change.kind),
            "nature": str(change.nature),
            "confidence": round(float(change.confidence), 4),
            **documents.flatten_fact("left", change.left),
            **documents.flatten_fact("right", change.right),
        }
