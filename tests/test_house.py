"""How the house stands: no list of English words in code, no class of one name twice, no circle of imports."""

from __future__ import annotations

import ast
import importlib.resources
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from consistency.facts.patterns import Grammar
from consistency.facts.quantity.ages import read_ages
from consistency.facts.time.reader import read_times
from consistency.language import ENGLISH
from consistency.lexicon import function_words

if TYPE_CHECKING:
    from importlib.abc import Traversable

ROOT = Path(str(importlib.resources.files("consistency")))
FILES = sorted(ROOT.rglob("*.py"))
READERS = [path for path in FILES if path.relative_to(ROOT).parts[0] in ("facts", "diff", "segmenter", "aligner")]

LIST = 3  # words from which a literal is a list of words
# Literals that look like lists of English words and are none, by the module, the first word, and why.
EXCEPTIONS = {
    ("aligner/statements.py", "index"): "names of signals",
    ("aligner/weights.py", "words"): "names of signals",
    ("diff/acts.py", "crossed"): "names of relations",
    ("diff/rivals.py", "before"): "names of signals",
    ("facts/quantity/ages.py", "early"): "parts of a decade, as the rules name them",
    ("facts/quantity/ages.py", "number"): "slots of the rules",
    ("facts/quantity/ages.py", "said"): "slots of the rules",
    ("facts/quantity/values.py", "of"): "how a report writes a unit",
    ("facts/status.py", "verb"): "slots of the rules",
    ("facts/time/reader.py", "amount"): "slots of the rules",
    ("facts/time/reader.py", "month"): "slots of the rules",
    ("facts/time/reader.py", "ordinal"): "slots of the rules",
    ("facts/time/reader.py", "slice"): "names of the rules",
    ("facts/time/slices.py", "month"): "names of lengths of time, which no text has to say",
    ("facts/time/lengths.py", "century"): "names of lengths of time, which no text has to say",
    ("facts/time/scene.py", "week"): "names of lengths of time, which no text has to say",
    ("facts/time/values.py", "early"): "parts of a time, as the rules name them",
    ("facts/time/values.py", "month"): "names of lengths of time, which no text has to say",
    ("facts/time/values.py", "second"): "names of lengths of time, which no text has to say",
    ("facts/units.py", "second"): "names of lengths of time, which no text has to say",
}
# Classes of one name, each inside of its own room: none is a public name twice, and no file meets two of them.
TWICE = {
    "Act": "of the aligner and of the judge",
    "Draft": "of reading and of the aligner",
    "Phase": "of a marked verb and of a clause",
    "Summary": "of a corpus run and of a comparison",
}


def name(path: Path) -> str:
    """Return a file as it is called here."""
    return path.relative_to(ROOT).as_posix()


def dot(path: Path) -> str:
    """Return a file as it is imported."""
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def read_words() -> frozenset[str]:
    """Return the words of English that the language files list."""
    words = set(function_words())
    for path in ENGLISH.folder.iterdir():
        if path.name.endswith(".toml"):
            quoted = " ".join(re.findall(r'"([^"]*)"', path.read_text(encoding="utf-8")))
            words.update(re.findall(r"[a-z']{2,}", quoted))
    return frozenset(words)


WORDS = read_words()


