"""The engine: Daft, on this machine or on a Ray cluster; the only module that knows where the work runs."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from consistency.errors import SettingsError

RUNNERS = ("native", "ray")
_ROW_GROUP, _FILE = 16 << 20, 128 << 20  # bytes that a writer holds, and that a file of an intermediate stage has
_ROWS = 256  # that a Python function has in its hands at a time
_MAGIC = re.compile(r"[\[\]{}*?\\]")
_PATIENCE = 10.0  # seconds to wait for a cluster
_QUIET = {
    "SCARF_NO_ANALYTICS": "true",  # nothing that we start calls home
    "DO_NOT_TRACK": "true",
    "RAY_USAGE_STATS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",  # progress is told by us
}
_LOGGER, _SILENT = "daft_local_execution", logging.NullHandler()  # it raises too, and once is enough
FEW = 300
"""Articles for which processes take longer to start than they save."""


def load(module: str, extra: str = "corpus") -> Any:
    """Return a module of an extra.

    Raises:
        SettingsError: it is not installed; the message has the line for pip.

    >>> load("no_such_engine")
    Traceback (most recent call last):
    consistency.errors.SettingsError: a corpus takes an extra: pip install "news-consistency[corpus]"
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        return importlib.import_module(module)
    except ImportError:
        raise SettingsError(f'a corpus takes an extra: pip install "news-consistency[{extra}]"') from None


def start(runner: str = "native", address: str | None = None) -> Any:
    """Return the module ``daft`` with its runner set; a process has one runner.

    Args:
        runner: ``native`` (the cores of this machine) or ``ray``.
        address: of a Ray cluster; without one Ray starts on this machine.

    Raises:
        SettingsError: there is no such runner or cluster, it is not installed, or the process already has another.
    """
    if runner not in RUNNERS:
        raise SettingsError(f"no runner {runner!r}; there are {' and '.join(RUNNERS)}")
    daft = load("daft")
    logging.getLogger(_LOGGER).addHandler(_SILENT)
    with contextlib.suppress(daft.exceptions.DaftCoreException):  # it is set already
        if runner == "native":
            daft.set_runner_native()
        else:
            _join_ray(address)
            daft.set_runner_ray(noop_if_initialized=True)
    if daft.get_or_infer_runner_type() != runner:
        raise SettingsError(f"this process runs on another engine already; start a new one for {runner}")
    daft.set_execution_config(parquet_target_row_group_size=_ROW_GROUP, parquet_target_filesize=_FILE)
    return daft


def _join_ray(address: str | None) -> None:
    """Join a cluster, or start Ray here; one that the process has joined already is kept."""
    ray = load("ray", "ray")
    if ray.is_initialized():
        return
    try:
        if address and (port := address.rpartition(":")[2]).isdigit():  # Ray itself would try for minutes
            host = address.removeprefix("ray://").rpartition(":")[0].strip("[]")
            socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
        ray.init(address, log_to_driver=False, logging_level="error", runtime_env={"env_vars": _QUIET})
    except (OSError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise SettingsError(f"no Ray cluster can be joined at {address or 'this machine'} ({reason})") from None


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Keep what the engine prints on its own (that it was interrupted, say) out of standard output.

    >>> with silence():
    ...     _ = os.write(1, b"Received Ctrl-C")
    """
    sys.stdout.flush()
    before, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        sys.stdout.flush()
        os.dup2(before, 1)
        os.close(before)
        os.close(nowhere)


def is_heavy(articles: float) -> bool:
    """Say whether so many articles take longer than processes take to start.

    >>> is_heavy(FEW), is_heavy(FEW + 1)
    (False, True)
    """
    return articles > FEW


def on_rows(daft: Any, function: Callable[..., Any], dtype: Any, *, heavy: bool = False, batch: int = _ROWS) -> Any:
    """Return a Python function of a row as one over columns.

    Args:
        daft: the engine.
        function: it, of plain values.
        dtype: what it returns.
        heavy: whether it has a process a core, as threads share one lock.
        batch: how many rows a process takes at a time.
    """
    kind = dtype.to_arrow_dtype() if dtype.is_list() else None  # Arrow takes nested values three times as fast

    def on_columns(*columns: Any) -> Any:
        rows = zip(*(column.to_pylist() for column in columns), strict=True)
        values = [function(*row) for row in rows]
        return load("pyarrow").array(values, kind) if kind else daft.Series.from_pylist(values, dtype=dtype)

    return daft.func.batch(return_dtype=dtype, use_process=heavy, batch_size=batch)(on_columns)


def unnest(daft: Any, column: str, names: Sequence[str]) -> list[Any]:
    """Return the expressions that make a column of each field of a struct."""
    return [daft.col(column)[name].alias(name) for name in names]


def read_parquet(daft: Any, folder: Path, pattern: str = "*.parquet") -> Any:
    """Return what was written below a folder as a dataframe, whatever the folder is called."""
    # A relative name is read as a URL, and blanks or brackets in it as parts of one or of a pattern.
    escaped = _MAGIC.sub(r"[\g<0>]", folder.absolute().as_posix())
    return daft.read_parquet(f"{escaped}/{pattern}")
