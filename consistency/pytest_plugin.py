"""The pytest plugin: the fixture ``assert_consistent``, and folders of articles as tests.

It is loaded in every test run of everyone who has installed us, so nothing of ours is imported before it is used.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from consistency.model import Article

    Directory = pytest.Directory
    Side = str | os.PathLike[str] | Article
else:
    Directory = getattr(pytest, "Directory", pytest.Collector)  # an older pytest collects no folders, and goes on


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare where the folders of articles are."""
    parser.addini("consistency_pairs", "folders of articles, each one event and one test (corpus/*)", "linelist", [])


@pytest.hookimpl(optionalhook=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the collector of a folder that ``consistency_pairs`` names."""
    patterns = parent.config.getini("consistency_pairs")
    if not patterns:
        return None
    place = os.path.relpath(path, parent.config.rootpath).replace(os.sep, "/")
    if any(_matches(place, pattern.strip("/")) for line in patterns for pattern in line.split()):
        return EventFolder.from_parent(parent, path=path)
    return None


def _matches(place: str, pattern: str) -> bool:
    """Say whether a path is named by a pattern; a star stays within one folder, as in a shell."""
    parts, wanted = place.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch.fnmatchcase, parts, wanted))


class EventFolder(Directory):
    """A folder with the articles of one event."""

    def collect(self) -> Iterable[pytest.Item]:
        """Yield its one test."""
        yield EventItem.from_parent(self, name="consistent")


class EventItem(pytest.Item):
    """The test that the articles of an event are consistent."""

    def runtest(self) -> None:
        """Check all pairs of the event by the settings and the baseline of the root folder.

        Raises:
            InconsistentError: there is a finding, or an article that cannot be read.
        """
        from consistency import policy, suite

        settings = policy.load_settings(self.config.rootpath)
        path = os.path.relpath(self.path)
        gathered = suite.gather([path], settings.policy)
        for note in gathered.notes:
            self.warn(pytest.PytestWarning(note))
        found = suite.run(gathered, suite.load_baseline(settings.baseline))
        if not found.is_consistent:
            raise InconsistentError(suite.tell_verdict(found, suite.tell_command([path], {}, settings)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> Any:
        """Return what the failure says: for an inconsistency its message alone, no traceback."""
        if isinstance(excinfo.value, InconsistentError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[os.PathLike[str], int | None, str]:
        """Return the folder and what the test is called in a report."""
        return self.path, None, f"{self.path.name} is consistent"


class InconsistentError(AssertionError):
    """The articles of an event are not consistent."""


@pytest.fixture
def assert_consistent(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Return a function that fails the test if two articles are not consistent.

    ``assert_consistent(left, right, **policy)``: the sides are articles or paths, which are looked for beside the test
    file, then from the current folder; the policy are the fields of ``consistency.Policy`` by name, laid over the
    settings of the root folder.
    """

    def check(left: Side, right: Side, **policy: Any) -> None:
        __tracebackhide__ = True
        from consistency.policy import load_settings
        from consistency.suite import explain

        sides = [_find(side, request.path.parent) for side in (left, right)]
        message = explain(sides[0], sides[1], policy, load_settings(request.config.rootpath))
        if message:
            pytest.fail(message, pytrace=False)

    return check


def _find(side: Side, folder: Path) -> Any:
    if isinstance(side, (str, os.PathLike)) and (folder / side).exists():
        return os.path.relpath(folder / side)
    return side
