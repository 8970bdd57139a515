"""Resumable uploads to a real tus server: what arrived is compared byte by byte, and what went out is counted."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.errors import Cancelled, Later, Problem, Refused, SignInAgain
from studio.platforms.base import Held, Upload
from studio.platforms.chunks import send
from studio.platforms.transport import Transport
from studio.platforms.tus import Tus, metadata
from tests.platforms import fakes
from tests.servers import tus as tus_server
from tests.servers.faultproxy import FaultProxy

KIB = 1 << 10
PIECE = 256 * KIB
SIZE = 5 * PIECE + 12_345
PATCH = r"^PATCH "


class Client:
    """One person's upload through a fault proxy; `kept` is what would be on disk."""

    def __init__(self, server: tus_server.Tus, proxy: FaultProxy, upload: Upload) -> None:
        self.server, self.proxy, self.upload = server, proxy, upload
        self.kept: dict = {}
        self.slept: list[float] = []
        self.told: list[int] = []
        self.on_sleep = lambda: None
        self.on_progress = lambda gone: None

    def run(self) -> dict:
        held = Held(self.kept, self._keep)
        with Transport(self.proxy.url, attempts=1) as transport:
            dialect = Tus(transport, self.server.endpoint, self.upload, piece=PIECE)
            return send(self.upload, dialect, held, progress=self._progress, sleep=self._sleep)

    def _keep(self, data) -> None:
        self.kept = json.loads(json.dumps(data))

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.on_sleep()

    def _progress(self, gone: int, whole: int) -> None:
        self.told.append(gone)
        self.on_progress(gone)

    @property
    def sent(self) -> int:
        """Bytes of the file that went out, again and again counted."""
        return sum(seen.sent for seen in self.proxy.seen if seen.method == "PATCH")

    def arrived(self, uploads: int = 1) -> bool:
        """Whether the last upload is the file, and there are so many."""
        found = sorted(self.server.uploads(), key=lambda path: path.stat().st_mtime_ns)
        return len(found) == uploads and found[-1].read_bytes() == self.upload.path.read_bytes()


def a_file(folder: Path, size: int = SIZE) -> Upload:
    path = folder / "周末 clip.mp4"
    path.write_bytes(random.Random(7).randbytes(size))
    return fakes.upload(path, "video/mp4", kind="video")


@pytest.fixture
def client(tus: tus_server.Tus, tmp_path: Path) -> Iterator[Client]:
    with FaultProxy(tus.url) as proxy:
        yield Client(tus, proxy, a_file(tmp_path))


def test_the_file_arrives_in_pieces_with_its_name(client: Client) -> None:
    found = client.run()
    assert client.arrived() and client.sent == SIZE
    assert found["url"] == client.kept["handle"]["url"]
    about = client.server.about(client.server.uploads()[0])
    assert about["metadata"] == {"filename": "周末 clip.mp4", "filetype": "video/mp4"}
    pieces = [seen.sent for seen in client.proxy.seen if seen.method == "PATCH"]
    assert pieces == [PIECE] * 5 + [12_345]
    assert client.told[0] == 0 and client.told[-1] == SIZE and client.told[6:] == sorted(client.told[6:])


def test_a_file_of_no_bytes_arrives(tus: tus_server.Tus, tmp_path: Path) -> None:
    with FaultProxy(tus.url) as proxy:
        client = Client(tus, proxy, a_file(tmp_path, 0))
        client.run()
        assert client.arrived() and client.sent == 0


@pytest.mark.parametrize("at", [1, 400, 70_000, 200_000, PIECE + 200])
@pytest.mark.parametrize("piece", [0, 3, 5])
def test_a_cut_in_the_middle_goes_on_from_what_arrived(client: Client, at: int, piece: int) -> None:
    client.proxy.cut_up(min(at, 12_000) if piece == 5 else at, only=PATCH, skip=piece)
    client.run()
    assert client.proxy.hits and client.arrived()
    assert client.sent <= SIZE + PIECE


def test_many_cuts_cost_at_most_a_piece_each(client: Client) -> None:
    client.proxy.cut_up(150_000, only=PATCH, times=4)
    client.run()
    assert client.arrived() and client.sent <= SIZE + 4 * PIECE


def test_a_lost_answer_sends_nothing_again(client: Client) -> None:
    client.proxy.lose_reply(only=PATCH, skip=2)
    client.run()
    assert client.proxy.hits and client.arrived() and client.sent == SIZE


def test_a_lost_answer_to_the_last_piece_sends_nothing_again(client: Client) -> None:
    client.proxy.lose_reply(only=PATCH, skip=5)
    client.run()
    assert client.proxy.hits and client.arrived() and client.sent == SIZE


