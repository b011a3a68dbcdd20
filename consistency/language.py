"""What is known of a language: a folder of data files, found by name.

English is ``languages/en``. Another language is a folder of the same form: ``load`` takes its path, or the name of an
entry point in the group ``consistency.languages`` whose value is the package that holds the files. A file, or a key of
a file, that a language does not have is that of its base, where ``language.toml`` names one; else it is empty, and what
needs it finds nothing.

Word lists stand in TOML. Code says what it wants of a file as a class, and gets it filled::

    @attrs.frozen
    class Speech(WordLists):
        endings: tuple[str, ...]

    language.read("speech.toml", Speech).endings

Mere lists of words need no line there: each key of the English file is an attribute of what is read.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import os
import sys
import typing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from consistency.errors import SettingsError

if TYPE_CHECKING:
    from importlib.abc import Traversable

GROUP = "consistency.languages"  # of entry points


class WordLists:
    """What a file holds, where the lists of words are not declared: a base of shapes.

    Each key of the English file that is no field of the shape is a ``frozenset[str]``, empty where a language lacks it.

    >>> @attrs.frozen
    ... class Titles(WordLists):
    ...     base: str
    >>> sorted(load("en").read("language.toml", Titles).stemmer)
    ['english']
    """

    __slots__ = ()

    if TYPE_CHECKING:

        def __getattr__(self, key: str) -> frozenset[str]: ...


Shape = TypeVar("Shape", bound=attrs.AttrsInstance)
Made = TypeVar("Made")


@attrs.frozen(eq=False)  # one a process and name: load() keeps them
class Language:
    """The words of a language, read when they are asked for and kept.

    Attributes:
        name: "en", or the name of its folder.
        folder: where its files lie.
        source: what ``load`` was asked for.

    >>> ENGLISH.title, ENGLISH.stemmer
    ('English', 'english')
    """

    name: str
    folder: Traversable = attrs.field(repr=False)
    source: str = attrs.field(repr=False)

    def __reduce__(self) -> tuple[object, ...]:  # another process reads the files itself
        return load, (self.source,)

    def __str__(self) -> str:
        """Return its name and the hash of its files, and its base, for a result that has to be reproduced."""
        return f"{self.name} {_hash_files(self)}" + (f" on {self.base}" if self.base else "")

    def bind(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function with its last argument, the language; with English, its default, the function itself.

        >>> ENGLISH.bind(max) is max
        True
        """
        return function if self is ENGLISH else _Bound(function, self)

    @property
    def title(self) -> str:
        """What the language calls itself in a message: its name where its files do not say."""
        return self.read("language.toml", About).title or self.name

    @property
    def stemmer(self) -> str:
        """The name of its Snowball stemmer, empty for none."""
        return self.read("language.toml", About).stemmer

    @property
    def base(self) -> Language | None:
        """The language whose words it has beside its own, none for its own alone.

        Raises:
            SettingsError: it is its own base, or there is no such language.
        """
        return _find_base(self)

    def is_based_on(self, other: Language) -> bool:
        """Say whether a language is another one, or has its words beside its own.

        >>> ENGLISH.is_based_on(ENGLISH)
        True
        """
        return self is other or bool(self.base and self.base.is_based_on(other))

    def find(self, file: str) -> Traversable:
        """Return one of its files, that of its base where it has none, whether that is there or not."""
        own = self.folder.joinpath(file)
        return self.base.find(file) if self.base and not own.is_file() else own

    def read_text(self, file: str) -> str:
        """Return the text of a file, empty where there is none."""
        path = self.find(file)
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def read_rows(self, file: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows of a plain table: cells at blanks, lines with ``#`` are remarks.

        >>> ("went", "go") in ENGLISH.read_rows("irregular.txt")
        True
        """
        lines = self.read_text(file).splitlines()
        return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))

    def read(self, file: str, shape: type[Shape]) -> Shape:
        """Return what a TOML file holds, as a value of an attrs class; the same one each time.

        A field is filled from the key of its name, and its type says how the key is read: ``frozenset[str]`` words of
        a string or a list, ``tuple[str, ...]`` the same in order, ``Mapping[str, …]`` a table, ``str``, ``int``,
        ``float`` and ``bool`` as they are. The items of a list stay whole, so that a phrase can stand in one.
        A key that a table lacks gives what is empty. The tables of a language are laid over those of its base.
        Where the class is one of :class:`WordLists`, lists of words are filled without a field.

        Raises:
            SettingsError: the file is no TOML, has a key that is no field, or a key has another type.

        >>> ENGLISH.read("language.toml", About).title
        'English'
        """
        found: Shape = _read(self, file, shape)
        return found

    def interpret(
        self, where: str, table: Mapping[str, Sequence[str]], make: Callable[..., Made], form: str
    ) -> dict[str, Made]:
        """Return what ``make`` makes of each entry of a table, of its key and its words.

        Raises:
            SettingsError: the words of an entry have not the form that is asked for; ``where`` names file and table.

        >>> ENGLISH.interpret("weather.toml: winds", {"gale": ("8",)}, lambda name, force: int(force), "a number")
        {'gale': 8}
        """
        made, key = {}, ""
        try:
            for key, words in table.items():
                made[key] = make(key, *words)
        except (KeyError, TypeError, ValueError):  # none of that name, too few words or too many, no number
            told = " ".join(table[key]) or "nothing"
            raise SettingsError(f"{where} of language {self.name}: {key!r} must have {form}, not {told!r}") from None
        return made


@attrs.frozen
class _Bound:
    """A function with its last argument; equal ones are equal in any process."""

    function: Callable[..., Any]
    language: Language

    def __call__(self, *arguments: object) -> Any:
        return self.function(*arguments, self.language)


@attrs.frozen
class About:
    """What ``language.toml`` says.

    >>> About().stemmer
    ''
    """

    title: str = ""
    stemmer: str = ""
    base: str = ""


def load(name: str | Language) -> Language:
    """Return a language: shipped ("en"), a folder of files, or the name of an installed pack; a language is itself.

    Raises:
        SettingsError: there is no such language.

    >>> load("en") is ENGLISH
    True
    >>> load("xx")
    Traceback (most recent call last):
    consistency.errors.SettingsError: no language 'xx': give one of en, or the path of a folder of word files
    """
    return name if isinstance(name, Language) else _find(name)


@functools.cache
def _find(name: str) -> Language:
    shipped = importlib.resources.files("consistency").joinpath("languages")
    if name.isalpha() and shipped.joinpath(name).is_dir():
        return Language(name, shipped.joinpath(name), name)
    if ("/" in name or os.sep in name) and Path(name).is_dir():
        return Language(Path(name).name, Path(name), name)
    from importlib import metadata  # brings all of email: a shipped language needs none of it

    packs = {pack.name: pack for pack in metadata.entry_points(group=GROUP)}
    if name in packs:
        return Language(name, importlib.resources.files(packs[name].value), name)
    names = sorted({item.name for item in shipped.iterdir() if item.is_dir()} | set(packs))
    raise SettingsError(f"no language {name!r}: give one of {', '.join(names)}, or the path of a folder of word files")


@functools.cache
def _find_base(language: Language) -> Language | None:
    name = _parse(language, "language.toml").get("base", "")
    base = load(str(name)) if name else None
    above = base
    while above:
        if above is language:
            raise SettingsError(f"language {language.name}: is its own base")
        above = load(str(name)) if (name := _parse(above, "language.toml").get("base", "")) else None
    return base


@functools.cache
def _parse(language: Language, file: str) -> dict[str, Any]:
    """Return its own table of a file, empty for none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    path = language.folder.joinpath(file)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} of language {language.name}: {error}") from None


