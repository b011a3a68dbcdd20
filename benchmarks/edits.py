"""Makes controlled edits: articles with a copy in which a few sentences were edited in a known way.

    python benchmarks/edits.py PUBLIC --out EDITS.jsonl [--paraphrases PAIRS.jsonl] [--seed 7] [--per-type 60]

PUBLIC is the directory of the public sets. A line of the output is {"id", "left", "right", "edits": [{"type",
"expect", "kinds", "left", "right", "old", "new"}]}: ``left`` and ``right`` of an edit are [start, end] of its sentences
in the two texts, or null. The same seed and sets give the same file.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
from articles import (
    BaseArticle,
    Slot,
    content_words,
    detokenize,
    is_whole,
    keep_unlike,
    lay_out,
    likeness,
    load_words,
    read_articles,
    read_lines,
    read_splits,
    render,
)
from change_rules import CHANGES
from drafts import NUMBER, Draft
from reword_rules import REWORDINGS

EXPECTED = {
    "change": "updated",
    "keep": "paraphrased",
    "gone": "unique",
    "foreign": "unique",
    "moved": "identical",
    "split": "paraphrased",
}
PLACED = ("gone:gone", "foreign:foreign", "moved:moved")  # these change an article, not a sentence
TYPES = (*CHANGES, *REWORDINGS, *PLACED)
FACTS = ("change:quantity", "change:time", "change:entity", "change:place")


@attrs.frozen
class Edit:
    """One edit of one slot; ``name`` is the slot's."""

    name: int
    type: str
    kinds: tuple[str, ...] | None = None

    @property
    def expect(self) -> str:
        """The relation that a right comparison gives."""
        return EXPECTED[self.type.partition(":")[0]]


def main() -> None:
    """Write the files that the command line asks for and say how many edits of each type there are."""
    parser = argparse.ArgumentParser(description="Make controlled edits of public articles.")
    parser.add_argument("public", type=pathlib.Path, help="directory of the public sets")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="file of edited articles")
    parser.add_argument("--paraphrases", type=pathlib.Path, help="file of facts edited on one side of paraphrases")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--per-type", type=int, default=60)
    args = parser.parse_args()
    report(write(args.out, make_edits(args.public, args.per_type, generator(args.seed))))
    if args.paraphrases:
        report(write(args.paraphrases, make_paraphrase_edits(args.public, args.per_type, generator(args.seed))))


def generator(seed: int) -> random.Random:
    """Return a source of chance that gives the same for the same ``seed``."""
    return random.Random(seed)  # noqa: S311 (nothing secret)


def write(path: pathlib.Path, lines: Iterable[dict[str, Any]]) -> collections.Counter[str]:
    """Write ``lines`` and return how many edits of each type they have."""
    found: collections.Counter[str] = collections.Counter()
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            verify(line)
            found.update(edit["type"] for edit in line["edits"])
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return found


def verify(line: dict[str, Any]) -> None:
    """Raise ``AssertionError`` unless the spans cut the sentences that the edits name."""
    for edit in line["edits"]:
        for side, words in (("left", edit["old"]), ("right", edit["new"])):
            assert (line[side][slice(*edit[side])] if edit[side] else "") == words, (line["id"], edit)
        assert edit["left"] or edit["right"], line["id"]


def report(found: collections.Counter[str]) -> None:
    """Print the number of edits of each type."""
    print(json.dumps({"edits": found.total(), "types": dict(sorted(found.items()))}, indent=1))