def test_a_lost_answer_to_the_start_begins_another_upload(client: Client) -> None:
    client.proxy.lose_reply(only="^POST ")
    client.run()
    assert client.arrived(uploads=2) and client.sent == SIZE


def test_a_slow_line_is_only_slow(client: Client) -> None:
    client.proxy.throttle(3_000_000, only=PATCH, times=2)
    client.run()
    assert client.arrived() and client.sent == SIZE and client.slept == []


@pytest.mark.parametrize("fault", ["500", "html", "garbage", "rate", "refuse", "locked"])
def test_answers_of_others_and_passing_faults_are_asked_about(client: Client, fault: str) -> None:
    play = {
        "500": lambda: client.proxy.answer(500, only=PATCH, skip=1, times=2),
        "html": lambda: client.proxy.html(only=PATCH, skip=1),
        "garbage": lambda: client.proxy.garbage(only=PATCH, skip=1),
        "rate": lambda: client.proxy.rate_limit("1", only=PATCH, skip=1),
        "refuse": lambda: client.proxy.refuse(only=PATCH, skip=1),
        "locked": lambda: client.proxy.answer(423, only=PATCH, skip=1),
    }
    play[fault]()
    client.run()
    assert client.proxy.hits and client.arrived() and client.sent <= SIZE + 2 * PIECE


def test_what_the_server_took_although_it_said_500_is_not_sent_again(client: Client) -> None:
    client.proxy.answer(500, only=PATCH, skip=1, deliver=True)
    client.run()
    assert client.arrived() and client.sent == SIZE


def test_a_long_wait_is_for_the_queue_and_the_upload_goes_on_after_it(client: Client) -> None:
    client.proxy.rate_limit("90", only=PATCH, skip=2)
    with pytest.raises(Later) as waiting:
        client.run()
    assert waiting.value.after == 90 and client.kept["offset"] == 2 * PIECE
    client.run()
    assert client.arrived() and client.sent == SIZE + PIECE  # the one that was refused


def test_a_line_that_stays_broken_is_later_and_goes_on_then(client: Client) -> None:
    client.proxy.refuse(only="^(PATCH|HEAD) ", times=1000, skip=2)
    with pytest.raises(Later) as broken:
        client.run()
    assert broken.value.findings[0].code in ("net.broken", "net.down")
    assert client.slept == [0.25, 0.5, 1.0, 2.0, 4.0]
    client.proxy.clear()
    client.run()
    assert client.arrived() and client.sent == SIZE


def test_a_server_that_was_killed_and_started_again_gets_the_rest(client: Client) -> None:
    def kill(gone: int) -> None:
        if gone > 2 * PIECE + 1000:
            client.on_progress = lambda gone: None
            client.server.kill()

    def start() -> None:
        client.on_sleep = lambda: None
        client.server.start()

    client.on_progress, client.on_sleep = kill, start
    client.run()
    assert client.slept and client.arrived() and client.sent <= SIZE + PIECE


CHILD = """
import json, os, sys
from pathlib import Path
from studio.platforms.base import Held
from studio.platforms.chunks import send
from studio.platforms.transport import Transport
from studio.platforms.tus import Tus
from tests.platforms import fakes

base, endpoint, file, kept, piece = sys.argv[1:]

def keep(data):
    Path(kept + ".part").write_text(json.dumps(data))
    os.replace(kept + ".part", kept)

upload = fakes.upload(Path(file), "video/mp4", kind="video")
with Transport(base) as transport:
    send(upload, Tus(transport, endpoint, upload, piece=int(piece)), Held({}, keep))
"""


@pytest.mark.parametrize("bytes_before", [100_000, PIECE + 100_000, 3 * PIECE + 60_000])
def test_a_process_that_was_killed_goes_on_from_its_handle(client: Client, tmp_path: Path, bytes_before: int) -> None:
    kept = tmp_path / "kept.json"
    client.proxy.throttle(2_000_000, only=PATCH, times=1000)
    child = subprocess.Popen([
        sys.executable, "-c", CHILD, client.proxy.url, client.server.endpoint, str(client.upload.path), str(kept),
        str(PIECE),
    ])
    while client.sent < bytes_before:
        assert child.poll() is None
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    client.proxy.clear()
    client.kept = json.loads(kept.read_text())
    client.run()
    assert client.arrived() and client.sent <= SIZE + PIECE


def test_an_upload_the_server_forgot_is_begun_anew(client: Client) -> None:
    client.proxy.rate_limit("90", only=PATCH, skip=2)
    with pytest.raises(Later):
        client.run()
    for path in client.server.data.iterdir():
        path.unlink()
    client.run()
    assert client.arrived()


