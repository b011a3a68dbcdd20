"""Makes ``vectors.npz`` of ``languages/en``: vectors of stems whose sums compare as sentence vectors do.

    python benchmarks/make_vectors.py MODEL_FOLDER ../shared/gold/public

MODEL_FOLDER holds a sentence-transformers model, all-MiniLM-L6-v2 for the shipped table. Its vectors of public
sentences (pairs of sentences under free licences; no set that links are measured on) are reduced to their first
principal components. Then each stem has the vector that, by ridge regression, makes the weighed sum of a sentence's
stems most like the sentence's own vector: a linear bag of words is the student (Hinton, Vinyals & Dean 2015). Nothing
is random; the same model and sentences give the same table but for the rounding of the machine. Ten minutes, two cores.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
from collections.abc import Iterator

import numpy as np

from consistency import lexicon, model
from consistency.text import tokenize

DATA = pathlib.Path(model.__file__).parent / "languages" / "en" / "vectors.npz"
SETS = ("vitaminc_real", "wikisplit", "iterater", "fever_symmetric")  # freely licensed
LENGTHS = range(20, 400)  # letters of a sentence
LEAST = 3  # sentences that have a stem
WIDTH = 64  # numbers of a vector
PENALTY = 1.0
LARGEST = 127  # vectors are kept as bytes


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path, help="folder of a sentence-transformers model")
    parser.add_argument("public", type=pathlib.Path, help="folder of the public sets")
    args = parser.parse_args()
    sentences = sorted(set(read_sentences(args.public)))
    words, bags = count_stems(sentences)
    vectors = learn(bags, len(words), project(encode(args.model, sentences)))
    vectors *= np.array([lexicon.rarity(word) for word in words])[:, None]
    vectors = (vectors * (LARGEST / abs(vectors).max())).round().astype(np.int8)
    np.savez_compressed(DATA, words=np.array([word.encode() for word in words]), vectors=vectors)
    print("wrote", DATA.name, vectors.shape, "from", len(sentences), "sentences")


def read_sentences(public: pathlib.Path) -> Iterator[str]:
    """Yield the sentences of the sets of pairs."""
    for name in SETS:
        for line in (public / f"pair_{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            for side in (row["a"], row["b"]):
                yield from (text for text in (side if isinstance(side, list) else [side]) if len(text) in LENGTHS)


def count_stems(sentences: list[str]) -> tuple[list[str], list[dict[int, float]]]:
    """Return the stems that are frequent enough, and for each sentence its weights of these, of length 1."""
    stems = [collections.Counter(token.stem for token in tokenize(sentence)) for sentence in sentences]
    counts = collections.Counter(word for bag in stems for word in bag)
    words = sorted(word for word, count in counts.items() if count >= LEAST and word.isascii() and word[0].isalpha())
    number = {word: k for k, word in enumerate(words)}
    bags = []
    for bag in stems:
        weights = {number[word]: n * lexicon.rarity(word) for word, n in bag.items() if word in number}
        norm = float(np.linalg.norm(list(weights.values()))) or 1.0
        bags.append({k: weight / norm for k, weight in weights.items()})
    return words, bags


def encode(folder: pathlib.Path, sentences: list[str]) -> np.ndarray:
    """Return the model's vectors of the sentences, of length 1."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder)).encode(sentences, batch_size=128, normalize_embeddings=True)


def project(vectors: np.ndarray) -> np.ndarray:
    """Return the first principal components of the vectors."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)  # the largest come last
    return centred @ axes[:, : -WIDTH - 1 : -1]


def learn(bags: list[dict[int, float]], size: int, aims: np.ndarray) -> np.ndarray:
    """Return the vectors of stems whose weighed sums are nearest to the aims (ridge regression)."""
    squares = np.diag(np.full(size, PENALTY, np.float32))
    sums = np.zeros((size, WIDTH), np.float32)
    for bag, aim in zip(bags, aims, strict=True):
        places, weights = list(bag), np.array(list(bag.values()), np.float32)
        squares[np.ix_(places, places)] += np.outer(weights, weights)
        sums[places] += np.outer(weights, aim)
    return np.linalg.solve(squares, sums)


if __name__ == "__main__":
    main()
