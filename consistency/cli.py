"""The command line. A new command joins the group with ``@main.command()`` and raises ``ConsistencyError``."""

from __future__ import annotations

import contextlib
import enum
import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

import attrs
import click

from consistency import __version__
from consistency.errors import ConsistencyError, SettingsError
from consistency.files import find_root, write_text
from consistency.foreign import tell_foreign
from consistency.model import Article, Comparison
from consistency.policy import find_settings, read_settings
from consistency.reading import UNDATED
from consistency.referee import Chat, chat
from consistency.report import FORMATS, build_report
from consistency.story import StoryReport
from consistency.verdict import Accepted, Verdict

_WITH_PATHS = ("sarif", "github", "junit")  # servers look for these files from the top of the repository
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
        except MemoryError:
            say("there is not enough memory for this; compare less at a time")
            ctx.exit(Exit.TROUBLE)
        except KeyboardInterrupt:
            say("interrupted")
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


def run() -> None:
    """Run the command line as a process of its own: three open streams, and one end however often it is interrupted."""
    _stand_in_for_closed_streams()
    signal.signal(signal.SIGINT, _interrupt_once)
    code = int(Exit.OK)
    try:
        main(prog_name="consistency")
    except KeyboardInterrupt:  # before or after the command
        code = int(Exit.INTERRUPTED)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else code
    if code == Exit.INTERRUPTED and "daft" in sys.modules:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        os._exit(code)  # its threads are still at work, and would meet an interpreter half gone
    sys.exit(code)


def _interrupt_once(*_: object) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what ends now takes a moment, and so do those who help to end it
    raise KeyboardInterrupt


def _stand_in_for_closed_streams() -> None:
    """Give each standard stream that came closed one that fails, lest a file that is opened takes its number."""
    for name, kind, way in (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_RDWR)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, way), kind))


def _taking_format(kind: type) -> Callable[[_Command], _Command]:
    """Return the decorator for the option that chooses among the formats of a value."""
    formats = click.Choice(tuple(FORMATS[kind]))
    return click.option("--format", "-f", "form", type=formats, default="plain", show_default=True, help="Format.")


def _naming_columns(command: _Command) -> _Command:
    """Add the options that say what the columns of a table are called."""
    for field, what in (
        ("event", "names the event of an article"),
        ("id", "has what you call an article"),
        ("title", "has the headline of an article"),
        ("source", "says who published an article"),
        ("published", "has the day on which an article was published"),
        ("text", "has the text of an article"),
    ):
        told = f"Column or key that {what}."
        command = click.option(f"--{field}", f"column_{field}", metavar="COLUMN", help=told)(command)
    return command


def _excluding(command: _Command) -> _Command:
    """Add the option for what is passed over; it is a tuple of patterns."""
    return click.option(
        "--exclude",
        multiple=True,
        metavar="PATTERN",
        help="Pass over files and folders (drafts, '*.html'); may be given again.",
    )(command)


def _take_columns(options: dict[str, Any]) -> dict[str, str]:
    """Take the columns out of the options of a command."""
    names = {name: options.pop(name) for name in [*options] if name.startswith("column_")}
    return {name.removeprefix("column_"): column for name, column in names.items() if column is not None}


def _asking(command: _Command) -> _Command:
    """Add the options for a referee: nobody is asked without them."""
    for name, metavar, what in (
        (
            "--verdicts",
            "FILE",
            "Keeps what the referee says (default: consistency-verdicts.jsonl); read alone without --referee.",
        ),
        ("--referee-model", "NAME", "What that server calls the model."),
        (
            "--referee",
            "URL",
            "Server of a model that is asked about conflicts and developments; it is sent statements.",
        ),
    ):
        command = click.option(name, metavar=metavar, help=what)(command)
    return command