def test_a_server_that_forgets_again_and_again_is_left_for_later(client: Client) -> None:
    client.proxy.answer(404, only=PATCH, times=9)
    with pytest.raises(Later) as forgotten:
        client.run()
    assert forgotten.value.findings[0].code == "upload.forgotten"
    assert len(client.proxy.requests) == 4


def test_another_file_under_the_same_name_is_begun_anew(client: Client, tmp_path: Path) -> None:
    client.proxy.rate_limit("90", only=PATCH, skip=2)
    with pytest.raises(Later):
        client.run()
    client.upload = a_file(tmp_path, SIZE + 1)
    client.run()
    assert client.arrived(uploads=2)


def test_a_file_that_changes_meanwhile_is_noticed(client: Client) -> None:
    def change(gone: int) -> None:
        if gone > PIECE + 1000:
            client.on_progress = lambda gone: None
            with client.upload.path.open("r+b") as file:
                file.write(b"other")

    client.on_progress = change
    with pytest.raises(Later) as changed:
        client.run()
    assert changed.value.findings[0].code == "media.changed" and client.kept == {}
    with pytest.raises(Later):
        client.run()  # its hash is not what was announced, so nothing goes out
    assert client.sent <= 2 * PIECE and not client.arrived()


def test_a_file_that_became_shorter_is_noticed(client: Client) -> None:
    client.on_progress = lambda gone: os.truncate(client.upload.path, PIECE + 7) if gone > PIECE else None
    with pytest.raises(Later) as changed:
        client.run()
    assert changed.value.findings[0].code == "media.changed" and client.kept == {}


def test_a_file_that_is_gone_is_missing(client: Client) -> None:
    client.upload.path.unlink()
    with pytest.raises(Refused) as missing:
        client.run()
    assert missing.value.findings[0].code == "media.missing" and client.proxy.requests == []


def test_cancelled_in_the_middle_it_can_go_on(client: Client) -> None:
    def cancel(gone: int) -> None:
        if gone > 2 * PIECE:
            raise Cancelled

    client.on_progress = cancel
    with pytest.raises(Cancelled):
        client.run()
    client.on_progress = lambda gone: None
    client.run()
    assert client.arrived() and client.sent <= SIZE + PIECE


def test_a_redirect_to_another_host_gets_nothing(client: Client) -> None:
    client.proxy.redirect("http://127.0.0.1:9/files", only="^POST ", status=307)
    with pytest.raises(Refused) as redirected:
        client.run()
    assert redirected.value.findings[0].code == "net.redirected"


@pytest.mark.parametrize(("status", "kind", "code"), [
    (401, SignInAgain, "login.expired"), (400, Refused, "upload.refused"), (413, Refused, "media.too_big_for_server"),
])
def test_a_refusal_is_told_as_what_it_is(client: Client, status: int, kind: type[Problem], code: str) -> None:
    client.proxy.answer(status, only="^POST ")
    with pytest.raises(kind) as refused:
        client.run()
    assert refused.value.findings[0].code == code


def test_a_file_the_server_finds_too_big_is_refused_before_a_byte_goes(tus: tus_server.Tus, tmp_path: Path) -> None:
    with tus_server.running(tmp_path / "small", most=1000) as small, FaultProxy(small.url) as proxy:
        client = Client(small, proxy, a_file(tmp_path))
        with pytest.raises(Refused) as refused:
            client.run()
        assert refused.value.findings[0].code == "media.too_big_for_server" and client.sent == 0


def test_two_uploads_at_once_do_not_mix(tus: tus_server.Tus, tmp_path: Path) -> None:
    with FaultProxy(tus.url) as proxy:
        clients = [Client(tus, proxy, a_file(tmp_path / name)) for name in _folders(tmp_path)]
        threads = [threading.Thread(target=client.run) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert clients[0].arrived(uploads=2)


def _folders(folder: Path) -> list[str]:
    for name in ("a", "b"):
        (folder / name).mkdir()
    return ["a", "b"]


def test_what_authorises_us_goes_to_our_own_host_only(tmp_path: Path) -> None:
    upload = a_file(tmp_path, 10)
    transport = fakes.FakeTransport([
        fakes.answer(None, 201, location="https://elsewhere.test/files/1"), fakes.answer(None, 204, upload_offset="10"),
    ])
    dialect = Tus(transport, "https://tus.test/files", upload, headers={"Authorization": "Bearer sesame"})
    send(upload, dialect, fakes.unheld())
    assert transport.calls[0].headers["Authorization"] == "Bearer sesame"
    assert transport.calls[1].host == "elsewhere.test" and "Authorization" not in transport.calls[1].headers


def test_the_metadata_header() -> None:
    assert metadata({"filename": "梅.mp4", "empty": "", "": "x"}) == "filename 5qKFLm1wNA==,empty"
