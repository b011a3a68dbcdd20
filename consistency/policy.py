"""Policies: what a newsroom forbids, built from keywords, from settings files and from the command line."""

from __future__ import annotations

import configparser
import difflib
import enum
import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from consistency.errors import SettingsError
from consistency.files import read_text
from consistency.model import Kind, Nature, Role

SETTINGS_FILES = ("pyproject.toml", "setup.cfg")
"""Where settings are looked for, in this order; the first that has a section of ours is read."""

_ALIKE = 0.5  # of two words, by difflib: below it a guess is none ("foo", "elaboration")
_Name = TypeVar("_Name", bound=enum.Enum)


class Forbidden(str, enum.Enum):
    """What a policy can forbid: a nature of change, any change at all, or a sentence without a counterpart.

    >>> print(Forbidden.CONFLICT)
    conflict
    """

    CONFLICT = "conflict"
    DEVELOPMENT = "development"
    ELABORATION = "elaboration"
    UPDATED = "updated"
    UNIQUE = "unique"

    def __str__(self) -> str:
        return str(self.value)


def read_names(what: str, value: object, names: type[_Name]) -> tuple[_Name, ...]:
    """Return the members that ``value`` names, in the order of their enumeration, each once.

    Args:
        what: what to call such a name in an error.
        value: a member, its name, several names with commas or spaces between them, or an iterable of these.
        names: the enumeration.

    Raises:
        SettingsError: a name is none of them; the message has the nearest right one.

    >>> [str(kind) for kind in read_names("kind", "time, quantity", Kind)]
    ['quantity', 'time']
    """
    if isinstance(value, enum.Enum):
        parts: Iterable[object] = (value,)
    elif isinstance(value, str):
        parts = re.split(r"[\s,]+", value)
    elif isinstance(value, Iterable):
        unordered = isinstance(value, (set, frozenset))
        parts = sorted(value, key=str) if unordered else value  # of several wrong names the same is told in every run
    else:
        raise SettingsError(f"the name of a {what} is wanted, not {value!r}")
    words = [str(part) for part in parts if part != ""]
    known = {str(member.value): member for member in names}
    for word in words:
        if word not in known:
            raise SettingsError(f"no {what} {word!r}; {suggest(word, known)}")
    return tuple(member for name, member in known.items() if name in words)


def suggest(word: str, known: Iterable[str]) -> str:
    """Return what to say to who wrote ``word``: the known word that looks like it, or all of them where none does.

    >>> suggest("forbidd", ["forbid", "kinds"]), suggest("text", ["html", "json"])
    ("did you mean 'forbid'?", 'use one of html, json')
    """
    known = list(known)
    near = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=_ALIKE)
    if not known:
        return "none is defined"
    return f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"


def _read_forbidden(value: object) -> tuple[Forbidden, ...]:
    return read_names("rule", value, Forbidden)


def _read_kinds(value: object) -> tuple[Kind, ...]:
    return read_names("kind", value, Kind)


def _read_roles(value: object) -> tuple[Role, ...]:
    return read_names("role", value, Role)


def _read_share(name: str, value: object) -> float:
    try:
        share = float(str(value))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SettingsError(f"{name}: a share from 0 to 1 is wanted, not {value!r}")
    return share


def _read_confirmed(value: object) -> float:
    return _read_share("minimum_confirmed", value)


def _read_confidence(value: object) -> float:
    return _read_share("confidence", value)


def _read_sources(value: object) -> tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]:
    if isinstance(value, tuple):
        value = {source: dict(settings) for source, settings in value}
    if not isinstance(value, Mapping) or not all(isinstance(settings, Mapping) for settings in value.values()):
        raise SettingsError("sources: settings for each source are wanted")
    for source, settings in value.items():
        if "sources" in settings:
            raise SettingsError(f"sources: {source}: has sources of its own")
        build_policy(f"sources: {source}", settings)
    return tuple((str(source), tuple(_freeze(settings))) for source, settings in value.items())


