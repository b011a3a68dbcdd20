"""Measures the aligner on very long articles: seconds and peak memory.

    python benchmarks/scale.py ../shared/gold/public [--sentences 2000]

One side is sentences of Wikipedia from a public set, the other the same in another order, each without about one word
in seven. The figures are printed as JSON; memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import resource
import time
from collections.abc import Sequence

from consistency import aligner
from consistency.model import Sentence

KEPT = 0.85  # share of the words that stay
SEED = 7


def read_sentences(public: pathlib.Path, count: int) -> list[str]:
    """Return the first sentences of the set, each once."""
    rows = map(json.loads, (public / "pair_vitaminc_real.jsonl").open(encoding="utf-8"))
    return list(dict.fromkeys(row["a"] for row in rows))[:count]


def lay_out(texts: Sequence[str]) -> list[Sentence]:
    """Return the texts as the sentences of one article."""
    sentences, start = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, start, start + len(text), text))
        start += len(text) + 1
    return sentences


def measure(public: pathlib.Path, count: int) -> dict[str, float]:
    """Return the seconds of one alignment and the peak memory in megabytes."""
    rng = random.Random(SEED)  # noqa: S311
    texts = read_sentences(public, count)
    noisy = [" ".join(word for word in text.split() if rng.random() < KEPT) or text for text in texts]
    rng.shuffle(noisy)
    left, right = lay_out(texts), lay_out(noisy)
    aligner.align(left[:20], right[:20])  # loads the tables
    started = time.process_time()
    aligner.align(left, right)
    spent = time.process_time() - started
    return {
        "align_s": round(spent, 2),
        "peak_mb": round(read_peak() / 1024),
    }


def read_peak() -> int:
    """Return the peak memory in kilobytes, without that of the process that started this one where that can be told."""
    status = pathlib.Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.is_file() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("public", type=pathlib.Path, help="folder of the public sets")
    parser.add_argument("--sentences", type=int, default=2000, help="of each side (default: 2000)")
    args = parser.parse_args()
    print(json.dumps(measure(args.public, args.sentences)))


if __name__ == "__main__":
    main()
