"""Suites: files, folders, JSON Lines and manifests become candidates; a run of checks over them is a verdict.

Whatever cannot be read is one line among the troubles, and the rest is still checked.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import itertools
import os
import re
import shlex
import signal
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from consistency import baseline, comparer, reading
from consistency.checks import check
from consistency.errors import ConsistencyError, SettingsError
from consistency.files import read_text
from consistency.foreign import tell_foreign
from consistency.model import Article
from consistency.policy import Policy, Settings, build_policy, find_settings, parse_toml, suggest
from consistency.reading.columns import check_columns
from consistency.reading.events import (
    ROW_SUFFIXES,
    EventRow,
    choose_event,
    is_excluded,
    read_rows,
    try_to_read,
    walk,
)
from consistency.referee import Referee
from consistency.report import build_report
from consistency.report.summary import disarm, neutralize, shorten
from consistency.text import fold
from consistency.verdict import Accepted, Finding, Verdict

_PAIR_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*pairs[ \t]*\]\]", re.M)
_HARDLY = 0.05  # share of an article; of one event more is told by both, of two events less (measured on 198 pairs)
_WANTED = "an event has two or more"
_LONGEST_KEYS = 200
_PAIR_KEYS = ("event", "left", "right", "policy")


@attrs.frozen
class Candidate:
    """Two articles that are to be checked, under a policy.

    >>> Candidate("flood", Article("Rain fell."), Article("Rain fell."), Policy()).event
    'flood'
    """

    event: str
    left: Article
    right: Article
    policy: Policy


@attrs.frozen
class Suite:
    """What is to be checked: candidates in order, and a line for each thing that is none.

    ``notes`` are about what was passed over and takes nothing from the verdict.
    """

    candidates: tuple[Candidate, ...] = ()
    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def join(cls, suites: Iterable[Suite]) -> Suite:
        """Return several suites as one.

        >>> Suite.join([Suite(troubles=("first.txt: is empty",)), Suite()]).troubles
        ('first.txt: is empty',)
        """
        everything = tuple(suites)
        return cls(
            tuple(candidate for suite in everything for candidate in suite.candidates),
            tuple(trouble for suite in everything for trouble in suite.troubles),
            tuple(note for suite in everything for note in suite.notes),
        )


def gather(
    paths: Sequence[str | os.PathLike[str]],
    settings: Mapping[str, Any] | None = None,
    *,
    columns: Mapping[str, str] = MappingProxyType({}),
    exclude: Sequence[str] = (),
    **options: Any,
) -> Suite:
    """Return the candidates of paths.

    Args:
        paths: articles, which are one event together; folders, where each subfolder is one event (a folder without
            subfolders is an event itself); JSON Lines and CSV with a field ``event``; manifests (TOML).
        settings: the policy by name.
        columns: what the fields of an article and ``event`` are called in JSON Lines and CSV.
        exclude: patterns of files and folders that are passed over: of a whole path, or of a name in it.
        options: more of the policy, which wins over ``settings`` and over what a manifest says.

    Raises:
        SettingsError: a setting is unknown or has a value that it cannot have.

    >>> gather(["nowhere.txt", "examples/articles/first.txt"]).troubles[0]
    'nowhere.txt: there is no such file; check the path, or make an Article of a text'
    """
    policy = Policy.build({**(settings or {}), **options})
    check_columns(columns)
    files = [path for path in map(str, paths) if not is_excluded(path, exclude)]
    loose = [path for path in files if not os.path.isdir(path) and _suffix(path) not in (*ROW_SUFFIXES, ".toml")]
    suites = [_read_event("", loose, policy)] if loose else []
    for path in files:
        if os.path.isdir(path):
            suites.append(_read_folder(path, policy, exclude))
        elif _suffix(path) in ROW_SUFFIXES:
            suites.append(_read_events(path, policy, columns))
        elif _suffix(path) == ".toml":
            suites.append(_read_manifest(path, settings or {}, options))
    return Suite.join(suites)


def gather_story(
    paths: Sequence[str | os.PathLike[str]],
    *,
    only: str = "",
    columns: Mapping[str, str] = MappingProxyType({}),
    exclude: Sequence[str] = (),
) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Return the articles that are one event, and a line for each thing that is none.

    Args:
        paths: articles; folders, of which all articles are taken; JSON Lines and CSV.
        only: the event to take of files with a field ``event``.
        columns: as of `gather`.
        exclude: as of `gather`.

    Raises:
        SettingsError: a file has several events and none is named.

    >>> [article.source for article in gather_story(["examples/articles"])[0]]
    ['Hill Country Agency', 'The Valley Courier', 'Northern Evening Post']
    """
    check_columns(columns)
    told: list[Article | str] = []
    for path in (path for path in map(str, paths) if not is_excluded(path, exclude)):
        if os.path.isdir(path):
            for folder in walk(path, exclude):
                told += [*folder.troubles, *map(try_to_read, folder.articles)]
        elif _suffix(path) in ROW_SUFFIXES:
            try:
                told += choose_event(path, read_rows(path, columns), only)
            except OSError as error:
                told.append(f"{path}: cannot be read ({error.strerror})")
        else:
            told.append(try_to_read(path))
    once, copies = drop_copies(article for article in told if isinstance(article, Article))
    return once, (*(trouble for trouble in told if isinstance(trouble, str)), *copies)


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


