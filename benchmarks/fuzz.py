"""Feed bent input to every door of the library: nothing but our own errors may come out, and nothing may hang.

    python benchmarks/fuzz.py --count 100000
    python benchmarks/fuzz.py --count 100000 --texts articles.jsonl    # these articles are bent, too

A target is a function of bytes, as fuzzers that steer by coverage take it too. The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import json
import math
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

import consistency
from consistency import Article, Comparison, ConsistencyError, Policy, baseline, build_report, suite
from consistency.corpus import source
from consistency.language import ENGLISH
from consistency.policy import read_settings
from consistency.report import FORMATS
from consistency.verdict import Verdict

LONGEST = 10.0  # seconds of processor time for one input
_FOLDER = Path(tempfile.mkdtemp())

_TEXT = (
    "date 2024-05-06\n\nORLO -- At least 11 people were killed when the dam of Tarn broke on Monday, police said.\n\n"
    "“Nobody warned us,” said Mara Lind. Repairs will cost $1.2bn, 15 % more than in 2019; ten to 12 houses fell.\n\n"
    "The minister did not say that he would resign next week.\nSEE ALSO: Floods in Varda\n"
)
_OTHER = (
    "Dam of Tarn breaks\n\nPublished: May 14, 2024 10:32 GMT\n\nFourteen people died as the dam broke on May 6.\n\n"
    "Mara Lind said that nobody had warned them. The repairs cost 1.3 billion dollars. The minister has resigned.\n"
)
_OBJECT = json.dumps(
    {"@context": "https://schema.org", "@graph": [
        {"@type": ["NewsArticle"], "headline": "Dam breaks", "datePublished": "2024-05-06T10:00:00Z", "event": "dam",
         "author": [{"name": "Desk"}, None], "publisher": {"@id": "#p"}, "articleBody": _TEXT},
        {"@type": "Organization", "@id": "#p", "name": "Orlo Post"}]}
)  # fmt: skip
_NINJS = json.dumps(
    {"uri": "x", "versioncreated": "2024-05-06", "body_text": _OTHER, "event": "dam", "headlines": ["a"]}
)
_HTML = f"<!doctype html><html><head><title>Dam</title></head><body><article><p>{_TEXT}</p></article></body></html>"
_LINES = "\n".join(json.dumps({"text": text, "event": "dam", "published": "2024-05-06"}) for text in (_TEXT, _OTHER))
_CSV = 'text,published,event\n"At least 11 died, police said.",2024-05-06,dam\nFourteen died.,May 14 2024,dam\n'
_TOML = (
    '[policies.strict]\nforbid = ["updated", "unique"]\nminimum_confirmed = 0.5\n\n'
    '[[pairs]]\nevent = "dam"\nleft = "a.txt"\nright = "b.txt"\npolicy = "strict"\n'
)
_SETTINGS = (
    '[tool.consistency]\nforbid = "conflict, development"\nignore_kinds = ["time"]\nbaseline = "known.json"\n'
    '[tool.consistency.sources."Orlo Post"]\nforbid = "unique"\n'
)
_INI = "[tool:consistency]\nforbid = conflict\nignore-roles = credit\n[tool:consistency:Orlo Post]\nkinds = time\n"
_BASELINE = (
    baseline.render([])[:-4] + '{"id": "0f", "rule": "conflict", "left": "a", "right": "b", "message": "m"}\n]}\n'
)

_PIECES = (
    b"\0", b"\n", b"\r\n", b"\r", b"\t", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xed\xa0\x80",
    b"\\ud800", b'"', b"'", b",", b"[", b"]", b"{", b"}", b"[[", b"<", b"</p>", b"<script>", b"&amp;", b"&#0;", b"null",
    b"NaN", b"true", b"-1e999", b"9" * 400, b"0", b"1", b" 12 ", b"$1.2bn", b" next week ", b" Feb 30 ", b"0001-01-01",
    b" not ", b" said ", b". ", b"\xe2\x80\x9c", b"::", b"##[", b"@", b"(" * 60, b"[" * 300, b"- ", b"=", b"\x1b[31m",
    b"%", b"..", b"/", b"\xf0\x9f\x98\x80",
)  # fmt: skip


def bend(draw: random.Random, seeds: tuple[bytes, ...]) -> bytes:
    """Return one of some seeds with some of its bytes cut, doubled, swapped or replaced by what is known to hurt."""
    data = bytearray(draw.choice(seeds))
    for _ in range(draw.choice((0, 1, 1, 2, 3, 5, 8, 20))):
        start = draw.randrange(len(data) + 1)
        stop = min(len(data), start + draw.choice((0, 1, 1, 4, 20, 100)))
        act = draw.randrange(5)
        if act == 0:
            del data[start:stop]
        elif act == 1:
            data[start:start] = data[start:stop] * draw.choice((1, 2, 50))
        elif act == 2:
            data[start:stop] = draw.choice(_PIECES)
        elif act == 3:
            data[start:start] = draw.choice(_PIECES)
        elif start < len(data):
            data[start] = draw.randrange(256)
    return bytes(data[:20_000])


_TURN = "\f"  # between the two texts of one input
_LEXICON = re.compile(r'"([^"\n]+)"|([^\s"\[\]=|]+)')
_SENTENCE = re.compile(r"\w[^\n]*?(?=[.!?]\s|\n)")


@functools.cache
def read_vocabulary() -> tuple[tuple[str, ...], ...]:
    """Return what the readers of English know, words and phrases, a tuple a file."""
    files = (file for file in ENGLISH.folder.iterdir() if file.name.endswith((".toml", ".txt", ".tsv")))
    texts = (file.read_text(encoding="utf-8") for file in sorted(files, key=lambda file: file.name))
    return tuple(tuple(phrase or word for phrase, word in _LEXICON.findall(text)) for text in texts)


def compose(draw: random.Random, sentences: Sequence[str]) -> bytes:
    """Return two short texts of such words and of sentences of news, the second a changed and shuffled first one."""

    def find_word() -> str:
        if draw.random() < 0.15:
            number = draw.randrange(10 ** draw.randint(1, 7))
            return draw.choice((f"{number}", f"{number:,}", f"{number / 100}"))
        return draw.choice(draw.choice(read_vocabulary()))

    def change(words: list[str], share: float) -> list[str]:
        return [find_word() if draw.random() < share else word for word in words if draw.random() > share / 3]

    def make_sentence() -> list[str]:
        if draw.random() < 0.5:
            return change(draw.choice(sentences).split(), 0.1)
        return [find_word() for _ in range(draw.randint(1, 12))]

    def join(told: list[list[str]]) -> str:
        ends = (". ", ". ", ".\n", "? ", "! ", " ", "\n\n")
        return "".join(text[:1].upper() + text[1:] + draw.choice(ends) for text in map(" ".join, told))

    left = [make_sentence() for _ in range(draw.randint(1, 3))]
    right = [change(words, draw.choice((0.0, 0.1, 0.4))) for words in left if draw.random() < 0.8]
    right += [make_sentence() for _ in range(draw.randint(0, 2))]
    draw.shuffle(right)
    return f"{join(left)}{_TURN}{join(right)}".encode("utf-8", "replace")


def _write(name: str, data: bytes) -> str:
    (_FOLDER / name).write_bytes(data)
    return str(_FOLDER / name)


def read(data: bytes) -> None:
    """Read an article, as one file and as many."""
    suffix = ("txt", "json", "jsonl", "html", "")[len(data) % 5]
    for form in (consistency.read, lambda stream, name: list(consistency.read_all(stream, name=name))):
        with contextlib.suppress(ConsistencyError):
            form(io.BytesIO(data), name=f"x.{suffix}")


def _part(text: str) -> tuple[Article, Article]:
    """Return a text as two articles, parted where it says so, else in the middle."""
    first, _, later = text.partition(_TURN) if _TURN in text else (text[: len(text) // 2], "", text[len(text) // 2 :])
    days = ("2024-05-06", None, "2024-05-14")
    return (
        Article(first, "a.txt", published=days[len(text) % 3]),
        Article(later, "b.txt", published=days[len(later) % 3]),
    )


def judge(data: bytes) -> None:
    """Compare two texts and check them."""
    consistency.check(consistency.compare(*_part(data.decode("utf-8", "replace"))), forbid="unique")


def compare(data: bytes) -> None:
    """Compare two texts, check them, and write all reports in turn."""
    text = data.decode("utf-8", "replace")
    left, right = _part(text)
    found = consistency.compare(left, right)
    findings = consistency.check(found, forbid=("updated", "unique"), minimum_confirmed=0.9)
    story = consistency.compare_event((left, right, Article(text, "c.txt"))) if len(data) % 7 == 0 else None
    for value in filter(None, (found, story, Verdict(findings, troubles=(text,)))):
        forms = tuple(FORMATS[type(value)])
        build_report(value, forms[len(text) % len(forms)], width=len(data) % 130).encode()


def know(data: bytes) -> None:
    """Read a comparison back from its JSON form, and write it again."""
    with contextlib.suppress(ValueError):  # what it says that it raises
        build_report(Comparison.from_json(data), "plain")


def settle(data: bytes) -> None:
    """Read settings, a policy and a baseline."""
    form = ("toml", "cfg")[data.startswith(b"[tool:")]
    with contextlib.suppress(ConsistencyError):
        read_settings(_write(f"settings.{form}", data))
    with contextlib.suppress(ConsistencyError, UnicodeDecodeError):
        baseline.parse(data.decode(), "known.json")
    values = data.decode("utf-8", "replace").split("\n")
    for name in ("forbid", "kinds", "ignore_roles", "minimum_confirmed", "sources"):
        with contextlib.suppress(ConsistencyError):
            Policy.build({name: values[len(data) % len(values)]})


def gather(data: bytes) -> None:
    """Read a manifest, lines with events, and a folder."""
    suite.gather([_write("pairs.toml" if b"[[" in data[:200] else "wire.jsonl", data), _FOLDER / "event"])


def spread(data: bytes) -> None:
    """Read a chunk of a corpus: lines, a table, a file."""
    path = _write(("wire.csv", "wire.jsonl", "wire.parquet", "wire.txt")[len(data) % 4], data)
    chunks = list(source.cut([(path, len(data))], size=max(1, len(data) // 3)))
    for chunk in source.number(chunks, (source.count_lines(each.path, each.start, each.stop) for each in chunks)):
        for found in source.read_chunk(chunk):
            (found.name + (found.reason or "") + (found.event or "")).encode()
    source.find_columns(path)


def _bending(*seeds: str | bytes) -> Callable[[random.Random], bytes]:
    return functools.partial(bend, seeds=tuple(seed.encode() if isinstance(seed, str) else seed for seed in seeds))


def _make_known() -> str:
    return build_report(consistency.compare(_TEXT, _OTHER), "json")


_STOCK = _SENTENCE.findall(_TEXT + _OTHER)

TARGETS: dict[Callable[[bytes], None], tuple[int, Callable[[random.Random], bytes]]] = {
    read: (26, _bending(_TEXT, _OTHER, _OBJECT, _NINJS, _LINES, _HTML, _TEXT.encode("cp1252"), _TEXT.encode("utf-16"))),
    compare: (1, _bending(*map(_TURN.join, ((_TEXT, _OTHER), (_OTHER, _TEXT), (_TEXT, _TEXT))))),
    judge: (20, functools.partial(compose, sentences=_STOCK)),
    know: (16, _bending(_make_known())),
    settle: (18, _bending(_SETTINGS, _INI, _BASELINE)),
    gather: (11, _bending(_TOML, _LINES)),
    spread: (8, _bending(_CSV, _LINES, _TEXT)),
}
"""The doors, how many inputs of a hundred each gets, and what makes them."""


def generate(seed: int, count: int) -> Iterator[tuple[Callable[[bytes], None], bytes]]:
    """Yield so many inputs, each with the target that it is for."""
    draw = random.Random(seed)  # noqa: S311  the same inputs in every run
    targets, weights = list(TARGETS), [share for share, _ in TARGETS.values()]
    for _ in range(count):
        target = draw.choices(targets, weights)[0]
        yield target, TARGETS[target][1](draw)


def attack(target: Callable[[bytes], None], data: bytes) -> str:
    """Return what went wrong with an input, empty for nothing."""
    try:
        target(data)
    except ConsistencyError:
        return ""
    except Exception:  # whatever it is, it is not ours
        return traceback.format_exc()
    return ""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"more than {LONGEST} s of processor time")


def main() -> None:
    """Run, tell every failure with its input, and exit with 1 if there was one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, help="JSON Lines with articles whose sentences are changed and compared")
    parser.add_argument("--minutes", type=float, default=math.inf, help="by the clock, after which it stops")
    parser.add_argument("--most", type=int, default=20, help="failures after which it stops")
    options = parser.parse_args()
    for article in consistency.read_all(options.texts) if options.texts else ():
        _STOCK.extend(_SENTENCE.findall(article.text))
    prepare()
    signal.signal(signal.SIGVTALRM, _stop)
    end = time.monotonic() + 60 * options.minutes
    begin, failures, slowest = time.process_time(), 0, (0.0, b"")
    counts, spent = dict.fromkeys(TARGETS, 0), dict.fromkeys(TARGETS, 0.0)
    for number, (target, data) in enumerate(generate(options.seed, options.count), 1):
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        start = time.process_time()
        told = attack(target, data)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = time.process_time() - start
        slowest = max(slowest, (took, data))
        counts[target] += 1
        spent[target] += took
        if told:
            failures += 1
            print(f"input {number} to {target.__name__}: {data!r}\n{told}", flush=True)
        if failures >= options.most or time.monotonic() > end:
            break
        if number % 10_000 == 0:
            print(f"{number:,} inputs, {failures} failures", file=sys.stderr, flush=True)
    told = ", ".join(f"{target.__name__} {count:,} in {spent[target]:,.0f} s" for target, count in counts.items())
    print(f"{sum(counts.values()):,} inputs ({told}), {failures} failures, {time.process_time() - begin:,.0f} s")
    print(f"slowest: {slowest[0]:.2f} s, {len(slowest[1]):,} bytes")
    sys.exit(bool(failures))


def prepare() -> None:
    """Write the articles that manifests name."""
    (_FOLDER / "event").mkdir(exist_ok=True)
    for name, text in (("a.txt", _TEXT), ("b.txt", _OTHER)):
        (_FOLDER / name).write_text(text, encoding="utf-8")
        (_FOLDER / "event" / name).write_text(text, encoding="utf-8")
    os.chdir(_FOLDER)


if __name__ == "__main__":
    main()
