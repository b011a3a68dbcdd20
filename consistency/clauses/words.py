"""Words as a treebank cuts them, and the rows of the embedding tables that stand for a word."""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from consistency.text import fold_typography, strip_accents

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BUCKETS = 4096  # rows that prefixes, suffixes and shapes share
_LONGEST = 40  # letters of a word that are looked at
_QUOTE = "['\u2018\u2019\u00b4`]"
_RUN = re.compile(r"(.)\1{2,}")
_DIGIT = re.compile(r"\d")


@functools.cache
def _pattern(abbreviations: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of a token: every character that is no space is in exactly one."""
    short = "|".join(map(re.escape, sorted(abbreviations))) or "(?!)"
    return re.compile(
        r"(?![Cc]annot\s)[^\W\d_]+(?=\s)"  # most words: first, because it is soon told
        r"|https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
        r"|(?:[^\W\d_]\.){2,}"  # U.S.
        rf"|(?<!\w)(?i:{short})\.(?=\s*\w)"  # no stop that ends the sentence
        r"|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th|s)\b)?"  # 1,400.5 10:30 1990s
        r"|[Cc]an(?=not\b)"
        rf"|[^\W\d_]{{1,12}}?(?=[nN]{_QUOTE}[tT]\b)|[nN]{_QUOTE}[tT]\b"  # did n't
        rf"|{_QUOTE}(?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)\b"
        rf"|(?:[ODLodl]{_QUOTE}(?=[^\W\d_]{{2}}))?[^\W_]+"
        r"|([^\w\s])\1*|_+"
    )


def split(text: str, abbreviations: frozenset[str] = frozenset()) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and words of each token of a sentence; ``abbreviations`` keep their stop.

    >>> [word for _, _, word in split("Mr. Veld didn't sign Tarn's two-year deal.", frozenset({"mr"}))]
    ['Mr.', 'Veld', 'did', "n't", 'sign', 'Tarn', "'s", 'two', '-', 'year', 'deal', '.']
    """
    for match in _pattern(abbreviations).finditer(text):
        yield match.start(), match.end(), match.group()


@functools.lru_cache(1 << 15)  # an article says the same words again and again
def fold(word: str) -> str:
    """Return the folded form of a word.

    >>> fold("N’T")
    "n't"
    """
    return strip_accents(fold_typography(word[:_LONGEST])).casefold() or word


def shape(word: str) -> str:
    """Return the shape of a word: classes of its letters, runs cut at two.

    >>> shape("McDonald"), shape("1,400"), shape("U.S.")
    ('XxXxx', 'd,dd', 'X.X.')
    """
    return _cut_runs("".join(map(_classify, word[:_LONGEST])))


@functools.lru_cache(1 << 12)
def _classify(letter: str) -> str:
    return "X" if letter.isupper() else "x" if letter.isalpha() else "d" if letter.isdigit() else letter


@functools.lru_cache(1 << 12)  # most words have one of a few
def _cut_runs(classes: str) -> str:
    return _RUN.sub(r"\1\1", classes)


@functools.lru_cache(1 << 15)
def parts(word: str) -> tuple[str, tuple[int, ...]]:
    """Return the form under which a word stands in a vocabulary, all figures being alike, and the rows of its parts.

    >>> parts("1987")[0], len(parts("Tarn")[1])
    ('0000', 6)
    """
    word = word[:_LONGEST]
    form = _DIGIT.sub("0", fold(word))
    pieces = f"p{form[:3]}", f"s{form[-1:]}", f"t{form[-2:]}", f"u{form[-3:]}", f"v{form[-4:]}", f"x{shape(word)}"
    return form, tuple(zlib.crc32(piece.encode("utf-8", "surrogatepass")) % BUCKETS for piece in pieces)


def rows(forms: Collection[str], vocabulary: Mapping[str, int]) -> npt.NDArray[np.intp]:
    """Return for each word the rows of the embedding table that are summed: itself (0 where unknown) and its parts.

    >>> rows(["Tarn", "sank"], {"sank": 1})[:, 0].tolist()
    [0, 1]
    """
    import numpy as np

    cut = [parts(form) for form in forms]
    own = np.array([[vocabulary.get(form, 0)] for form, _ in cut], np.intp)
    return np.hstack([own, np.array([pieces for _, pieces in cut], np.intp) + len(vocabulary) + 1])