# -- events -------------------------------------------------------------------------------------------------------


def _read_folder(path: str, policy: Policy, exclude: Sequence[str]) -> Suite:
    suites = []
    for folder in walk(path, exclude):
        suites.append(Suite(troubles=folder.troubles, notes=folder.notes))
        if not folder.has_folders:
            suites.append(_read_event(folder.path, folder.articles, policy))
        elif folder.articles:
            stray = (f"{article}: stands beside the folders of events; move it into one" for article in folder.articles)
            suites.append(Suite(troubles=tuple(stray)))
    return Suite.join(suites)


def _read_event(event: str, paths: Iterable[str], policy: Policy) -> Suite:
    told = [try_to_read(path) for path in paths]
    articles = [article for article in told if isinstance(article, Article)]
    troubles = [trouble for trouble in told if isinstance(trouble, str)]
    if event and len(told) < 2:
        troubles.append(f"{event}: has {'one' if told else 'no'} article; {_WANTED}")
    elif len(told) < 2 and articles:
        troubles.append(f"{articles[0].name}: is one article; {_WANTED}")
    return Suite.join([Suite(troubles=tuple(troubles)), _pair_up(event, articles, policy)])


def _pair_up(event: str, articles: Iterable[Article], policy: Policy) -> Suite:
    """Return each article of an event with each later one."""
    once, troubles = drop_copies(articles)
    pairs = itertools.combinations(once, 2)
    return Suite(tuple(Candidate(event, left, right, policy) for left, right in pairs), troubles, tell_foreign(once))


