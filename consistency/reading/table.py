"""CSV: a row is an object with the names of the columns as keys."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator

from consistency.errors import ReadError


def find_delimiter(head: str) -> str:
    """Return what stands between cells, by the line with the names of the columns; spreadsheets write semicolons too.

    >>> find_delimiter("text,source"), find_delimiter("text;source"), find_delimiter("text")
    (',', ';', ',')
    """
    return max(",;\t", key=head.count)


def read_table(text: str, name: str) -> Iterator[dict[str, str]]:
    r"""Yield each row of a CSV text that is not blank; a cell with nothing in it is not there.

    Raises:
        ReadError: a quotation is not closed, or a cell is longer than an article.

    >>> list(read_table("text,source\nRain fell.,Post\nSnow fell.,\n", "wire.csv"))
    [{'text': 'Rain fell.', 'source': 'Post'}, {'text': 'Snow fell.'}]
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # the whole text has a limit already
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    told = list(itertools.dropwhile(lambda line: not line.strip(), lines))
    above = len(lines) - len(told)
    rows = csv.DictReader(io.StringIO("".join(told), newline=""), delimiter=find_delimiter("".join(told[:1])))
    try:
        for row in rows:
            yield {key: value for key, value in row.items() if key and value}
    except csv.Error as error:
        raise ReadError(name, f"is broken CSV at line {above + rows.line_num} ({error}); correct it there") from None
