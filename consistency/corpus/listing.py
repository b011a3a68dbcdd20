"""The listing of a corpus: which files there are below folders and globs, here or in object storage.

What stands among them and is no article stops nothing: it is passed over, with a reason.
"""

from __future__ import annotations

import fnmatch
import functools
import hashlib
import itertools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from consistency.corpus.engine import load
from consistency.errors import ReadError, SettingsError
from consistency.files import Skipped, escape_name, look_at

_MAGIC = frozenset("*?[")


@attrs.frozen
class Listing:
    """The files of a corpus with their sizes, sorted; and what stands among them and is none.

    >>> Listing((("rain.txt", 10),)).skipped
    ()
    """

    files: tuple[tuple[str, int], ...]
    skipped: tuple[Skipped, ...] = ()


def find_files(paths: Iterable[str | os.PathLike[str]], out: str | os.PathLike[str] = "") -> Listing:
    """Return the files of a corpus: files, all files below a folder, what a glob matches.

    Args:
        paths: of these.
        out: a folder that is left out, as the tables go there.

    Raises:
        ReadError: a path that has no file.
        SettingsError: there is no path.

    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "rain.txt").write_text("Rain fell.")
    >>> [size for _, size in find_files([folder]).files]
    [10]
    """
    files: dict[str, int] = {}
    skipped: dict[str, Skipped] = {}
    for each in paths:
        path = os.fspath(each)
        count = len(files), len(skipped)
        for found in _find_far(path) if "://" in path else _find_near(path, os.path.abspath(out) if out else ""):
            if isinstance(found, Skipped):
                skipped[found.name] = found
            else:
                files[found[0]] = found[1]
        if count == (len(files), len(skipped)):
            raise ReadError(path, "there is no such file, folder or glob with files; check the path")
    if not files and not skipped:
        raise SettingsError("paths: names nothing; give files, folders or globs")
    if not files:
        first = min(skipped.values(), key=lambda each: each.name)
        raise ReadError(first.name, first.reason or "")
    return Listing(tuple(sorted(files.items())), tuple(skipped[name] for name in sorted(skipped)))


def _find_near(path: str, out: str) -> Iterator[tuple[str, int] | Skipped]:
    for match in _expand(path) if _MAGIC & set(path) and not os.path.lexists(path) else [path]:
        if os.path.isdir(match):
            yield from _walk(match, out)
        elif os.path.lexists(match):
            yield _look_at(match)


def _expand(pattern: str) -> Iterator[str]:
    """Yield what a glob matches; ``**`` does not follow links, which may lead in circles."""
    parts = Path(pattern).parts
    base = Path(*itertools.takewhile(lambda part: not _MAGIC & set(part), parts))
    try:
        for match in base.glob(str(Path(*parts[len(base.parts) :]))):
            if not _is_hidden(match.name):
                yield os.fspath(match)
    except ValueError as error:  # a** is no pattern
        raise ReadError(pattern, f"is no glob ({error})") from None


def _look_at(path: str) -> tuple[str, int] | Skipped:
    found = look_at(path)
    return found if isinstance(found, Skipped) else (path, found)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "_"))


def _walk(top: str, out: str) -> Iterator[tuple[str, int] | Skipped]:
    broken: list[OSError] = []
    for folder, folders, names in os.walk(top, onerror=broken.append):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for name in folders:
            if os.path.islink(path := os.path.join(folder, name)):
                yield _look_at(path)
        folders[:] = [name for name in folders if not out or os.path.abspath(os.path.join(folder, name)) != out]
        yield from (_look_at(os.path.join(folder, name)) for name in names if not _is_hidden(name))
    for error in broken:
        yield Skipped(escape_name(str(error.filename)), reason=f"cannot be read ({error.strerror})")


def _find_far(path: str) -> Iterator[tuple[str, int] | Skipped]:
    address = _find_address(path)
    system, root = _open_storage(address)
    inner = _go_in(root, path, address)
    fs = load("pyarrow.fs")
    base = inner
    try:
        if system.get_file_info(inner).is_file:  # whatever it is called
            infos = [system.get_file_info(inner)]
        else:
            while _MAGIC & set(base):
                base = base.rpartition("/")[0]
            infos = system.get_file_info(fs.FileSelector(base, recursive=True, allow_not_found=True))
    except OSError as error:
        raise ReadError(path, f"cannot be listed ({tell_error(error)})") from None
    for info in infos:
        hidden = any(map(_is_hidden, info.path[len(base) :].split("/")))
        if info.is_file and not hidden and (base == inner or fnmatch.fnmatchcase(info.path, inner)):
            yield address + info.path.removeprefix(root), info.size


def hash_file(path: str) -> str:
    """Return what tells the content of a file from another: its hash, in object storage the time of its change.

    >>> hash_file("no_such_file.txt")
    ''
    """
    if "://" in path:
        system, inner = _open_system(path)
        return str(system.get_file_info(inner).mtime_ns)
    digest = hashlib.blake2b(digest_size=16)
    try:
        with open(path, "rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError:
        return ""  # reading it tells why
    return digest.hexdigest()


def _open_system(path: str) -> tuple[Any, str]:
    """Return the storage that a file lies in, and what it is called there."""
    address = _find_address(path)
    system, root = _open_storage(address)
    return system, _go_in(root, path, address)


def _find_address(path: str) -> str:
    """Return the storage of a path, a bucket or a host; what follows is no URI, names may have blanks and brackets."""
    scheme, _, rest = path.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _go_in(root: str, path: str, address: str) -> str:
    return (root + path[len(address) :]).rstrip("/") or "/"


@functools.cache  # finding where a bucket lies is a request
def _open_storage(address: str) -> tuple[Any, str]:
    """Return a storage, and what it calls its top."""
    try:
        system, root = load("pyarrow.fs").FileSystem.from_uri("file:///" if address == "file://" else address)
    except (ValueError, OSError) as error:
        raise ReadError(address, f"no storage can be reached there ({str(error).splitlines()[0]})") from None
    return system, root.rstrip("/")


def open_file(path: str) -> Any:
    """Open a file for reading as bytes.

    >>> open_file("examples/articles/first.txt").close()
    """
    if "://" not in path:
        return open(path, "rb")
    system, inner = _open_system(path)
    return system.open_input_file(inner)


def tell_error(error: Exception) -> str:
    r"""Return an error that nobody foresaw as one line.

    >>> tell_error(ValueError("no\nway"))
    'ValueError: no way'
    """
    return escape_name(" ".join(f"{type(error).__name__}: {error}".split())[:200])
