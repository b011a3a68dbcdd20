"""Columns of one's own: what the fields of an article are called in somebody's table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consistency.errors import SettingsError
from consistency.policy import suggest
from consistency.reading.draft import NAMES, fold_label
from consistency.reading.json import BODIES

_READ = {**NAMES, "text": BODIES, "event": ("event",)}
_WRITTEN = {
    "id": "id",
    "text": "articleBody",
    "published": "datePublished",
    "title": "headline",
    "source": "publisher",
    "event": "event",
}


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise SettingsError for a field that no article has.

    >>> check_columns({"txt": "content"})
    Traceback (most recent call last):
    consistency.errors.SettingsError: no column is 'txt' of an article; did you mean 'text'?
    """
    for field in columns:
        if field not in _WRITTEN:
            raise SettingsError(f"no column is {field!r} of an article; {suggest(field, _WRITTEN)}")


def rename(value: Any, columns: Mapping[str, str]) -> Any:
    """Return a row, or a list of rows, with the columns that are named under the names that are read.

    A column that is named for a field is the only one for it, whatever else is in the row.

    >>> rename({"content": "Rain fell.", "text": "rain, weather"}, {"text": "content"})
    {'articleBody': 'Rain fell.'}
    """
    if isinstance(value, list):
        return [rename(each, columns) for each in value]
    if not columns or not isinstance(value, dict):
        return value
    others = {name for field in columns for name in _READ[field]} | {*columns.values()}
    kept = {key: told for key, told in value.items() if key not in others and fold_label(key) not in others}
    found = {_WRITTEN[field]: value[column] for field, column in columns.items() if column in value}
    return {**kept, **found}
