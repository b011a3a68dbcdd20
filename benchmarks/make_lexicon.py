"""Makes the word tables in ``consistency/languages/en`` from WordNet 3.0 and document frequencies of public sentences.

    python benchmarks/make_lexicon.py WORDNET_FOLDER ../shared/gold/public

WORDNET_FOLDER is ``/usr/share/wordnet`` of Debian's package wordnet-base (Princeton WordNet 3.0; its licence permits
redistribution, see the README.md there). The same input gives the same tables; nothing is random.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import re
from collections.abc import Iterable, Iterator

from consistency import text
from consistency.text import stem, tokenize

DATA = pathlib.Path(__file__).resolve().parent.parent / "consistency" / "languages" / "en"
PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
SENSES = 4  # later senses of a word are rare
WEIGHTS = {"synonym": 1.0, "derived": 0.9, "similar": 0.6, "kind": 0.35}
POINTERS = {"!": "antonym", "+": "derived", "&": "similar", "@": "kind", "~": "kind"}
# Forms that are also common words of another meaning: "left" is seldom the past of "leave" alone.
AMBIGUOUS = frozenset(
    "leaves lives kent might rent sicked roma reis joes left saw felt found ground bound wound lay born "
    "better best worse worst media data offer tanner".split()
)

Synsets = dict[tuple[str, str], tuple[list[str], list[tuple[str, str, str, int, int]]]]


def read_sentences(folder: pathlib.Path) -> Iterator[str]:
    """Yield each sentence once: articles of align_news_synth, first sides of three sets of pairs."""
    for line in (folder / "align_news_synth.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        yield from row["a"] + row["b"]
    for name in ("mrpc", "vitaminc_real", "wikisplit"):
        rows = map(json.loads, (folder / f"pair_{name}.jsonl").open(encoding="utf-8"))
        yield from dict.fromkeys(row["a"] for row in rows)


def count_documents(sentences: Iterable[str]) -> tuple[int, collections.Counter[str]]:
    """Return the number of sentences and for each stem the number of sentences that have it."""
    total, counts = 0, collections.Counter[str]()
    for sentence in sentences:
        total += 1
        counts.update({token.stem for token in tokenize(sentence)})
    return total, counts


def read_synsets(folder: pathlib.Path) -> Synsets:
    """Return all synsets: their lemmas and their pointers (symbol, part, offset, source word, target word)."""
    synsets: Synsets = {}
    for part, name in PARTS.items():
        for line in (folder / f"data.{name}").open(encoding="latin-1"):
            if line.startswith(" "):
                continue
            cells = line.split("|")[0].split()
            size = int(cells[3], 16)
            lemmas = [re.sub(r"\(.*\)", "", cells[4 + 2 * k]).lower() for k in range(size)]
            first = 5 + 2 * size
            pointers = []
            for k in range(int(cells[first - 1])):
                symbol, offset, target_part, ends = cells[first + 4 * k : first + 4 * k + 4]
                target = "a" if target_part == "s" else target_part
                pointers.append((symbol, target, offset, int(ends[:2], 16), int(ends[2:], 16)))
            synsets[part, cells[0]] = (lemmas, pointers)
    return synsets


def read_senses(folder: pathlib.Path) -> Iterator[tuple[str, int, tuple[str, str]]]:
    """Yield (lemma, rank of the sense from 0, synset key), the first senses of each part of speech."""
    for part, name in PARTS.items():
        for line in (folder / f"index.{name}").open(encoding="latin-1"):
            if line.startswith(" "):
                continue
            cells = line.split()
            for rank, offset in enumerate(cells[6 + int(cells[3]) :][:SENSES]):
                yield cells[0], rank, (part, offset)


def find_relatives(synsets: Synsets, lemma: str, key: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (relation, other lemma) for all that a sense of a lemma leads to."""
    lemmas, pointers = synsets[key]
    yield from (("synonym", other) for other in lemmas)
    for symbol, part, offset, source, target in pointers:
        others = synsets.get((part, offset), ([], []))[0]
        if source and lemmas[source - 1] == lemma:  # a pointer between two words
            yield POINTERS.get(symbol, ""), others[target - 1]
        elif not source:
            yield from ((POINTERS.get(symbol, ""), other) for other in others)


def relate(folder: pathlib.Path, known: set[str]) -> tuple[dict[tuple[str, str], float], set[tuple[str, str]]]:
    """Return weights of related pairs of stems and the antonyms, both for words whose stem is known."""
    synsets = read_synsets(folder)
    related: dict[tuple[str, str], float] = {}
    antonyms: set[tuple[str, str]] = set()
    for lemma, rank, key in read_senses(folder):
        for relation, other in find_relatives(synsets, lemma, key):
            pair = (min(stem(lemma), stem(other)), max(stem(lemma), stem(other)))
            plain = lemma.isalpha() and other.isalpha() and set(pair) <= known and pair[0] != pair[1]
            if plain and relation == "antonym":
                antonyms.add(pair)
            elif plain and relation in WEIGHTS and (relation != "kind" or rank < 2):
                related[pair] = max(WEIGHTS[relation] / (1 + rank), related.get(pair, 0.0))
    return related, antonyms


def read_irregular(folder: pathlib.Path, known: set[str]) -> dict[str, str]:
    """Return irregular forms with their lemma ("went" -> "go")."""
    lemmas = {lemma for lemma, _, _ in read_senses(folder)}
    forms = {"men": "man", "women": "woman"}
    for name in ("verb", "adj", "noun"):
        for line in (folder / f"{name}.exc").open(encoding="latin-1"):
            form, lemma = line.split()[:2]
            plain = form.isalpha() and lemma.isalpha() and form not in AMBIGUOUS
            plain = plain and (name != "noun" or form not in lemmas)  # "dive" is no plural of "diva"
            if plain and len(form) > 2 and stem(form) != stem(lemma) and {stem(form), stem(lemma)} & known:
                forms.setdefault(form, lemma)
    return forms


def write(name: str, rows: Iterable[Iterable[object]]) -> None:
    """Write sorted rows, one a line, cells separated by a blank."""
    lines = sorted(" ".join(map(str, row)) for row in rows)
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} lines, {(DATA / name).stat().st_size} bytes")


def write_irregular(forms: dict[str, str]) -> None:
    """Write the irregular forms, and let the stemmer read them anew."""
    write("irregular.txt", forms.items())
    text.irregular_forms.cache_clear()
    text._tokenize.cache_clear()
    text._fold_word.cache_clear()


def main() -> None:
    """Make all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=pathlib.Path)
    parser.add_argument("public", type=pathlib.Path)
    args = parser.parse_args()
    write_irregular({})  # the forms are found with plain stems, what follows is counted with the new ones
    write_irregular(read_irregular(args.wordnet, count_known(args.public)))
    total, counts = count_documents(read_sentences(args.public))
    kept = {word: count for word, count in counts.items() if count > 2 and word.isalpha()}
    write("frequencies.txt", [("*", total), *kept.items()])
    related, antonyms = relate(args.wordnet, set(kept))
    write("related.txt", [(*pair, round(weight * 100)) for pair, weight in related.items() if weight >= 0.3])
    write("antonyms.txt", antonyms)


def count_known(public: pathlib.Path) -> set[str]:
    """Return the stems that the public sentences have, before irregular forms are known."""
    return {word for word, count in count_documents(read_sentences(public))[1].items() if count > 2}


if __name__ == "__main__":
    main()
