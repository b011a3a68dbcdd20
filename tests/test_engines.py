"""Where a corpus lies and what runs over it changes no row: object storage, a cluster, one that loses a worker."""

from __future__ import annotations

import contextlib
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest

import consistency
from consistency import ReadError
from consistency.corpus import source
from consistency.corpus.listing import find_files, hash_file
from consistency.corpus.run import compare_corpus
from consistency.corpus.store import TABLES, Store
from strategies import HANG
from wire import change_rows, make_rows, write_lines

pytestmark = [pytest.mark.usefixtures("daft"), pytest.mark.skipif(os.name != "posix", reason="process groups")]

BUCKET = "s3://wire"


@attrs.frozen
class Engines:
    """What a test has started, and what other processes have to know of it."""

    address: str
    environment: Mapping[str, str]
    stop_worker: Callable[[], None] = lambda: None


def read_sorted(out: Path, table: str) -> bytes:
    """Return the rows of a table as its files have them, in one order."""
    lines = [line for path in (out / table).glob("part-*.jsonl") for line in path.read_bytes().splitlines(True)]
    return b"".join(sorted(lines))


def run_corpus(paths: str, out: Path, engines: Engines, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own, what it says in a file: a full pipe would stop it."""
    command = [sys.executable, "-m", "consistency", "corpus", paths, "--out", str(out), "--format", "jsonl"]
    with out.with_suffix(".log").open("ab") as log:
        return subprocess.Popen([*command, "--shard", "1", *arguments], env=engines.environment, stdout=log, stderr=log)


def make_environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(consistency.__file__).parents[1]), **more}


# -- object storage -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def storage() -> Iterator[Engines]:
    """A server of object storage in this process, with a bucket of the corpus in partitions by day."""
    server = pytest.importorskip("moto.server", reason="moto is missing: pip install '.[dev]'")
    fs = pytest.importorskip("pyarrow.fs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("werkzeug.serving.WSGIRequestHandler.log", lambda *_: None)
        here = server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        here.start()
        host, port = here.get_host_and_port()
        known = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "none",
            "AWS_SECRET_ACCESS_KEY": "none",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        for name, value in known.items():
            patch.setenv(name, value)
        system, bucket = fs.FileSystem.from_uri(f"{BUCKET}?allow_bucket_creation=true")
        system.create_dir(bucket)
        for path, text in partition(make_rows()).items():
            with system.open_output_stream(f"{bucket}/{path}") as stream:
                stream.write(text.encode())
        yield Engines(BUCKET, make_environment(**known))
        here.stop()


def partition(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return the files of a corpus: a folder a day, two files in each."""
    files: dict[str, str] = {}
    for number, row in enumerate(rows):
        path = f"day={row['published']}/part {number % 2} [of 2].jsonl"
        files[path] = files.get(path, "") + json.dumps(row) + "\n"
    return files


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same partitions in a folder."""
    folder = tmp_path_factory.mktemp("wire")
    for path, text in partition(make_rows()).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.mark.parametrize("few", [0, 300])
def test_object_storage_gives_the_rows_of_a_folder(
    storage: Engines, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """In processes and in threads; what is called by its place has another name, and so has an event."""
    monkeypatch.setattr("consistency.corpus.engine.FEW", few)

    def read(paths: str, out: Path) -> dict[str, list[str]]:
        compare_corpus(paths, out, format="jsonl", shard=3)
        tables = {table: Store(out, "jsonl").read(table) for table in TABLES}
        called = {table: [{**row, "event": ""} for row in rows] for table, rows in tables.items()}
        return {table: sorted(json.dumps(row).replace(paths, "") for row in rows) for table, rows in called.items()}

    assert read(storage.address, tmp_path / "far") == read(str(local), tmp_path / "near")


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("", 6),
        ("/", 6),
        ("/day=2024-03-15", 2),
        ("/day=2024-03-15/", 2),
        ("/day=2024-03-1[56]/*.jsonl", 4),
        ("/**/part 1*", 3),
        ("/day=2024-03-15/part 0 [of 2].jsonl", 1),
    ],
)
def test_names_in_a_bucket_are_names_and_globs(storage: Engines, name: str, count: int) -> None:
    found = find_files([storage.address + name]).files
    assert len(found) == count
    for path, size in found:
        assert path.startswith(f"{BUCKET}/day=")
        assert hash_file(path)
        assert all(each.article for each in source.read_chunk(source.Chunk(path, 0, size)))


@pytest.mark.parametrize("name", ["s3://nowhere/day", "s3://wire/nowhere", "s3://wire/*.csv", "rain://wire/day"])
def test_storage_that_is_not_there_is_one_line(storage: Engines, name: str) -> None:
    assert storage.address == "s3://wire"
    with pytest.raises(ReadError) as told:
        find_files([name])
    assert "\n" not in str(told.value)


# -- a cluster ----------------------------------------------------------------------------------------------------


@pytest.fixture
def cluster(ray: Any, storage: Engines, tmp_path: Path) -> Iterator[Engines]:
    """A cluster of two nodes with a core each, in process groups of their own, and one of them can be killed."""
    with socket.socket() as free:
        free.bind(("", 0))
        address = f"{ray.util.get_node_ip_address()}:{free.getsockname()[1]}"
    keys = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_USAGE_STATS_ENABLED": "0"}
    environment = {**storage.environment, **keys}
    head = ["--head", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false"]
    nodes: list[subprocess.Popen[bytes]] = []
    try:
        for number, arguments in enumerate((head, [f"--address={address}"]), 1):
            command = [
                sys.executable,
                "-m",
                "ray.scripts.scripts",
                "start",
                "--block",
                "--num-cpus=1",
                "--disable-usage-stats",
            ]
            command += ["--object-store-memory=100000000", *arguments]
            with (tmp_path / f"node {number}.log").open("wb") as log:
                node = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
            nodes.append(node)
            wait_for_nodes(address, number, environment)
        yield Engines(address, environment, lambda: os.killpg(nodes[1].pid, signal.SIGKILL))
    finally:
        for node in reversed(nodes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(node.pid, signal.SIGKILL)
            node.wait()


def wait_for_nodes(address: str, count: int, environment: Mapping[str, str]) -> None:
    code = (
        "import ray, sys, time\n"
        f"for _ in range(60):\n"
        "    try:\n"
        f"        ray.init({address!r}, logging_level='error')\n"
        f"        if sum(node['Alive'] for node in ray.nodes()) == {count}: sys.exit()\n"
        "        ray.shutdown()\n"
        "    except (OSError, RuntimeError): pass\n"
        "    time.sleep(1)\n"
        "sys.exit(f'no cluster')"
    )
    subprocess.run([sys.executable, "-c", code], env=dict(environment), check=True, timeout=HANG)


def test_two_workers_write_the_same_rows_though_one_is_killed(
    cluster: Engines, storage: Engines, tmp_path: Path
) -> None:
    """The tables of the native runner, of a cluster, and of one that loses a worker while it compares."""
    far = ("--runner", "ray", "--ray-address", cluster.address)
    native, whole, killed = tmp_path / "native", tmp_path / "whole", tmp_path / "killed"
    assert run_corpus(storage.address, native, storage).wait(HANG) == 0
    assert run_corpus(storage.address, whole, cluster, *far).wait(HANG) == 0, whole.with_suffix(".log").read_text()
    said = whole.with_suffix(".log").read_text().splitlines()
    assert all(line.startswith("consistency: ") for line in said), said

    process = run_corpus(storage.address, killed, cluster, *far)
    while process.poll() is None and len(list((killed / "pairs").glob("part-*"))) < 2:
        time.sleep(0.05)
    assert process.poll() is None, killed.with_suffix(".log").read_text()
    cluster.stop_worker()
    status = process.wait(HANG)
    if status:  # the engine may give the work up, or to the worker that is left
        assert status == 2
        assert run_corpus(storage.address, killed, cluster, *far).wait(HANG) == 0

    for table in TABLES:
        wanted = read_sorted(native, table)
        assert read_sorted(whole, table) == wanted
        assert read_sorted(killed, table) == wanted


def test_a_changed_input_is_compared_again_on_a_cluster_as_here(cluster: Engines, tmp_path: Path) -> None:
    """Both keep the same pairs of the same threads, and their tables are those of a run that knows nothing."""
    native = ("--by", "thread")
    ways = {"native": native, "cluster": (*native, "--runner", "ray", "--ray-address", cluster.address)}
    rows = make_rows()
    for given in (rows, change_rows(rows, random.Random(1))):  # noqa: S311
        path = str(write_lines(tmp_path / "wire.jsonl", given))
        for name, arguments in ways.items():
            out = tmp_path / name
            assert run_corpus(path, out, cluster, *arguments).wait(HANG) == 0, out.with_suffix(".log").read_text()
    assert run_corpus(path, tmp_path / "afresh", cluster, *native).wait(HANG) == 0
    for table in TABLES:
        wanted = read_sorted(tmp_path / "afresh", table)
        assert [read_sorted(tmp_path / name, table) for name in ways] == [wanted, wanted]
    told = [json.loads((tmp_path / name / "summary.json").read_text(encoding="utf-8")) for name in ways]
    kept = [summary["kept"] for summary in told]
    assert 0 < kept[0] == kept[1] < told[0]["pairs"]


@pytest.mark.usefixtures("ray")
def test_a_cluster_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text("Rain fell.")
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        arguments = ("--runner", "ray", "--ray-address", address)
        ran = run_corpus(str(tmp_path / "wire.txt"), tmp_path / "out", Engines("", make_environment()), *arguments)
        assert ran.wait(HANG) == 2
    said = (tmp_path / "out.log").read_text().splitlines()
    assert len(said) == 1, said
    assert f"no Ray cluster can be joined at {address}" in said[0]
