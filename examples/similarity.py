"""Compare two articles with sentence vectors in the place of the aligner's word vectors.

python examples/similarity.py MODEL [LEFT RIGHT]

MODEL is the folder of a sentence-transformers model, or of its ONNX export: model.onnx and tokenizer.json.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

import consistency
from consistency.aligner import Similarity

ARTICLES = Path(__file__).with_name("articles")


def load_transformer(folder: Path) -> Similarity:
    """Return the cosines of a sentence-transformers model (pip install sentence-transformers)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder))

    def compare_vectors(left: list[str], right: list[str]) -> np.ndarray:
        vectors = model.encode(left + right, normalize_embeddings=True)
        return vectors[: len(left)] @ vectors[len(left) :].T

    return compare_vectors


def load_onnx(folder: Path) -> Similarity:
    """Return the cosines of mean token vectors of an ONNX model (pip install onnxruntime tokenizers)."""
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    session, tokenizer = (
        InferenceSession(str(folder / "model.onnx")),
        Tokenizer.from_file(str(folder / "tokenizer.json")),
    )
    tokenizer.enable_padding()
    tokenizer.enable_truncation(256)

    def compare_vectors(left: list[str], right: list[str]) -> np.ndarray:
        encoded = tokenizer.encode_batch(left + right)
        mask = np.array([one.attention_mask for one in encoded])
        ids = np.array([one.ids for one in encoded])
        (tokens, *_) = session.run(
            None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        )
        vectors = (tokens * mask[:, :, None]).sum(axis=1)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors[: len(left)] @ vectors[len(left) :].T

    return compare_vectors


def main() -> None:
    """Read two articles, compare them with a model, report."""
    parser = argparse.ArgumentParser(description="Compare two articles of one event with sentence vectors.")
    parser.add_argument("model", type=Path, help="folder of the model")
    parser.add_argument("left", nargs="?", default=ARTICLES / "first.txt", type=Path)
    parser.add_argument("right", nargs="?", default=ARTICLES / "later.txt", type=Path)
    told = parser.parse_args()

    load = load_onnx if (told.model / "model.onnx").exists() else load_transformer
    comparer = consistency.Comparer(similarity=load(told.model))
    print(consistency.build_report(comparer.compare(consistency.read(told.left), consistency.read(told.right))))


if __name__ == "__main__":
    main()