def drop_copies(articles: Iterable[Article]) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Return the articles without those that repeat another one, and a line for each of these.

    >>> drop_copies([Article("Rain fell.", "first.txt"), Article("Rain fell.", "copy.txt")])[1]
    ('copy.txt: is the same article as first.txt; remove one of them',)
    """
    first: dict[str, Article] = {}
    troubles = []
    for article in articles:
        same = first.setdefault(fold(article.text[article.header.end :]), article)
        if same is not article:
            troubles.append(f"{article.name}: is the same article as {same.name}; remove one of them")
    return tuple(first.values()), tuple(troubles)


def _read_events(path: str, policy: Policy, columns: Mapping[str, str]) -> Suite:
    """Return the candidates of JSON Lines or CSV: every two articles that name one event."""
    try:
        rows = read_rows(path, columns)
    except OSError as error:
        return Suite(troubles=(f"{path}: cannot be read ({error.strerror})",))
    except ConsistencyError as error:
        return Suite(troubles=(str(error),))
    events: dict[str, list[EventRow]] = {}
    troubles = []
    if rows and all(row.event == "" for row in rows):
        return Suite(troubles=(f"{path}: has no field event, {_tell_keys(rows)}name yours with --event COLUMN",))
    for row in rows:
        if row.event == "":
            troubles.append(f"{row.name}: has no field event; name the event that the article is about")
        elif isinstance(row.told, str):
            troubles.append(row.told)
        if row.event:
            events.setdefault(row.event, []).append(row)
    for event, told in events.items():
        if len(told) < 2:
            troubles.append(f"{told[0].name}: event {event} has one article; {_WANTED}")
    pairs = (
        _pair_up(event, [row.told for row in told if isinstance(row.told, Article)], policy)
        for event, told in events.items()
    )
    return Suite.join([Suite(troubles=tuple(troubles)), *pairs])


def _tell_keys(rows: Sequence[EventRow]) -> str:
    keys = next((row.keys for row in rows if row.keys), ())
    return f"but {shorten(neutralize(', '.join(map(repr, keys))), _LONGEST_KEYS)}; " if keys else ""


# -- manifests ----------------------------------------------------------------------------------------------------


def _read_manifest(path: str, settings: Mapping[str, Any], options: Mapping[str, Any]) -> Suite:
    try:
        text = read_text(path)
        manifest = parse_toml(text, path)
        _check_keys(manifest, ("pairs", "policies"), path)
        named, pairs = manifest.get("policies", {}), manifest.get("pairs")
        if not isinstance(named, dict) or not all(isinstance(own, dict) for own in named.values()):
            raise SettingsError(f"{path}: policies: a table of settings for each policy is wanted")
        if not pairs or not isinstance(pairs, list):
            raise SettingsError(f"{path}: names no pairs; write [[pairs]] with left and right")
        policies = {"": Policy.build({**settings, **options})}
        for name, own in named.items():
            policies[name] = build_policy(f"{path}: policy {name}", {**settings, **own, **options})
    except SettingsError as error:
        return Suite(troubles=(str(error),))
    headers = [text.count("\n", 0, match.start()) + 1 for match in _PAIR_HEADER.finditer(text)]
    lines = headers if len(headers) == len(pairs) else [1] * len(pairs)
    return Suite.join(_read_pair(pair, f"{path}:{line}", policies) for pair, line in zip(pairs, lines, strict=True))


def _read_pair(pair: Any, origin: str, policies: Mapping[str, Policy]) -> Suite:
    try:
        if not isinstance(pair, dict) or not all(isinstance(value, str) for value in pair.values()):
            raise SettingsError("a pair has strings for left, right and, if wanted, event and policy")
        _check_keys(pair, _PAIR_KEYS, "pair")
        if not pair.get("left") or not pair.get("right"):
            raise SettingsError("a pair names left and right")
        name = pair.get("policy", "")
        if name not in policies:
            raise SettingsError(f"no policy {name!r}; {suggest(name, filter(None, policies))}")
    except SettingsError as error:
        return Suite(troubles=(f"{origin}: {error}",))
    folder = Path(origin).parent
    found = _read_event(
        pair.get("event", ""), [os.fspath(folder / pair[side]) for side in ("left", "right")], policies[name]
    )
    return Suite(found.candidates, tuple(f"{origin}: {trouble}" for trouble in found.troubles), found.notes)


def _check_keys(table: Mapping[str, Any], known: Sequence[str], name: str) -> None:
    for key in table:
        if key not in known:
            raise SettingsError(f"{name}: no key {key!r}; {suggest(key, known)}")


# -- the run ------------------------------------------------------------------------------------------------------


def run(
    suite: Suite,
    accepted: Sequence[Accepted] = (),
    *,
    jobs: int = 1,
    show_progress: bool = False,
    folder: str | os.PathLike[str] = ".",
    referee: Referee | None = None,
) -> Verdict:
    """Return the verdict on a suite.

    Args:
        suite: what to check.
        accepted: the baseline.
        jobs: how many processes share the work; the findings and their order are the same for any number.
        show_progress: whether a bar is drawn on standard error for what takes longer than two seconds.
        folder: the one that the baseline is in.
        referee: who is asked for an opinion on conflicts and developments.

    Raises:
        ConsistencyError: the referee cannot be asked, or a process was killed.

    >>> run(Suite()).is_consistent
    True
    """
    outcomes = tuple(_watch(_check_all(suite.candidates, jobs, referee), len(suite.candidates), show_progress))
    strange, doubts = _find_strangers(suite.candidates, outcomes)
    everything = tuple(f for n, outcome in enumerate(outcomes) if n not in strange for f in outcome.findings)
    new, known = baseline.split(everything, accepted)
    checked = tuple(
        (each.event, each.left.name, each.right.name)
        for n, (each, outcome) in enumerate(zip(suite.candidates, outcomes, strict=True))
        if not outcome.trouble and n not in strange
    )
    return Verdict(
        findings=new,
        checked=checked,
        accepted=known,
        gone=baseline.find_gone(everything, accepted, checked, folder),
        troubles=(*suite.troubles, *doubts, *(outcome.trouble for outcome in outcomes if outcome.trouble)),
        signature=comparer.Comparer(referee=referee).signature,
    )


@attrs.frozen
class _Outcome:
    """The findings of a candidate and how much its articles share, or one line that says why there are none."""

    findings: tuple[Finding, ...] = ()
    shared: float = 1.0
    trouble: str = ""


def _find_strangers(
    candidates: Sequence[Candidate], outcomes: Sequence[_Outcome]
) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return the pairs of events whose articles hardly overlap, and a line for each such event.

    What unrelated articles differ in is noise, and to pass over it in silence would be green by accident.
    """
    events: dict[str, list[int]] = {}
    for number, candidate in enumerate(candidates):
        events.setdefault(candidate.event, []).append(number)
    strange: set[int] = set()
    doubts = []
    for event, numbers in events.items():
        apart = [n for n in numbers if outcomes[n].shared < _HARDLY]
        if len(numbers) > 1 and 2 * len(apart) > len(numbers):
            strange.update(apart)
            files = f"{event or candidates[numbers[0]].left.name}: in {len(apart)} of {len(numbers)} pairs"
            doubts.append(f"{files} the articles hardly overlap; are these one event? give each event a folder")
    return frozenset(strange), tuple(doubts)