def _take_referee(options: dict[str, Any]) -> Chat | None:
    """Take the options for a referee out of those of a command, and return it, None if none is asked for."""
    url, model, verdicts = (options.pop(name) for name in ("referee", "referee_model", "verdicts"))
    if url is None and model is None and verdicts is None:
        return None
    if not model:
        raise SettingsError("--referee and --verdicts want --referee-model NAME, as the server calls it")
    key = os.environ.get("CONSISTENCY_REFEREE_KEY", "")
    return chat(url or "", model, key=key, **({} if verdicts is None else {"verdicts": verdicts}))


def _name_verdicts(referee: Chat | None) -> str:
    return (referee and referee.verdicts) or ""


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


@main.command(context_settings={"allow_extra_args": True})
@click.argument("left", type=click.Path())
@click.argument("right", type=click.Path())
@_taking_format(Comparison)
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
@_asking
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

    Exit status: 0 when the articles were compared, whatever they differ in, 2 for trouble.

    \b
    Examples:
      consistency compare first.txt later.txt
      consistency compare first.txt later.txt --published-left 2022-09-05
      consistency compare first.txt later.txt --format html --out report.html
      consistency compare first.txt later.txt --referee http://localhost:11434/v1 --referee-model qwen3:8b
      curl -s https://example.org/news.html | consistency compare first.txt -
    """  # noqa: D301  click reads the backspace as "do not wrap"
    from consistency.comparer import Comparer

    if click.get_current_context().args:
        raise SettingsError("compare takes two articles; consistency story takes any number")
    if left == right == "-":
        raise SettingsError("only one of LEFT and RIGHT can be standard input (-)")
    referee = _take_referee(known)
    _protect(out, (left, right, _name_verdicts(referee)))
    first, later = _read(left, "left", known), _read(right, "right", known)
    for side, article in (("left", first), ("right", later)):
        for note in article.notes:
            if note.startswith(UNDATED):
                say(f"{article.name}: {note}, or give --published-{side}")
            elif verbose:
                say(f"{article.name}: {note}")
    for told in tell_foreign((first, later)):
        say(told)
    terminal = out == "-" and sys.stdout.isatty()
    report = build_report(
        Comparer(referee=referee).compare(first, later),
        form,
        color=wants_color(color, terminal, os.environ),
        width=width or _find_width(),
    )
    write(report, out)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@_taking_format(Verdict)
@click.option("--out", "-o", type=click.Path(), default="-", metavar="FILE", help="Write to FILE.")
@click.option("--forbid", metavar="NAMES", help="conflict (default), development, elaboration, updated, unique.")
@click.option("--kinds", metavar="NAMES", help="Kinds of change that count (default: all).")
@click.option("--ignore-kinds", metavar="NAMES", help="Kinds of change that do not count.")
@click.option("--ignore-roles", metavar="NAMES", help="Sentences to pass over (default: credit,link).")
@click.option("--minimum-confirmed", metavar="SHARE", help="Share of each article that the other must confirm, 0 to 1.")
@click.option("--confidence", metavar="SHARE", help="How sure it must be of a change, 0 to 1 (default: 0.5).")
@click.option("--baseline", type=click.Path(), metavar="FILE", help="Findings that are accepted.")
@click.option("--write-baseline", type=click.Path(), metavar="FILE", help="Accept all that is found, in FILE.")
@click.option(
    "--config",
    type=click.Path(),
    metavar="FILE",
    help="Settings (default: the nearest pyproject.toml or setup.cfg with some, from PATHS upward).",
)
@_excluding
@_naming_columns
@_asking
@click.option("--show-settings", is_flag=True, help="Show the settings that hold, and check nothing.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule and kind instead of listing them.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 in spite of findings; trouble is still 2.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but findings.")
@click.option(
    "--root", type=click.Path(), metavar="DIR", help="Of the paths in sarif, github, junit (default: the repository)."
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), default=1, metavar="N", help="Processes that share the work.")
@click.option(
    "--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour the plain report."
)
def check(
    paths: tuple[str, ...],
    form: str,
    out: str,
    baseline: str | None,
    write_baseline: str | None,
    config: str | None,
    root: str | None,
    jobs: int,
    color: str,
    exclude: tuple[str, ...],
    show_settings: bool,
    statistics: bool,
    exit_zero: bool,
    quiet: bool,
    **options: str | None,
) -> None:
    """Check that the articles of an event are consistent; every two of them are compared.

    PATHS are articles of one event; a folder in which every subfolder is one event; JSON Lines or CSV with a field
    event; or a manifest (TOML) that names pairs and policies. NAMES have commas between them.

    Settings are read from [tool.consistency] in pyproject.toml or [tool:consistency] in setup.cfg. Exit status: 0
    nothing found, 1 findings, 2 trouble; all that can be checked is checked in any case.

    \b
    Examples:
      consistency check first.txt later.txt --forbid conflict,development
      consistency check corpus/ --format junit --out consistency.xml
      consistency check corpus/ --write-baseline consistency-baseline.json
      consistency check wire.csv --event story --text content --published date --source outlet
    """  # noqa: D301  click reads the backspace as "do not wrap"
    from consistency import suite
    from consistency.report.verdict import relocate

    settings = find_settings(paths) if config is None else read_settings(config)
    columns, referee = _take_columns(options), _take_referee(options)
    kept = (*paths, _name_verdicts(referee), config or settings.origin, baseline or settings.baseline or "")
    _protect(out, kept)
    given = {name: value for name, value in options.items() if value is not None}
    for name in ("forbid", "kinds"):
        if not given.get(name, "all").replace(",", " ").strip():  # a variable of a shell that is not set
            raise SettingsError(f"--{name}: names nothing, so everything would pass; leave it out or name something")
    settings = attrs.evolve(
        settings,
        policy={**settings.policy, **given},
        baseline=write_baseline or baseline or settings.baseline,
        exclude=(*settings.exclude, *exclude),
    )
    if show_settings:
        write(f"{settings}\n", out)
        return
    found = suite.gather(paths, settings.policy, columns=columns, exclude=settings.exclude, **given)
    articles = [side.name for each in found.candidates for side in (each.left, each.right)]
    _protect(out, articles)
    if write_baseline is not None:
        _protect(write_baseline, (*paths, kept[-2], *articles))
    accepted, troubles = _load_baseline(settings.baseline, bool(write_baseline))
    verdict = suite.run(
        attrs.evolve(found, troubles=(*found.troubles, *troubles)),
        accepted,
        jobs=jobs,
        show_progress=sys.stderr.isatty() and not quiet,
        folder=os.path.dirname(settings.baseline or ""),
        referee=referee,
    )
    gone = (f"accepted and no longer found: {gone.message} [{gone.id}]" for gone in verdict.gone)
    for told in (*verdict.troubles, *(() if quiet else (*found.notes, *gone))):
        say(told)
    if write_baseline is not None:
        _write_baseline(write_baseline, accepted, verdict)
    else:
        placed = relocate(verdict, root or find_root()) if form in _WITH_PATHS else verdict
        colored = wants_color(color, out == "-" and sys.stdout.isatty(), os.environ)
        write(_report_findings(placed, form, colored, statistics, quiet), out)
        if verdict.findings and not verdict.troubles and not exit_zero:
            raise click.exceptions.Exit(Exit.FINDINGS)
    if verdict.troubles:
        raise click.exceptions.Exit(Exit.TROUBLE)


def _report_findings(verdict: Verdict, form: str, color: bool, statistics: bool, quiet: bool) -> str:
    if statistics:
        from consistency.report.verdict import tell_statistics

        return tell_statistics(verdict)
    if quiet and form == "plain":
        from consistency.report import plain

        return plain.render_verdict(verdict, color=color, brief=True)
    return build_report(verdict, form, color=color)


def _load_baseline(path: str | None, missing_is_new: bool) -> tuple[tuple[Accepted, ...], tuple[str, ...]]:
    """Return the baseline, or the line that says why there is none."""
    from consistency import suite

    if missing_is_new and path is not None and not os.path.exists(path):
        return (), ()
    try:
        return suite.load_baseline(path), ()
    except SettingsError as error:
        return (), (str(error),)


def _write_baseline(path: str, before: tuple[Accepted, ...], verdict: Verdict) -> None:
    from consistency import baseline

    if verdict.troubles:
        say(f"{path}: is not written, as not everything could be checked")
        return
    everything = (*verdict.findings, *verdict.accepted)
    accepted = baseline.accept(everything, before, verdict.gone, os.path.dirname(path))
    write(baseline.render(accepted), path)
    say(f"{path}: accepts {len(accepted)} finding{'' if len(accepted) == 1 else 's'}")


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
    from consistency.report.summary import disarm, neutralize

    click.echo(disarm(f"consistency: {neutralize(message)}"), err=True)


def write(text: str, out: str) -> None:
    """Write a report to the file ``out``, whole or not at all, or to standard output for ``-``, as UTF-8.

    Raises:
        ConsistencyError: it cannot be written; the message names the file.
    """
    try:
        if out == "-":
            click.echo(text, nl=False, color=True)  # whether there are colours was decided before
        else:
            write_text(out, text)
    except BrokenPipeError:
        _leave_stdout(Exit.PIPE_CLOSED)
    except OSError as error:
        if out != "-":
            raise ConsistencyError(f"{out}: {_tell_unwritten(error)}") from error
        say(f"standard output: {error.strerror}")
        _leave_stdout(Exit.TROUBLE)


def _tell_unwritten(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "is a directory; name a file in it"
    if isinstance(error, FileNotFoundError):
        return "is in no folder that there is; make it first"
    return f"cannot be written ({error.strerror})"


def _leave_stdout(code: Exit) -> NoReturn:
    """Exit with ``code`` so that Python does not try again to flush what nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise click.exceptions.Exit(code)


