"""The store: a directory of shards that are whole or not there, so that a killed run goes on where it was.

A file is written beside its place, flushed to the disk and renamed. A shard is done when its last table is there, and a
shard that was half written is written again under the same names: no row is lost or doubled.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from consistency.corpus.engine import load
from consistency.errors import ConsistencyError, SettingsError
from consistency.files import write_atomically, write_text

FORMS = ("parquet", "jsonl")
_DONE = "pairs"
_NAMES = dict.fromkeys(("event", "left", "right", "left_id", "right_id"), "string")
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
    | {f"{side}_confirmed": "float64" for side in _SIDES},
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

    def open(self, terms: Mapping[str, Any], restart: bool = False) -> None:
        """Make the directory, or go on with what is in it, if the same run wrote it.

        Args:
            terms: all that the rows depend on.
            restart: whether to delete what a run has left.

        Raises:
            SettingsError: the directory holds the tables of another run, or is not empty.
            ConsistencyError: it cannot be written.
        """
        try:
            if restart:
                self._clear()
            self.folder.mkdir(parents=True, exist_ok=True)
            told = self.folder / "run.json"
            if told.exists():
                self._compare(json.loads(told.read_text(encoding="utf-8")), terms)
            elif any(not name.name.startswith(".") for name in self.folder.iterdir()):
                raise SettingsError(f"{self.folder}: is not empty; choose another directory")
            else:
                write_text(told, json.dumps(terms, indent=2))
        except (OSError, ValueError) as error:
            raise ConsistencyError(f"{self.folder}: cannot be used ({error})") from error

    def _compare(self, known: Mapping[str, Any], terms: Mapping[str, Any]) -> None:
        changed = sorted(key for key in {*known, *terms} if known.get(key) != terms.get(key))
        if changed:
            what = ", ".join(changed)
            raise SettingsError(f"{self.folder}: holds a run with another {what}; choose another directory, or restart")

    def _clear(self) -> None:
        for name in (*TABLES, "work"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for file in ("run.json", "summary.json"):
            (self.folder / file).unlink(missing_ok=True)

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
        (self.folder / table).mkdir(exist_ok=True)
        write_atomically(self._path(table, part), lambda path: self._dump(path, columns, ordered))

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        if self.form == "jsonl":
            return sum(path.read_bytes().count(b"\n") for path in self._parts(table))
        return sum(load("pyarrow.parquet").read_metadata(path).num_rows for path in self._parts(table))

    def read(self, table: str) -> list[dict[str, Any]]:
        """Return all rows of a table, shard by shard."""
        rows: list[dict[str, Any]] = []
        for path in self._parts(table):
            if self.form == "jsonl":
                rows += map(json.loads, path.read_text(encoding="utf-8").splitlines())
            else:
                rows += load("pyarrow.parquet").read_table(path).to_pylist()
        return rows

    def stage(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the folder of an intermediate stage; ``make`` fills it, unless a run before has."""
        done = self.folder / "work" / name
        if not done.exists():
            half = done.with_name(f"{name}.half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir(parents=True)
            make(half)
            half.rename(done)
        return done

    def _path(self, table: str, part: str) -> Path:
        return self.folder / table / f"part-{part}.{self.form}"

    def _parts(self, table: str) -> list[Path]:
        return sorted((self.folder / table).glob(f"part-*.{self.form}"))

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


def _order(row: Mapping[str, Any]) -> list[tuple[bool, Any]]:
    return [(value is not None, value) for value in row.values()]
