"""The command line. A new command joins the group with ``@main.command()`` and raises ``ConsistencyError``."""

from __future__ import annotations

import enum
import io
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from consistency import __version__
from consistency.errors import ConsistencyError, SettingsError
from consistency.model import Article
from consistency.report import FORMATS, build_report

_WIDEST = 120  # wider lines are hard to read; --width still gives them
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Exit(enum.IntEnum):
    """The exit codes, as diff(1) has them; the last two are what a shell reports for signals.

    >>> int(Exit.TROUBLE)
    2
    """

    OK = 0
    FINDINGS = 1
    TROUBLE = 2
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class _Group(click.Group):
    """A group whose commands end with one line on standard error instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConsistencyError as error:
            say(str(error))
            ctx.exit(Exit.TROUBLE)
        except KeyboardInterrupt:
            ctx.exit(Exit.INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="consistency", message="%(prog)s %(version)s")
def main() -> None:
    """Say what news articles of one event agree on and where they differ.

    Exit status: 0 when the work was done, 2 for trouble such as a file that cannot be read.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a C locale must not stop a quote mark
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _describing(side: str) -> Callable[[_Command], _Command]:
    """Return the decorator for the options that tell what the file of one side does not."""

    def decorate(command: _Command) -> _Command:
        for name, metavar, what in (
            ("title", "TEXT", "Title"),
            ("source", "TEXT", "Publisher"),
            ("published", "DATE", "Day of publication (2022-09-05)"),
        ):
            command = click.option(f"--{name}-{side}", metavar=metavar, help=f"{what} of {side.upper()}.")(command)
        return command

    return decorate


@main.command()
@click.argument("left", type=click.Path())
@click.argument("right", type=click.Path())
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="plain", show_default=True, help="Format.")
@click.option("--out", "-o", type=click.Path(), default="-", metavar="FILE", help="Write to FILE.")
@_describing("left")
@_describing("right")
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour the plain report; auto: on a terminal, unless NO_COLOR is set, or with FORCE_COLOR.",
)
@click.option("--width", type=click.IntRange(min=40), metavar="N", help="Columns of the plain report.")
@click.option("--verbose", "-v", is_flag=True, help="Say on standard error what was taken as metadata.")
def compare(
    left: str,
    right: str,
    form: str,
    out: str,
    color: str,
    width: int | None,
    verbose: bool,
    **known: str | None,
) -> None:
    """Compare the articles LEFT and RIGHT sentence by sentence.

    Each is a file of plain text, HTML or JSON; - is standard input. Every sentence is identical (=), paraphrased (~),
    updated (± or, where the articles contradict each other, !) or told by one article only (< or >).

    \b
    Examples:
      consistency compare first.txt later.txt
      consistency compare first.txt later.txt --published-left 2022-09-05
      consistency compare first.txt later.txt --format html --out report.html
      curl -s https://example.org/news.html | consistency compare first.txt -
    """  # noqa: D301  click reads the backspace as "do not wrap"
    import consistency

    if left == right == "-":
        raise SettingsError("only one of LEFT and RIGHT can be standard input (-)")
    if any(_is_same_file(out, path) for path in (left, right)):
        raise SettingsError(f"{out}: is compared, so the report would overwrite it; choose another --out")
    first, later = _read(left, "left", known), _read(right, "right", known)
    if verbose:
        for article in (first, later):
            for note in article.notes:
                say(f"{article.name}: {note}")
    terminal = out == "-" and sys.stdout.isatty()
    report = build_report(
        consistency.compare(first, later),
        form,
        color=wants_color(color, terminal, os.environ),
        width=width or min(shutil.get_terminal_size().columns, _WIDEST),
    )
    write(report, out)


def _read(path: str, side: str, known: Mapping[str, str | None]) -> Article:
    import consistency

    return consistency.read(
        path,
        source=known[f"source_{side}"],
        published=known[f"published_{side}"],
        title=known[f"title_{side}"],
    )


def wants_color(choice: str, terminal: bool, environ: Mapping[str, str]) -> bool:
    """Return whether to colour: an explicit choice wins, then NO_COLOR, then FORCE_COLOR, then the terminal.

    >>> wants_color("auto", True, {}), wants_color("auto", True, {"NO_COLOR": "1"})
    (True, False)
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    return bool(environ.get("FORCE_COLOR")) or (terminal and environ.get("TERM") != "dumb")


def say(message: str) -> None:
    """Print one line on standard error, safe to show on a terminal."""
    from consistency.report.summary import neutralize

    click.echo(f"consistency: {neutralize(message)}", err=True)


def write(text: str, out: str) -> None:
    """Write a report to the file ``out``, or to standard output for ``-``, as UTF-8.

    Raises:
        ConsistencyError: it cannot be written; the message names the file.
    """
    try:
        if out == "-":
            click.echo(text, nl=False, color=True)  # whether there are colours was decided before
        else:
            Path(out).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except BrokenPipeError:
        _leave_stdout(Exit.PIPE_CLOSED)
    except OSError as error:
        if out != "-":
            raise ConsistencyError(f"{out}: {error.strerror}") from error
        say(f"standard output: {error.strerror}")
        _leave_stdout(Exit.TROUBLE)


def _leave_stdout(code: Exit) -> NoReturn:
    """Exit with ``code`` so that Python does not try again to flush what nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise click.exceptions.Exit(code)


def _is_same_file(out: str, path: str) -> bool:
    return "-" not in (out, path) and os.path.exists(out) and os.path.exists(path) and os.path.samefile(out, path)