def _lay(table: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table laid over another one: what both have is of the first, and tables in them are laid likewise."""
    both = {key: _lay(value, below[key]) for key, value in table.items() if _are_tables(value, below.get(key))}
    return {**below, **table, **both}


def _are_tables(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


def _collect(language: Language, file: str) -> dict[str, Any]:
    own = _parse(language, file)
    return _lay(own, _collect(language.base, file)) if language.base else own


@functools.cache
def _read(language: Language, file: str, shape: type[Shape]) -> Shape:
    where = f"{file} of language {language.name}"
    table = _collect(language, file)
    types: dict[str, Any] = typing.get_type_hints(shape)
    if issubclass(shape, WordLists):
        shape = _add_lists(shape, file)
    fields = {field.name: field for field in attrs.fields(shape)}
    if unknown := sorted(table.keys() - fields.keys()):
        raise SettingsError(f"{where}: no key {unknown[0]!r}, use {', '.join(fields)}")
    types = dict.fromkeys(fields, frozenset[str]) | types
    values = {key: _fill(types[key], value, f"{where}: {key}") for key, value in table.items()}
    missing = {key: _fill(types[key], None, where) for key, field in fields.items() if field.default is attrs.NOTHING}
    return shape(**(missing | values))


@functools.cache
def _add_lists(shape: type[Shape], file: str) -> type[Shape]:
    """Return a shape with a field for each key of the English file that it does not declare."""
    declared = {field.name for field in attrs.fields(shape)}
    lists = {key: attrs.field(kw_only=True) for key in _parse(ENGLISH, file) if key not in declared}
    return attrs.make_class(shape.__name__, lists, bases=(shape,), frozen=True, slots=True)


class _FileTable(dict[str, Any]):
    """A table of a file; what is not in it is empty."""

    empty: object

    def __missing__(self, key: str) -> object:
        return self.empty


def _fill(kind: Any, value: object, where: str) -> Any:
    """Return a value of TOML as a type; of no value the empty one."""
    origin = typing.get_origin(kind)
    if origin in (frozenset, tuple):
        items = value.split() if isinstance(value, str) else [] if value is None else value
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            return origin(items)
    elif origin is Mapping:
        if value is None or isinstance(value, dict):
            inner = typing.get_args(kind)[1]
            table = _FileTable((key, _fill(inner, item, f"{where}.{key}")) for key, item in (value or {}).items())
            table.empty = _fill(inner, None, where)
            return table
    elif value is None or type(value) is kind:
        return kind() if value is None else value
    wanted = kind.__name__ if origin is None else "table" if origin is Mapping else "list of words"
    raise SettingsError(f"{where} must be of type {wanted}")


@functools.cache
def _hash_files(language: Language) -> str:
    digest = hashlib.sha256()
    for file in sorted(language.folder.iterdir(), key=lambda file: file.name):
        if file.is_file() and not file.name.endswith((".md", ".py")):  # those say nothing of the language
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


ENGLISH = load("en")