def _freeze(settings: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for key, value in settings.items():
        yield key, tuple(value) if isinstance(value, (list, set, frozenset)) else value


def build_policy(origin: str, settings: Mapping[str, Any]) -> Policy:
    """Return ``Policy.build(settings)``; an error starts with where the settings stand.

    >>> build_policy("setup.cfg", {"forbidd": "conflict"})
    Traceback (most recent call last):
    consistency.errors.SettingsError: setup.cfg: no setting 'forbidd'; did you mean 'forbid'?
    """
    try:
        return Policy.build(settings)
    except SettingsError as error:
        raise SettingsError(f"{origin}: {error}") from None


@attrs.frozen
class Policy:
    """What is a breach. Every field takes names as strings, one or several, and keeps them as members.

    Attributes:
        forbid: what must not be found: ``conflict``, ``development``, ``elaboration``, ``updated`` (all three) or
            ``unique`` (a sentence that the other article has no counterpart of).
        kinds: the kinds of change that count.
        ignore_kinds: kinds of those that do not.
        ignore_roles: a pair that on one side has sentences of these roles only is passed over.
        minimum_confirmed: the share in [0, 1] of each article that the other must confirm.
        confidence: how sure, in [0, 1], it must be that the nature of a change is right; changes below do not count.
        sources: settings for pairs of which one article is from that source (``Article.source``), laid over the
            others; where both have some, those that stand later here win.

    Raises:
        SettingsError: a value is none of those that it can be; the message has the nearest right one.

    >>> policy = Policy(forbid="conflict, development", ignore_kinds={"attribution"})
    >>> [str(rule) for rule in policy.forbid]
    ['conflict', 'development']
    >>> policy.counts(Kind.ATTRIBUTION)
    False
    """

    forbid: tuple[Forbidden, ...] = attrs.field(default=(Forbidden.CONFLICT,), converter=_read_forbidden)
    kinds: tuple[Kind, ...] = attrs.field(default=tuple(Kind), converter=_read_kinds)
    ignore_kinds: tuple[Kind, ...] = attrs.field(default=(), converter=_read_kinds)
    ignore_roles: tuple[Role, ...] = attrs.field(default=(Role.CREDIT, Role.LINK), converter=_read_roles)
    minimum_confirmed: float = attrs.field(default=0.0, converter=_read_confirmed)
    confidence: float = attrs.field(default=0.5, converter=_read_confidence)
    sources: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = attrs.field(default=(), converter=_read_sources)

    @classmethod
    def build(cls, settings: Mapping[str, Any]) -> Policy:
        """Return the policy of settings by name.

        Raises:
            SettingsError: a name is unknown, or a value cannot be; the message has the nearest right one.

        >>> Policy.build({"ignore_kind": "time"})
        Traceback (most recent call last):
        consistency.errors.SettingsError: no setting 'ignore_kind'; did you mean 'ignore_kinds'?
        """
        known = [field.name for field in attrs.fields(cls)]
        for key in settings:
            if key not in known:
                raise SettingsError(f"no setting {key!r}; {suggest(key, known)}")
        return cls(**settings)

    def forbids(self, nature: Nature) -> bool:
        """Say whether changes of this nature are forbidden, by their own name or with all updates.

        >>> Policy(forbid="updated").forbids(Nature.ELABORATION)
        True
        """
        return Forbidden.UPDATED in self.forbid or Forbidden(str(nature)) in self.forbid

    def counts(self, kind: Kind, confidence: float = 1.0) -> bool:
        """Say whether changes of this kind count, where it is so sure that their nature is right.

        >>> Policy(kinds="time").counts(Kind.QUANTITY)
        False
        >>> Policy(confidence=0.8).counts(Kind.TIME, 0.7)
        False
        """
        return kind in self.kinds and kind not in self.ignore_kinds and confidence >= self.confidence

    def overrides(self, *sources: str | None) -> dict[str, Any]:
        """Return the settings that hold for articles of these sources, beside the common ones.

        >>> Policy(sources={"Wire": {"forbid": "updated"}}).overrides("Wire", None)
        {'forbid': 'updated'}
        """
        return {key: value for source, settings in self.sources if source in sources for key, value in settings}

    def select(self, *sources: str | None) -> Policy:
        """Return the policy for two articles of these sources.

        >>> policy = Policy(sources={"Wire": {"forbid": "updated"}})
        >>> [str(rule) for rule in policy.select("Wire", None).forbid]
        ['updated']
        """
        own = self.overrides(*sources)
        return attrs.evolve(self, **own) if own else self


@attrs.frozen
class Settings:
    """What a settings file says.

    Attributes:
        origin: the file, empty for none.
        policy: the keywords of the policy.
        baseline: the path of the baseline, made from the folder of the file; ``None`` without one.
        exclude: patterns of files and folders that are passed over.
    """

    origin: str = ""
    policy: Mapping[str, Any] = attrs.field(factory=dict)
    baseline: str | None = None
    exclude: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return all settings with what they are by default, one a line.

        >>> print(Settings("setup.cfg", {"forbid": "updated"}).__str__().splitlines()[1])
        forbid = updated
        """
        policy = Policy.build(self.policy)
        told = {field.name: getattr(policy, field.name) for field in attrs.fields(Policy) if field.name != "sources"}
        told |= {"baseline": self.baseline or "", "exclude": self.exclude}
        told |= {f"sources.{source}": tuple(f"{k}={_tell(v)}" for k, v in own) for source, own in policy.sources}
        lines = [f"# {self.origin or 'no settings file: the defaults'}"]
        return "\n".join([*lines, *(f"{name} = {_tell(value)}".rstrip() for name, value in told.items())])


def _tell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def find_settings(paths: Iterable[str | os.PathLike[str]] = ()) -> Settings:
    """Return the settings that hold for files: of the nearest folder upward from the one that all of them are in.

    Raises:
        SettingsError: a file cannot be parsed, a key is unknown or a value cannot be.

    >>> find_settings(["examples/newsroom_ci/corpus/storm"]).baseline
    'examples/newsroom_ci/consistency-baseline.json'
    """
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]
    try:
        common = Path(os.path.commonpath(folders or [os.getcwd()]))
    except ValueError:  # two drives have no folder in common
        common = Path.cwd()
    for folder in (common, *common.parents):
        if any((folder / name).is_file() for name in SETTINGS_FILES):
            near = os.path.relpath(folder) if folder.anchor == Path.cwd().anchor else folder
            if (found := load_settings(near)).origin:
                return found
    return Settings()


def load_settings(folder: str | os.PathLike[str] = ".") -> Settings:
    """Return the settings of a folder.

    They are ``[tool.consistency]`` of pyproject.toml, else ``[tool:consistency]`` of setup.cfg, else none.

    Raises:
        SettingsError: a file cannot be parsed, a key is unknown or a value cannot be.

    >>> load_settings("examples").origin
    ''
    """
    for name in SETTINGS_FILES:
        path = Path(folder) / name
        if path.is_file() and (found := _read_section(path)) is not None:
            return _make_settings(path, found)
    return Settings()


def read_settings(path: str | os.PathLike[str]) -> Settings:
    """Return the settings of one file, TOML or INI by its ending.

    Raises:
        SettingsError: it cannot be read, or has no section of ours.
    """
    found = _read_section(Path(path))
    if found is None:
        raise SettingsError(f"{path}: has no section [{'tool.' if _is_toml(path) else 'tool:'}consistency]")
    return _make_settings(Path(path), found)


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Return what a TOML text holds.

    Raises:
        SettingsError: it is no TOML; the message says where.

    >>> parse_toml("forbid = 'conflict'", "pairs.toml")
    {'forbid': 'conflict'}
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also a number of thousands of digits
        raise SettingsError(f"{name}: is no TOML: {error}") from None
    except RecursionError:
        raise SettingsError(f"{name}: is nested too deep") from None


def _is_toml(path: str | os.PathLike[str]) -> bool:
    return Path(path).suffix.lower() == ".toml"


def _read_section(path: Path) -> dict[str, Any] | None:
    text = read_text(path)
    if _is_toml(path):
        table: Any = parse_toml(text, str(path)) if "consistency" in text else {}
        for key in ("tool", "consistency"):
            table = table.get(key) if isinstance(table, dict) else None
        return table if isinstance(table, dict) else None
    parser = configparser.RawConfigParser(strict=True)
    try:
        parser.read_string(text, str(path))
    except configparser.Error as error:
        raise SettingsError(f"{path}: is no INI file: {' '.join(str(error).split())}") from None
    if not any(name.startswith("tool:consistency") for name in parser.sections()):
        return None
    found: dict[str, Any] = dict(parser["tool:consistency"]) if parser.has_section("tool:consistency") else {}
    prefix = "tool:consistency:"
    sources = {name[len(prefix) :]: dict(parser[name]) for name in parser.sections() if name.startswith(prefix)}
    return {**found, "sources": sources} if sources else found


def _underline(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {key.replace("-", "_"): value for key, value in settings.items()}


def _make_settings(path: Path, found: Mapping[str, Any]) -> Settings:
    policy = _underline(found)
    if isinstance(own := policy.get("sources"), dict):
        policy["sources"] = {name: _underline(each) if isinstance(each, dict) else each for name, each in own.items()}
    baseline = policy.pop("baseline", None)
    exclude = policy.pop("exclude", ())
    known = [*(field.name for field in attrs.fields(Policy)), "baseline", "exclude"]
    for key in policy:
        if key not in known:
            raise SettingsError(f"{path}: no setting {key!r}; {suggest(key, known)}")
    if baseline is not None and not isinstance(baseline, str):
        raise SettingsError(f"{path}: baseline: the path of a file is wanted, not {baseline!r}")
    build_policy(str(path), policy)
    return Settings(str(path), policy, baseline and os.path.normpath(path.parent / baseline), split_patterns(exclude))


def split_patterns(value: object) -> tuple[str, ...]:
    """Return the patterns that a value names: a list, or a string with commas or line breaks between them.

    Raises:
        SettingsError: it is neither.

    >>> split_patterns("drafts, *.html")
    ('drafts', '*.html')
    """
    parts = re.split(r"[,\n]", value) if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
        raise SettingsError(f"exclude: patterns of files are wanted, not {value!r}")
    return tuple(stripped for part in parts if (stripped := part.strip()))