def _check_one(candidate: Candidate, referee: Referee | None = None) -> _Outcome:
    compare = comparer.Comparer(referee=referee).compare if referee else comparer.compare
    try:
        found = compare(candidate.left, candidate.right)
        return _Outcome(check(found, candidate.policy, event=candidate.event), max(found.shared))
    except ConsistencyError:  # of the referee: each other pair would wait for it in vain
        raise
    except Exception as error:  # the other thousand pairs are still to be checked
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return _Outcome(trouble=f"{candidate.left.name}: cannot be compared with {candidate.right.name} ({reason})")


def _check_all(candidates: Sequence[Candidate], jobs: int, referee: Referee | None) -> Iterator[_Outcome]:
    if jobs == 1 or len(candidates) < 2:
        yield from (_check_one(candidate, referee) for candidate in candidates)
        return
    import joblib

    parallel = joblib.Parallel(n_jobs=jobs, return_as="generator")  # in the order of the candidates
    with _ignore_interrupts():
        outcomes = parallel(joblib.delayed(_check_one)(candidate, referee) for candidate in candidates)
    try:
        yield from outcomes
    except concurrent.futures.BrokenExecutor:
        raise ConsistencyError("a process was killed, maybe for want of memory; try again with fewer --jobs") from None


@contextlib.contextmanager
def _ignore_interrupts() -> Iterator[None]:
    """Have processes that are started here ignore Ctrl-C: it is for this one, which ends them."""
    if threading.current_thread() is not threading.main_thread():  # no other may say so
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _watch(outcomes: Iterator[_Outcome], total: int, show_progress: bool) -> Iterable[_Outcome]:
    if not show_progress:
        return outcomes
    from tqdm import tqdm

    watched: Iterable[_Outcome] = tqdm(outcomes, total=total, desc="checking", unit="pair", delay=2, leave=False)
    return watched