def _protect(out: str, inputs: Iterable[str]) -> None:
    """Refuse to write where something is read from."""
    if (
        out != "-"
        and os.path.isfile(out)
        and any(os.path.isfile(path) and os.path.samefile(out, path) for path in inputs)
    ):
        raise SettingsError(f"{out}: is read here, and the output would overwrite it; choose another file")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--out", "-o", type=click.Path(file_okay=False), required=True, metavar="DIR", help="Where tables go.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(("parquet", "jsonl")),
    default="parquet",
    show_default=True,
    help="Of the tables.",
)
@click.option("--window", type=click.IntRange(min=0), default=7, show_default=True, metavar="DAYS", help="Of an event.")
@click.option(
    "--by",
    type=click.Choice(("event", "thread")),
    default="event",
    show_default=True,
    help="Compare articles of one event, or also those of one story over weeks.",
)
@click.option("--runner", type=click.Choice(("native", "ray")), default="native", show_default=True, help="The engine.")
@click.option("--ray-address", metavar="URL", help="Of a Ray cluster (default: Ray on this machine).")
@click.option("--shard", type=click.IntRange(min=1), metavar="N", help="About how many articles are in memory.")
@click.option("--to-check", type=click.Path(), metavar="FILE", help="Check every pair against the policy in FILE.")
@_naming_columns
@click.option("--restart", is_flag=True, help="Delete what a run has left in DIR; without it, that run goes on.")
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
def corpus(paths: tuple[str, ...], out: str, form: str, to_check: str | None, quiet: bool, **settings: Any) -> None:
    """Find which articles of a corpus tell one event, and compare these.

    With --by thread, events that are one story over weeks (a trial, a takeover) are brought together too: each row
    names its thread, and its event where both articles are of one.

    PATHS are JSON Lines, Parquet, CSV, articles, folders and globs, also in object storage. DIR gets the tables pairs,
    changes and errors. A run that was killed goes on when it is started again.

    Exit status: 0 when the work was done, with --to-check 1 for findings, 2 for trouble.

    \b
    Examples:
      consistency corpus wire.jsonl --out tables
      consistency corpus archive.csv --out tables --text content --published date --source outlet --id slug
      consistency corpus 's3://archive/2024/*.parquet' --out tables --runner ray --ray-address ray://head:10001
      consistency corpus wire.jsonl --out tables --to-check policy.toml
      consistency corpus archive.csv --out stories --by thread
    """  # noqa: D301  click reads the backspace as "do not wrap"
    from consistency.corpus import command

    settings["columns"] = _take_columns(settings)
    verdict = command.run(paths, out, form, to_check, (lambda _: None) if quiet else say, **settings)
    if verdict is not None:
        terminal = sys.stdout.isatty()
        write(build_report(verdict, "plain", color=wants_color("auto", terminal, os.environ)), "-")
        if not verdict.is_consistent:
            raise click.exceptions.Exit(Exit.TROUBLE if verdict.troubles else Exit.FINDINGS)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@_taking_format(StoryReport)
