"""Base articles for the benchmarks: sentences of public news and encyclopedia sets, put together and laid out.

The sets are read from a directory of JSON lines (``align_news_synth``, ``pair_mrpc``, ``pair_vitaminc_real``).
"""

from __future__ import annotations

import collections
import functools
import itertools
import json
import pathlib
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

WORDS = pathlib.Path(__file__).with_name("edit_words.json")


@attrs.frozen
class BaseArticle:
    """Whole sentences in order; ``coherent`` where they tell one story, so that a fact may be told twice."""

    name: str
    sentences: tuple[str, ...]
    coherent: bool
    planted: tuple[int, tuple[str, str]] | None = None


@attrs.frozen
class Slot:
    """One or two sentences at one place of an article; ``name`` finds them again on the other side."""

    name: int
    sentences: tuple[str, ...]
    paragraph: int


@functools.cache
def load_words() -> Mapping[str, Any]:
    """Return the word lists that sit beside this file."""
    words: Mapping[str, Any] = json.loads(WORDS.read_text(encoding="utf-8"))
    return words


def read_lines(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from map(json.loads, lines)


def detokenize(text: str) -> str:
    """Return ``text`` without the spaces that a tokenizer left around punctuation.

    >>> detokenize("The council 's plan ( of 2004 ) cost $ 5 , it said .")
    "The council's plan (of 2004) cost $5, it said."
    """
    text = text.replace("``", '"').replace("''", '"').replace("-LRB-", "(").replace("-RRB-", ")")
    text = re.sub(r" (n't|'(?:s|re|ve|ll|d|m))\b", r"\1", text)
    text = re.sub(r" ([,.;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$£€]) ", r"\1", text)
    text = re.sub(r"s ' ", "s' ", text)
    text = re.sub(r"\b(\w+) - (\w+)\b", r"\1-\2", text)
    text = re.sub(r'" ([^"]*?) ?"', r'"\1"', text)
    return " ".join(text.split())


def is_whole(sentence: str) -> bool:
    """Return whether ``sentence`` looks like exactly one complete sentence of running text.

    >>> [is_whole(f"The council met in the old town hall{rest}") for rest in (" again.", " of.", ". It ended early.")]
    [True, False, False]
    """
    if not 40 <= len(sentence) <= 330 or not re.match(r"[A-Z\"“0-9]", sentence):
        return False
    if not re.search(r"[a-z)%0-9][.!?][\"”]?$", sentence) or re.search(
        r"[\ufffd\n{}|<>*=_]|''|\.\.|  |--|[a-z0-9]\.[A-Z][a-z]", sentence
    ):
        return False
    if (
        sentence.count('"') % 2
        or sentence.count("“") != sentence.count("”")
        or sentence.count("(") != sentence.count(")")
    ):
        return False
    if re.search(r"\b(?:a|an|the|of|in|with|by|from|at|to|for|and|or|his|their) ?[,.;:!?)]", sentence):
        return False  # a word is missing
    ends_as_abbreviation = sentence.rstrip('."”').rsplit(maxsplit=1)[-1] in load_words()["whole_abbreviations"]
    ends_as_abbreviation = ends_as_abbreviation or bool(re.search(r"\b\w\.\w\.[\"”]?$", sentence))  # p.m., D.C.
    return not ends_as_abbreviation and not _has_inner_end(sentence)


def _has_inner_end(sentence: str) -> bool:
    for match in re.finditer(r"(\S+)[.!?][\"”)]? +[\"“(]?[A-Z0-9]", sentence):
        word = match.group(1).lstrip('("“')
        if word not in load_words()["whole_abbreviations"] and not re.fullmatch(r"[A-Z]|(?:[A-Z]\.)+[A-Z]", word):
            return True
    return False


def content_words(sentence: str) -> frozenset[str]:
    """Return the words that carry content, cut to six letters so that forms of one word meet.

    >>> sorted(content_words("It was opened by the openers"))
    ['opened', 'opener']
    """
    words = re.findall(r"[^\W_]+", sentence.lower())
    return frozenset(word[:6] for word in words if word not in load_words()["function_words"])


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of the smaller set of content words that is in the other, in [0, 1]."""
    return len(left & right) / max(1, min(len(left), len(right)))


def keep_unlike(sentences: Iterable[str], limit: float) -> Iterator[str]:
    """Yield the sentences that are not like any one before: none of them tells the same twice."""
    seen: list[frozenset[str]] = []
    for sentence in sentences:
        words = content_words(sentence)
        if all(likeness(words, other) <= limit for other in seen):
            seen.append(words)
            yield sentence


def read_articles(public: pathlib.Path, rng: random.Random) -> list[BaseArticle]:
    """Return base articles from all sets, shuffled."""
    found = [*_read_news(public), *_read_mixed(public, rng), *_read_pages(public)]
    rng.shuffle(found)
    return found


def _read_news(public: pathlib.Path) -> Iterator[BaseArticle]:
    """Yield the human and the rewritten side of each news article, as two articles."""
    for number, record in enumerate(read_lines(public / "align_news_synth.jsonl")):
        for side in "ab":
            whole = (sentence.strip() for sentence in record[side] if is_whole(sentence.strip()))
            sentences = tuple(itertools.islice(keep_unlike(whole, 0.5), 18))
            if len(sentences) >= 8:
                yield BaseArticle(f"news-{number}{side}", sentences, coherent=True)


def _read_mixed(public: pathlib.Path, rng: random.Random) -> Iterator[BaseArticle]:
    """Yield pseudo-articles of unrelated news sentences."""
    pool = [side for record in read_lines(public / "pair_mrpc.jsonl") for side in (record["a"], record["b"])]
    pool = sorted({detokenize(sentence) for sentence in pool if is_whole(detokenize(sentence))})
    rng.shuffle(pool)
    for number, start in enumerate(range(0, len(pool) - 20, 20)):
        size = rng.randint(10, 14)
        sentences = tuple(itertools.islice(keep_unlike(pool[start : start + 20], 0.25), size))
        if len(sentences) >= 8:
            yield BaseArticle(f"mixed-{number}", sentences, coherent=False)


def _read_pages(public: pathlib.Path) -> Iterator[BaseArticle]:
    """Yield what is known of each encyclopedia page."""
    pages: dict[str, list[str]] = collections.defaultdict(list)
    for record in read_lines(public / "pair_vitaminc_real.jsonl"):
        sentence = detokenize(record["a"])
        if is_whole(sentence):
            pages[record["page"]].append(sentence)
    for page, listed in sorted(pages.items()):
        sentences = tuple(itertools.islice(keep_unlike(listed, 0.35), 16))
        if len(sentences) >= 8:
            yield BaseArticle(f"page-{page}", sentences, coherent=True)


def read_splits(public: pathlib.Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield whole sentences, each with its two halves."""
    for record in read_lines(public / "pair_wikisplit.jsonl"):
        whole, (first, second) = detokenize(record["a"]), map(detokenize, record["b"])
        if all(map(is_whole, (whole, first, second))):
            yield whole, (first, second)


def lay_out(sentences: Sequence[str], rng: random.Random) -> list[Slot]:
    """Return one slot a sentence, two or three to a paragraph."""
    slots: list[Slot] = []
    paragraph = 0
    while len(slots) < len(sentences):
        for sentence in sentences[len(slots) : len(slots) + rng.choice((2, 3))]:
            slots.append(Slot(len(slots), (sentence,), paragraph))
        paragraph += 1
    return slots


def render(slots: Sequence[Slot]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the text of the slots and the span of each by name."""
    parts: list[str] = []
    spans: dict[int, tuple[int, int]] = {}
    size = 0
    for before, slot in zip((None, *slots[:-1]), slots, strict=True):
        gap = "" if before is None else " " if before.paragraph == slot.paragraph else "\n\n"
        words = " ".join(slot.sentences)
        spans[slot.name] = (size + len(gap), size + len(gap) + len(words))
        parts += [gap, words]
        size += len(gap) + len(words)
    return "".join(parts), spans