# -- assertions ---------------------------------------------------------------------------------------------------


def assert_consistent(
    left: str | os.PathLike[str] | Article, right: str | os.PathLike[str] | Article, **policy: Any
) -> None:
    """Raise an AssertionError with all findings of two articles, if there are any.

    The settings and the baseline are those that ``consistency check`` would read in the current folder.

    Args:
        left: a path, or an article.
        right: the other one.
        policy: the fields of a `Policy` by name; they win over the settings.

    Raises:
        AssertionError: the articles are not consistent; the message has the statements, the changes marked in
            brackets, and the command that shows the same.
        ConsistencyError: an article or a setting cannot be read.

    >>> first, later = Article("Two people died in Oslo."), Article("Nine people died in Oslo.")
    >>> assert_consistent(first, later, ignore_kinds={"quantity"})
    >>> assert_consistent(first, first)
    """
    __tracebackhide__ = True  # in pytest the failure stands at the caller's line
    settings = find_settings()
    if message := explain(left, right, policy, settings):
        raise AssertionError(message)


def explain(
    left: str | os.PathLike[str] | Article,
    right: str | os.PathLike[str] | Article,
    policy: Mapping[str, Any],
    settings: Settings,
) -> str:
    """Return what an assertion about two articles says, empty if they are consistent.

    Raises:
        ConsistencyError: an article or a setting cannot be read.

    >>> explain(Article("Rain fell."), Article("Rain fell."), {}, Settings())
    ''
    """
    merged = Policy.build({**settings.policy, **policy})
    sides = [side if isinstance(side, Article) else reading.read(side) for side in (left, right)]
    for told in tell_foreign(sides):
        warnings.warn(told, stacklevel=2)
    findings = check(comparer.compare(*sides), merged)
    new, accepted = baseline.split(findings, load_baseline(settings.baseline))
    if not new:
        return ""
    verdict = Verdict(new, (("", sides[0].name, sides[1].name),), accepted)
    # No option takes the settings of a source, so the command has those that hold for these two articles.
    options = {**policy, **Policy.build(policy).overrides(*(side.source for side in sides))}
    options.pop("sources", None)
    return tell_verdict(verdict, tell_command([side.name for side in sides], options, settings))


def tell_verdict(verdict: Verdict, command: str) -> str:
    """Return what a failed assertion says: findings, troubles, and the command that shows the same.

    >>> print(tell_verdict(Verdict(troubles=("first.txt: is empty",)), "consistency check flood"))
    first.txt: is empty
    nothing found in 0 pairs, 1 trouble
    to see it again: consistency check flood
    """
    troubles = (neutralize(trouble) for trouble in verdict.troubles)
    return disarm("\n".join([*troubles, build_report(verdict).rstrip(), f"to see it again: {command}"]))


def load_baseline(path: str | None) -> tuple[Accepted, ...]:
    """Return the accepted findings of a file, none for no file.

    Raises:
        SettingsError: it cannot be read, or is no baseline of this version.

    >>> load_baseline(None)
    ()
    """
    return () if path is None else baseline.parse(read_text(path), path)


def tell_command(paths: Iterable[str], policy: Mapping[str, Any], settings: Settings) -> str:
    """Return the command that checks the same.

    >>> tell_command(["first.txt", "later.txt"], {"ignore_kinds": {"time", "attribution"}}, Settings())
    'consistency check first.txt later.txt --ignore-kinds time,attribution'
    """
    words = ["consistency", "check", *(os.path.relpath(path) if os.path.exists(path) else path for path in paths)]
    if settings.origin and os.path.dirname(os.path.abspath(settings.origin)) != os.getcwd():
        words += ["--config", os.path.relpath(settings.origin)]
    known = Policy.build(policy)
    for key in policy:
        value = getattr(known, key)
        words += [f"--{key.replace('_', '-')}", ",".join(map(str, value)) if isinstance(value, tuple) else str(value)]
    return shlex.join(words)