def find_lists(tree: ast.AST) -> Iterator[str]:
    """Yield the first word of each literal that lists English words: in a string, or as strings of a collection."""
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    said = (node for node in ast.walk(tree) if isinstance(node, (ast.Raise, ast.JoinedStr)))
    told = {id(part) for node in said for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in docs or id(node) in told:
            continue
        found: list[str] = []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = re.split(r"[\s|]+", node.value.strip())
        elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            found = [item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        elif isinstance(node, ast.Dict):
            found = [key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        if len(found) >= LIST and sum(word in WORDS for word in found) > len(found) / 2:
            yield found[0]


@pytest.mark.parametrize("path", READERS, ids=map(name, READERS))
def test_no_list_of_english_words_stands_in_code(path: Path) -> None:
    """They are data of the language; what looks like one and is none is an exception with a reason."""
    found = set(find_lists(ast.parse(path.read_text(encoding="utf-8"))))
    excepted = {word for file, word in EXCEPTIONS if file == name(path)}
    assert found <= excepted


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('frozenset("said told asked".split())', ["said"]),
        ('re.compile(r"said|told|asked")', ["said"]),
        ('{"said", "told", "asked"}', ["said"]),
        ('{"said": 1, "told": 2, "asked": 3}', ["said"]),
        ('frozenset("said told".split())', []),
        ('def f():\n    """Say that they said so."""', []),
        ('raise ValueError("this is not so")', []),
        ('("xyzzy", "plugh", "said")', []),
    ],
)
def test_lists_of_words_are_seen(code: str, found: list[str]) -> None:
    """From three words on, however they are written; not in docstrings and messages."""
    assert list(find_lists(ast.parse(code))) == found


def test_no_words_stand_in_two_files() -> None:
    """What two readers want by one name, with the same words, is asked of one file; endings of words are none."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in ENGLISH.folder.iterdir():
        if path.name.endswith(".toml"):
            for line in path.read_text(encoding="utf-8").splitlines():
                if (found := re.match(r'(\w+) = "([a-z ]+)"', line)) and found[1] != "participle":
                    places[found[1], " ".join(sorted(found[2].split()))].append(path.name)
    assert {words: files for words, files in places.items() if len(set(files)) > 1} == {}


def test_facts_ask_for_words_that_a_file_has() -> None:
    """Lists of words are no fields that a type checker knows, so a name that is mistyped is found here."""
    known = {key for path in ENGLISH.folder.iterdir() if path.name.endswith(".toml") for key in read_table(path)}
    text = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("facts/**/*.py"))
    asked = set(re.findall(r'\b(?:words|lists)\.([a-z]\w+)\b(?![("`])', text))
    assert asked
    assert asked <= known


def read_table(path: Traversable) -> frozenset[str]:
    """Return the keys of a TOML file, and its tables, as they are written at the start of a line."""
    return frozenset(re.findall(r"^\[?(\w+)(?:\]| =)", path.read_text(encoding="utf-8"), re.MULTILINE))


def list_keys(grammar: Grammar[Any, Any]) -> set[str]:
    return {part.key for rule in grammar.rules for pattern in rule.patterns for part in pattern.parts}


@pytest.mark.parametrize(
    ("files", "keys"),
    [
        ("facts/time/*.py", list_keys(read_times(ENGLISH).grammar)),
        ("facts/quantity/ages.py", list_keys(read_ages(ENGLISH).grammar)),
    ],
)
def test_builders_ask_only_for_what_rules_find(files: str, keys: set[str]) -> None:
    """A key that no pattern has is missing in every match, and the builder would never know."""
    text = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob(files))
    asked = set(re.findall(r'match(?:\.place\(|\[)"([^"]+)"', text))
    assert asked
    assert asked <= keys


def test_no_class_has_the_name_of_another() -> None:
    """One word, one meaning."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):  # that is of its file alone
                places[node.name].append(name(path))
    assert {each: files for each, files in places.items() if len(files) > 1 and each not in TWICE} == {}
    assert {each for each in TWICE if len(places[each]) < 2} == set()


def read_imports() -> dict[str, set[str]]:
    """Return for each module the modules of the package that it imports anywhere but for type checking."""
    modules = set(map(dot, FILES))
    graph: dict[str, set[str]] = {}
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unread = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            for part in ast.walk(node)
        }
        found: set[str] = set()
        for node in ast.walk(tree):
            if id(node) in unread:
                continue
            if isinstance(node, ast.Import):
                found.update(each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = {f"{node.module}.{each.name}" for each in node.names}
                found |= {each if each in modules else node.module for each in names}
        graph[dot(path)] = (found & modules) - {dot(path)}
    return graph


def test_no_files_import_each_other_in_a_circle() -> None:
    """Whether at the head of the file or inside of a function; the package itself may import all that it offers."""
    graph = read_imports()
    graph.pop("consistency")
    circle: list[str] = []
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            circle.extend(path[path.index(module) :])
        elif module in graph and module not in done and not circle:
            for other in sorted(graph[module]):
                visit(other, (*path, module))
            done.add(module)

    for module in sorted(graph):
        visit(module, ())
    assert circle == []
    assert any(itertools.chain.from_iterable(graph.values()))