def make_edits(public: pathlib.Path, per_type: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield articles with three to five edited sentences each; rare types are served first."""
    articles = read_articles(public, rng)
    halves = [split for split in read_splits(public) if content_words(split[0]) == content_words(" ".join(split[1]))]
    found: collections.Counter[str] = collections.Counter()
    for number, article in enumerate(articles):
        wanted = [name for name in TYPES if found[name] < per_type]
        if not wanted:
            return
        if halves and "split:split" in wanted and rng.random() < 0.5:
            article, halves = plant(article, halves[-1], rng), halves[:-1]
        drafts = choose(article, sorted(TYPES, key=lambda name: (found[name] >= per_type, found[name], name)), rng)
        if len(drafts) >= 3 and any(name in wanted for name in drafts.values()):
            found.update(drafts.values())
            foreign = articles[number - 1] if number else articles[-1]
            yield build_line(article, drafts, foreign, rng)


def plant(article: BaseArticle, split: tuple[str, tuple[str, str]], rng: random.Random) -> BaseArticle:
    """Return ``article`` with the whole sentence of ``split`` in the place of one of its own."""
    place = rng.randrange(2, len(article.sentences) - 1)
    sentences = (*article.sentences[:place], split[0], *article.sentences[place + 1 :])
    return attrs.evolve(article, sentences=sentences, planted=(place, split[1]))


def choose(article: BaseArticle, types: Sequence[str], rng: random.Random) -> dict[tuple[int, Draft], str]:
    """Return three to five drafts with their types for sentences of ``article``, the first types first."""
    chosen: dict[tuple[int, Draft], str] = {}
    free = list(range(len(article.sentences)))
    size = rng.randint(3, 5)
    for name in types:
        if len(chosen) == size:
            break
        rng.shuffle(free)
        for place in free:
            if drafts := [
                draft for draft in drafts_of(article, place, name, rng) if is_sure(article, place, draft, name)
            ]:
                chosen[place, rng.choice(drafts)] = name
                free.remove(place)
                break
    return chosen


def drafts_of(article: BaseArticle, place: int, name: str, rng: random.Random) -> list[Draft]:
    """Return the drafts of one type for one sentence."""
    if name in PLACED:
        return [Draft((article.sentences[place],))]
    if name == "split:split" and article.planted and article.planted[0] == place:
        return [Draft(article.planted[1])]
    sentence = article.sentences[place]
    return list(CHANGES[name](sentence, rng) if name in CHANGES else REWORDINGS[name](sentence))


def is_sure(article: BaseArticle, place: int, draft: Draft, name: str) -> bool:
    """Return whether the edit is what its type says: the fact is told once, and nowhere else in one story."""
    sentence = article.sentences[place]
    if name in PLACED:
        return True
    if draft.new == (sentence,):
        return False
    if name not in FACTS:
        return True
    others = [other for number, other in enumerate(article.sentences) if number != place] if article.coherent else []
    elsewhere = sum(tell(other, fact) for other in others for fact in (draft.old_fact, draft.new_fact))
    return tell(sentence, draft.old_fact) == 1 and tell(sentence, draft.new_fact) == 0 and not elsewhere


def tell(sentence: str, fact: str) -> int:
    """Return how often ``sentence`` tells ``fact`` in these words."""
    return len(re.findall(rf"(?<![\w.,]){re.escape(fact)}(?!\w|[.,]\d)", sentence, re.I))


def build_line(
    article: BaseArticle, drafts: dict[tuple[int, Draft], str], foreign: BaseArticle, rng: random.Random
) -> dict[str, Any]:
    """Return the line of one article: its text, the text with the edits, and what the edits are."""
    left = lay_out(article.sentences, rng)
    right = list(left)
    edits: list[Edit] = []
    for (place, draft), name in drafts.items():
        edit = Edit(place, name, draft.kinds)
        at = next(number for number, slot in enumerate(right) if slot.name == place)
        if name == "gone:gone":
            del right[at]
        elif name == "moved:moved":
            right = move(right, at, rng)
        elif name == "foreign:foreign":
            edit = Edit(1000 + place, name)
            right.insert(at, Slot(edit.name, (find_foreign(article, foreign, rng),), right[at].paragraph))
        else:
            right[at] = attrs.evolve(right[at], sentences=draft.new)
        edits.append(edit)
    return assemble(article.name, left, right, edits)


def move(slots: list[Slot], at: int, rng: random.Random) -> list[Slot]:
    """Return the slots with one of them at least three places away."""
    slot, rest = slots[at], slots[:at] + slots[at + 1 :]
    place = rng.choice([number for number in range(len(rest)) if abs(number - at) >= 3])
    return [*rest[:place], attrs.evolve(slot, paragraph=rest[place].paragraph), *rest[place:]]


def find_foreign(article: BaseArticle, foreign: BaseArticle, rng: random.Random) -> str:
    """Return the sentence of ``foreign`` that is least like any sentence of ``article``, of five at random."""
    own = [content_words(sentence) for sentence in article.sentences]
    listed = rng.sample(foreign.sentences, 5)
    return min(listed, key=lambda sentence: max(likeness(content_words(sentence), other) for other in own))


def assemble(name: str, left: Sequence[Slot], right: Sequence[Slot], edits: Sequence[Edit]) -> dict[str, Any]:
    """Return a line of the output from the slots of both sides."""
    sides = render(left), render(right)
    texts = [text for text, _ in sides]
    listed = []
    for edit in edits:
        span = [spans.get(edit.name) for _, spans in sides]
        if edit.type == "gone:gone":
            span[1] = None
        old, new = (text[slice(*cut)] if cut else "" for text, cut in zip(texts, span, strict=True))
        listed.append(
            {"type": edit.type, "expect": edit.expect, "kinds": edit.kinds, "left": span[0], "right": span[1]}
            | {"old": old, "new": new}
        )
    return {"id": name, "left": texts[0], "right": texts[1], "edits": listed}


# --- facts edited on one side of real paraphrases ---


def make_paraphrase_edits(public: pathlib.Path, per_type: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield articles of paraphrases: left one wording, right the other, a fact of some edited on the right."""
    pairs = list(read_paraphrases(public))
    rng.shuffle(pairs)
    found: collections.Counter[str] = collections.Counter()
    for start in range(0, len(pairs), 12):
        firsts = list(keep_unlike((pair[0] for pair in pairs[start : start + 12]), 0.3))
        group = [pair for pair in pairs[start : start + 12] if pair[0] in firsts]
        edits, right = [], []
        for number, (sentence, other) in enumerate(group):
            rare_first = sorted((fact for fact in FACTS if found[fact] < per_type), key=lambda fact: found[fact])
            name, draft = edit_shared(sentence, other, rare_first, rng)
            found[name] += 1
            edits.append(Edit(number, name, draft.kinds))
            right.append(draft.new[0])
        if len(group) >= 5:
            left_slots = lay_out([sentence for sentence, _ in group], rng)
            right_slots = [attrs.evolve(slot, sentences=(new,)) for slot, new in zip(left_slots, right, strict=True)]
            yield assemble(f"paraphrases-{start // 12}", left_slots, right_slots, edits)


def edit_shared(sentence: str, other: str, types: Sequence[str], rng: random.Random) -> tuple[str, Draft]:
    """Return ``other`` with a fact edited that ``sentence`` tells in the same words, or as it is for a control."""
    if rng.random() < 0.6:
        for name in types:
            drafts = [
                draft
                for draft in CHANGES[name](other, rng)
                if tell(other, draft.old_fact) == 1 == tell(sentence, draft.old_fact)
                and not tell(other, draft.new_fact) + tell(sentence, draft.new_fact)
            ]
            if drafts:
                return name, rng.choice(drafts)
    return "keep:paraphrase", Draft((other,))


def read_paraphrases(public: pathlib.Path) -> Iterator[tuple[str, str]]:
    """Yield paraphrases whose numbers, names and days agree and that leave few words without a counterpart."""
    for record in read_lines(public / "pair_mrpc.jsonl"):
        left, right = detokenize(record["a"]), detokenize(record["b"])
        if record["label"] != "paraphrase" or not (is_whole(left) and is_whole(right)) or left == right:
            continue
        alone = content_words(left) ^ content_words(right)
        if facts_of(left) == facts_of(right) and len(alone) <= 6:
            yield left, right


def facts_of(sentence: str) -> frozenset[str]:
    """Return the numbers, number words and capitalised words of ``sentence``."""
    names = re.findall(r"(?<=[\w,] )[A-Z][\w'-]+", re.sub(r"['’]s\b", "", sentence))
    first = sentence.strip('"“').split(maxsplit=1)[0]
    if first not in load_words()["openers"]:
        names.append(re.sub(r"\W|['’]s$", "", first))
    spelled = [word for word in re.findall(r"[a-z]+", sentence.lower()) if word in load_words()["number_words"]]
    return frozenset([*NUMBER.findall(sentence), *spelled, *names])


if __name__ == "__main__":
    main()
