"""What ``consistency corpus`` does, without the command line around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from consistency.corpus.engine import silence
from consistency.corpus.events import Blocking
from consistency.corpus.listing import find_files
from consistency.corpus.rows import read_findings
from consistency.corpus.run import SHARD, Progress, Summary, compare_corpus
from consistency.corpus.source import find_columns
from consistency.corpus.store import Store
from consistency.errors import ConsistencyError
from consistency.files import read_text
from consistency.policy import Policy, parse_toml, read_settings
from consistency.report.summary import shorten
from consistency.verdict import Verdict

_LONGEST = 300  # characters of the names of columns


def run(
    paths: Sequence[str],
    out: str,
    form: str,
    to_check: str | None,
    say: Callable[[str], object],
    *,
    window: int,
    by: str,
    runner: str,
    ray_address: str | None,
    shard: int | None,
    restart: bool,
    columns: Mapping[str, str],
) -> Verdict | None:
    """Run over a corpus, tell how it goes, and return the verdict where there is a policy to check against."""
    policy = None if to_check is None else read_policy(to_check, say)
    with silence():
        summary = compare_corpus(
            paths,
            out,
            format=form,
            blocking=Blocking(window=window, by=by),
            runner=runner,
            ray_address=ray_address,
            shard=shard or SHARD,
            policy=policy,
            columns=columns,
            restart=restart,
            progress=lambda progress: say(tell_progress(progress)),
        )
    say(tell_summary(summary, out))
    if not summary.articles:
        raise ConsistencyError(explain_nothing(find_files(paths, out).files[0][0]))
    return None if policy is None else make_verdict(out, form)


def read_policy(path: str, say: Callable[[str], object] = print) -> Policy:
    """Return the policy of a settings file: its section of ours, or, in a TOML file without one, its keys.

    ``say`` is told where the file names a baseline: the table of findings has all of them.

    Raises:
        SettingsError: it cannot be read, or has a key or a value that a policy cannot have.
    """
    if path.endswith(".toml") and "tool" not in (keys := parse_toml(read_text(path), path)):
        return Policy.build(keys)
    settings = read_settings(path)
    if settings.baseline:
        say(f"{path}: the baseline is not looked at here: what it accepts is among the findings")
    return Policy.build(settings.policy)


def explain_nothing(path: str) -> str:
    """Return why a run may have read no article, in one line: what a file of it has, and what is wanted.

    >>> explain_nothing("examples/articles/first.txt")
    'examples/articles/first.txt: holds no article that can be read, nor does any other file; the table errors says why'
    """
    columns = find_columns(path)
    if not columns:
        return f"{path}: holds no article that can be read, nor does any other file; the table errors says why"
    shown = shorten(", ".join(map(repr, columns)), _LONGEST)
    return (
        f"{path}: no article was read, here or in any other file; it has {shown}, and an article is its text "
        "(or articleBody, body_text, body; or name yours with --text COLUMN), where known with published, title, "
        "source, id and event"
    )


def make_verdict(out: str, form: str) -> Verdict:
    """Return the findings of a run as a verdict; what could not be read or compared is among its troubles.

    >>> make_verdict("no_such_folder", "jsonl").is_consistent
    True
    """
    store = Store(Path(out), form)
    troubles = tuple(f"{row['name']}: {row['reason']}" for row in store.read("errors") if row["stage"] != "note")
    checked = tuple((row["event"] or row["thread"], row["left"], row["right"]) for row in store.read("pairs"))
    return Verdict(findings=tuple(read_findings(out, form)), checked=checked, troubles=troubles)


def tell_progress(progress: Progress) -> str:
    """Return how far a run is as one line.

    >>> tell_progress(Progress("comparing", 5000, 1500, 3000, done=1, shards=3, seconds=60.0))
    'comparing: 5,000 articles, 1,500 events, 3,000 pairs, 50 pairs a second, shard 1 of 3, 2 min left'
    >>> tell_progress(Progress("comparing", 9, 1, 36, done=1, shards=3, before=2, seconds=4.0))
    'comparing: 9 articles, 1 event, 36 pairs, 9 pairs a second, shard 3 of 5, 8 s left'
    """
    if not progress.done:
        return f"{progress.stage} …"
    left = "" if progress.left is None else f", {_tell_seconds(progress.left)} left"
    return (
        f"{progress.stage}: {_count(progress.articles, 'article')}, {_count(progress.events, 'event')}, "
        f"{_count(progress.pairs, 'pair')}, {progress.rate:,.0f} pairs a second, "
        f"shard {progress.before + progress.done} of {progress.before + progress.shards}{left}"
    )


def _tell_seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def tell_summary(summary: Summary, out: str) -> str:
    """Return what a run found as one line.

    >>> tell_summary(Summary(articles=36, events=18, threads=9, pairs=25, changes=214, seconds=6.2), "tables")
    'tables: 36 articles, 18 events, 9 threads, 25 pairs, 214 changes, 0 errors, in 6 s'
    """
    threads = f" {_count(summary.threads, 'thread')}," if summary.threads else ""
    kept = f" ({summary.kept:,} of them kept)" if summary.kept else ""
    cut = f"; {summary.cut_blocks:,} terms were too common to search by" if summary.cut_blocks else ""
    cut += (
        f"; {summary.cut_pairs:,} pairs of large events{' and threads' if summary.threads else ''} were left out"
        if summary.cut_pairs
        else ""
    )
    return (
        f"{out}: {_count(summary.articles, 'article')}, {_count(summary.events, 'event')},{threads} "
        f"{_count(summary.pairs, 'pair')}{kept}, {_count(summary.changes, 'change')}, "
        f"{_count(summary.errors, 'error')}, in {_tell_seconds(summary.seconds)}{cut}"
    )


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
