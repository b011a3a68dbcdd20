"""The store: a directory of shards that are whole or not there, so that a killed run goes on where it was.

A file is written beside its place, flushed to the disk and renamed. A shard is done when its last table is there, and a
shard that was half written is written again under the same names: no row is lost or doubled.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import attrs

from consistency.corpus.engine import load
from consistency.errors import ConsistencyError, SettingsError
from consistency.files import read_text, write_atomically, write_text

FORMS = ("parquet", "jsonl")
STAGES = ("articles", "events", "stories", "kept")
"""What is kept of the way from the source to the tables; ``kept`` are rows of before the input changed."""
_DONE = "pairs"
_TOLD = "told"  # below work: the shards of before the input changed
_RUN = "run.json"
_LONGEST = 40  # characters of two values that a message shows
PAGES = "pages"
"""The folder of the pages that report.html links to."""
_NAMES = dict.fromkeys(("event", "thread", "left", "right", "left_id", "right_id"), "string")
_SIDES = ("left", "right")
_RANGE = {"start": "int32", "end": "int32", "text": "string"}
TABLES: Mapping[str, Mapping[str, str]] = {
    "changes": _NAMES
    | {"pair": "int32", "relation": "string", "kind": "string", "nature": "string", "confidence": "float64"}
    | {f"{side}_{field}": "int32" for side in _SIDES for field in ("start", "end")}
    | {f"{side}_{field}": "string" for side in _SIDES for field in ("text", "value")},
    "sentences": _NAMES
    | {"pair": "int32", "relation": "string", "nature": "string", "score": "float64", "changes": "int32"}
    | {f"{side}_{field}": kind for side in _SIDES for field, kind in _RANGE.items()},
    "findings": _NAMES
    | dict.fromkeys(("id", "rule", "severity", "kind", "message", "places"), "string")
    | {"confidence": "float64"},
    "errors": dict.fromkeys(("name", "other", "stage", "reason"), "string"),
    "pairs": _NAMES
    | {f"{side}_source": "string" for side in _SIDES}
    | {f"{side}_published": "date32" for side in _SIDES}
    | dict.fromkeys(("identical", "paraphrased", "updated", "unique"), "int32")
    | dict.fromkeys(("conflicts", "developments", "elaborations"), "int32")
    | {f"{side}_confirmed": "float64" for side in _SIDES}
    | {"overlap": "float64"}
    | {f"{side}_digest": "string" for side in _SIDES},
}
"""The columns of each table with their Arrow types. ``pairs`` is written last, and with it a shard is done;
``findings`` is there only where a policy was given."""


@attrs.frozen
class Store:
    """A directory with a folder a table and a file a shard.

    >>> import tempfile
    >>> store = Store(Path(tempfile.mkdtemp()), "jsonl")
    >>> store.write(0, {"errors": [{"name": "a.txt", "other": None, "stage": "read", "reason": "is empty"}]})
    >>> store.is_done(0), store.read("errors")[0]["reason"]
    (True, 'is empty')
    """

    folder: Path
    form: str = attrs.field(default="parquet")

    @form.validator
    def _check_form(self, _: object, value: str) -> None:
        if value not in FORMS:
            raise SettingsError(f"no table format {value!r}; there are {' and '.join(FORMS)}")

    @contextlib.contextmanager
    def open(self, terms: Mapping[str, Any], restart: bool = False) -> Iterator[int]:
        """Hold the directory for one run: a new one, or the one that is in it, which goes on.

        Where the input is another than before, its shards are set aside, and `reuse` gives what of them is still true.

        Args:
            terms: all that the rows depend on.
            restart: whether to delete what a run has left.

        Yields:
            How many files of the input are new, gone or changed since the run before.

        Raises:
            SettingsError: the directory holds the tables of another run or something else, or a run writes there now.
            ConsistencyError: it cannot be written.
        """
        try:
            os.fspath(self.folder).encode()  # the engine takes no other names
            self.folder.mkdir(parents=True, exist_ok=True)
            known = self._find_run()
            lock = (self.folder / ".lock").open("w")
        except (OSError, ValueError) as error:
            raise ConsistencyError(f"{self.folder}: cannot be used ({_explain(error)})") from error
        with lock:
            self._lock(lock)
            changed = 0
            try:
                if known is not None and restart:
                    self._clear()
                    known = None
                if known is None:
                    write_text(self.folder / _RUN, json.dumps(terms, indent=2))
                elif changed := self._compare(known, terms):
                    self._set_aside(known)
                    write_text(self.folder / _RUN, json.dumps(terms, indent=2))
            except OSError as error:
                raise ConsistencyError(f"{self.folder}: cannot be used ({_explain(error)})") from error
            yield changed

    def _find_run(self) -> Mapping[str, Any] | None:
        """Return the terms of the run that is in the directory, ``None`` for an empty one."""
        path = self.folder / _RUN
        if not path.exists():
            if any(not name.name.startswith(".") for name in self.folder.iterdir()):
                raise SettingsError(f"{self.folder}: is not empty and holds no run; choose another directory")
            return None
        try:
            known = json.loads(read_text(path))
        except (ValueError, RecursionError):
            known = None
        if (
            not isinstance(known, dict)
            or not known.keys() >= {"files", "format", "signature"}
            or not _are_files(known["files"])
        ):
            raise SettingsError(f"{path}: was not written by a run over a corpus; choose another directory")
        return known

    def _lock(self, lock: IO[str]) -> None:
        """Take the lock, which ends with the process, however that ends."""
        try:
            import fcntl
        except ImportError:  # Windows has no such lock
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                return  # a file system without locks
            raise SettingsError(f"{self.folder}: another run writes there now; choose another directory") from None

    def _compare(self, known: Mapping[str, Any], terms: Mapping[str, Any]) -> int:
        """Return how many files are others than before."""
        changed = ", ".join(_tell_changed(known, terms))
        if changed:
            raise SettingsError(
                f"{self.folder}: holds a run with another {changed}; choose another directory, or restart"
            )
        before, now = ({json.dumps(file): file[0] for file in each["files"]} for each in (known, terms))
        return len({(before | now)[file] for file in before.keys() ^ now.keys()})

    def _set_aside(self, known: Mapping[str, Any]) -> None:
        """Take the shards of a run whose input has changed out of the tables; what a kill leaves is done next time."""
        self._clear_way()
        mark = hashlib.blake2b(json.dumps(known).encode(), digest_size=8).hexdigest()
        told = self.told
        for table in (_DONE, *(table for table in TABLES if table != _DONE)):  # without its pairs, a shard is not done
            (told.folder / table).mkdir(parents=True, exist_ok=True)
            for path in self._parts(table):
                there = told._path(table, f"{mark}-{path.stem.removeprefix('part-')}")
                path.replace(_half(there) if table == _DONE else there)
        for half in (told.folder / _DONE).glob(f"part-{mark}-*.half"):
            half.rename(half.with_suffix(""))

    def _clear(self) -> None:
        """Delete what a run has left, and nothing else."""
        self._clear_way()
        self.clear_told()
        for folder in [*(self.folder / table for table in TABLES), self._stage("")]:
            for path in folder.glob("part-*") if folder.name in TABLES else ():
                path.unlink()
            for half in folder.glob(".part-*.half"):
                half.unlink()
            with contextlib.suppress(OSError):  # something else is in it
                folder.rmdir()
        (self.folder / _RUN).unlink(missing_ok=True)

    def _clear_way(self) -> None:
        """Delete what is written before and after the tables."""
        for name in STAGES:
            _delete(self._stage(name))
        for page in (self.folder / PAGES).glob("[1-9]*.html"):
            page.unlink()
        with contextlib.suppress(OSError):
            (self.folder / PAGES).rmdir()
        for file in ("summary.json", "report.html"):
            (self.folder / file).unlink(missing_ok=True)

    @property
    def told(self) -> Store:
        """The shards that were set aside when the input changed; there are none where it did not."""
        return Store(self._stage(_TOLD), self.form)

    def clear_told(self) -> None:
        """Delete what `reuse` has used, once all shards are done."""
        _delete(self._stage("kept"))
        _delete(self._stage(_TOLD))

    def is_done(self, shard: int) -> bool:
        """Say whether all tables of a shard are there."""
        return self._path(_DONE, f"{shard:05}").exists()

    def write(self, shard: int, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        """Write the tables of a shard, ``pairs`` last."""
        for table in TABLES:
            if table in tables or table == _DONE:
                self.write_part(table, f"{shard:05}", tables.get(table, ()))

    def write_part(self, table: str, part: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows as one file of a table; they are put in order, so that every run writes the same."""
        columns = TABLES[table]
        ordered = sorted(({name: row.get(name) for name in columns} for row in rows), key=_order)
        (self.folder / table).mkdir(parents=True, exist_ok=True)
        write_atomically(self._path(table, part), lambda path: self._dump(path, columns, ordered))

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        if self.form == "jsonl":
            return sum(path.read_bytes().count(b"\n") for path in self._parts(table))
        return sum(load("pyarrow.parquet").read_metadata(path).num_rows for path in self._parts(table))

    def read(self, table: str) -> list[dict[str, Any]]:
        """Return all rows of a table, shard by shard."""
        return list(self.iterate(table))

    def iterate(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield all rows of a table with a shard in memory at a time."""
        for part in self.list_parts(table):
            yield from self.read_part(table, part)

    def list_parts(self, table: str, prefix: str = "") -> list[str]:
        """Return what the parts of a table are called that are whole, in order."""
        return [path.stem.removeprefix("part-") for path in self._parts(table, prefix)]

    def read_part(self, table: str, part: str) -> list[dict[str, Any]]:
        """Return the rows of a part, none where it is not there; days are in the form of ISO 8601."""
        path = self._path(table, part)
        if not path.exists():
            return []
        if self.form == "jsonl":
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        rows: list[dict[str, Any]] = load("pyarrow.parquet").read_table(path).to_pylist()
        days = [name for name, kind in TABLES[table].items() if kind == "date32"]
        return [{**row, **{name: row[name] and row[name].isoformat() for name in days}} for row in rows]

    def stage(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of an intermediate stage; ``make`` fills it, unless a run before has."""
        done = self._stage(name)
        if not done.exists():
            half = _half(done)
            _delete(half)
            half.mkdir(parents=True)
            make(half)
            half.rename(done)
        return done

    def _stage(self, name: str) -> Path:
        return self.folder.absolute() / "work" / name  # the engine takes a relative name for a URL

    def _path(self, table: str, part: str) -> Path:
        return self.folder / table / f"part-{part}.{self.form}"

    def _parts(self, table: str, prefix: str = "") -> list[Path]:
        return sorted((self.folder / table).glob(f"part-{prefix}*.{self.form}"))

    def _dump(self, path: Path, columns: Mapping[str, str], rows: list[dict[str, Any]]) -> None:
        if self.form == "jsonl":
            path.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), encoding="utf-8")
            return
        arrow = load("pyarrow")
        schema = arrow.schema([(name, getattr(arrow, kind)()) for name, kind in columns.items()])
        dates = [name for name, kind in columns.items() if kind == "date32"]
        typed = [
            {**row, **{name: row[name] and datetime.date.fromisoformat(row[name]) for name in dates}} for row in rows
        ]
        load("pyarrow.parquet").write_table(arrow.Table.from_pylist(typed, schema), path)


def _tell_changed(known: Mapping[str, Any], terms: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """Yield in what a run is another than the one before, with both values where they are short."""
    for key in sorted({*known, *terms} - {"files"}):
        before, now = known.get(key), terms.get(key)
        if isinstance(before, dict) and isinstance(now, dict):
            yield from _tell_changed(before, now, f"{key} ")
        elif before != now:
            both = f"{before}, not {now}"
            yield f"{within}{key} ({both})" if len(both) <= _LONGEST else f"{within}{key}"


def _explain(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _are_files(value: object) -> bool:
    """Say whether a value of JSON is a list of files with their sizes and hashes."""
    return isinstance(value, list) and all(
        isinstance(file, list) and file and isinstance(file[0], str) for file in value
    )


def _delete(folder: Path) -> None:
    """Delete a stage, whole or half; of a link, the link."""
    for each in (folder, _half(folder)):
        if each.is_symlink():
            each.unlink()
        shutil.rmtree(each, ignore_errors=True)


def _half(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.half")


def _order(row: Mapping[str, Any]) -> list[tuple[bool, Any]]:
    return [(value is not None, value) for value in row.values()]