@click.option("--out", "-o", type=click.Path(), default="-", metavar="FILE", help="Write to FILE.")
@click.option("--only", metavar="EVENT", default="", help="The event to tell of files with a field event.")
@_excluding
@_naming_columns
@click.option(
    "--color", type=click.Choice(("auto", "always", "never")), default="auto", help="Colour the plain report."
)
@click.option("--width", type=click.IntRange(min=40), metavar="N", help="Columns of the plain report.")
def story(
    paths: tuple[str, ...],
    form: str,
    out: str,
    only: str,
    exclude: tuple[str, ...],
    color: str,
    width: int | None,
    **options: str | None,
) -> None:
    """Tell an event: who says what, and on what its articles contradict each other.

    PATHS are articles of one event; a folder, of which all articles are taken; JSON Lines or CSV. Every two articles
    are compared. What cannot be read is told, and the rest is the story.

    Exit status: 0 when the work was done, 2 for trouble such as a file that cannot be read.

    \b
    Examples:
      consistency story storm/*.txt
      consistency story storm/ --format html --out storm.html
      consistency story wire.csv --only storm --event story --text content --published date --source outlet
    """  # noqa: D301  click reads the backspace as "do not wrap"
    import consistency
    from consistency import suite

    columns = _take_columns(options)
    _protect(out, paths)
    articles, troubles = suite.gather_story(paths, only=only, columns=columns, exclude=exclude)
    _protect(out, [article.name for article in articles])
    for trouble in troubles:
        say(trouble)
    if not articles:
        raise SettingsError(f"{paths[0]}: has no article; name articles, a folder with some, JSON Lines or CSV")
    told = consistency.compare_event(articles)
    colored = wants_color(color, out == "-" and sys.stdout.isatty(), os.environ)
    write(build_report(told, form, color=colored, width=width or _find_width()), out)
    if troubles:
        raise click.exceptions.Exit(Exit.TROUBLE)


def _find_width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)


@main.command()
@click.argument("name")
def rule(name: str) -> None:
    """Explain the word NAME of a report: a kind, a nature, a relation or a rule, with an example.

    Exit status: 0 when the work was done, 2 for trouble such as a word that no report has.

    \b
    Examples:
      consistency rule conflict
      consistency rule attribution
    """  # noqa: D301  click reads the backspace as "do not wrap"
    from consistency.guide import find_topic

    topic = find_topic(name)
    lines = [f"{topic.name} ({topic.sort})", f"  {topic.text}"]
    if topic.left:
        import consistency

        sides = (
            consistency.Article(text, source=source, published=day)
            for text, source, day in zip(
                (topic.left, topic.right), ("Post", "Wire"), ("2024-05-06", topic.later), strict=True
            )
        )
        lines += ["", *(f"  {line}" for line in str(consistency.compare(*sides)).splitlines())]
    write("\n".join(lines) + "\n", "-")
