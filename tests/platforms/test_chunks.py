"""Uploads in pieces against models of servers: one that is asked, one with numbered parts, one that leads the way."""

from __future__ import annotations

import email
import hashlib
from email.policy import HTTP
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.errors import Cancelled, Later, Refused
from studio.core.finding import error
from studio.platforms.base import Held, Upload
from studio.platforms.chunks import TRIES, At, Dialect, Gone, Steady, form, send
from studio.platforms.transport import MaybeSent, Slice, Unsent
from tests.platforms import fakes

PIECE = 10


def read(piece: Slice) -> bytes:
    with piece.path.open("rb") as file:
        file.seek(piece.offset)
        return file.read(piece.length)


class Server(Dialect):
    """Keeps what arrives of each upload; `faults` are used up one per piece.

    ("cut", n): n bytes of the piece arrive. ("lost",): all do, and no answer comes. ("forget",): the upload is gone.
    """

    piece = PIECE

    def __init__(self, faults=()) -> None:
        self.uploads: list[bytearray] = []
        self.forgotten: set[int] = set()
        self.faults, self.sent, self.log = list(faults), 0, []

    def start(self) -> At:
        self.log.append("start")
        self.uploads.append(bytearray())
        return At({"id": len(self.uploads) - 1})

    def ask(self, at: At) -> At:
        self.log.append("ask")
        return At(at.handle, len(self.known(at)))

    def known(self, at: At) -> bytearray:
        if at.handle["id"] in self.forgotten:
            raise Gone
        return self.uploads[at.handle["id"]]

    def send(self, at, piece, progress):
        self.log.append("send")
        there, raw = self.known(at), read(piece)
        fault = self.faults.pop(0) if self.faults else ("none",)
        if fault[0] == "forget":
            self.forgotten.add(at.handle["id"])
            raise Gone
        assert piece.offset == len(there), "offsets differ"
        arrived = raw[: fault[1]] if fault[0] == "cut" else raw
        self.sent += len(raw)
        there += arrived
        if fault[0] in ("cut", "lost"):
            raise MaybeSent(error("net.broken", "account", host="fake"))
        return At(at.handle, len(there))


def upload_of(folder: Path, raw: bytes) -> Upload:
    path = folder / "a.mp4"
    path.write_bytes(raw)
    return fakes.upload(path, "video/mp4", kind="video")


class Kept:
    def __init__(self) -> None:
        self.data: dict = {}
        self.count = 0

    @property
    def held(self) -> Held:
        return Held(self.data, self._keep)

    def _keep(self, data) -> None:
        self.data = dict(data)
        self.count += 1


RAW = bytes(range(57))


@given(
    size=st.integers(0, 60),
    faults=st.lists(st.one_of(st.tuples(st.just("cut"), st.integers(0, 9)), st.just(("lost",))), max_size=12),
    dies=st.sets(st.integers(0, 12)),
)
@settings(deadline=None, max_examples=300)
def test_whatever_breaks_and_dies_the_file_arrives_and_each_fault_costs_one_piece(tmp_path_factory, size, faults, dies):
    """`dies`: at these progress reports the process ends; a new one goes on with what was kept."""
    upload = upload_of(tmp_path_factory.mktemp("f"), bytes(range(size)))
    server, kept, count, problems = Server(faults), Kept(), 0, len(faults)

    def progress(gone, whole):
        nonlocal count
        count += 1
        if count in dies:
            raise KeyboardInterrupt

    for _ in range(60):
        try:
            found = send(upload, server, kept.held, progress=progress, sleep=lambda s: None)
            break
        except KeyboardInterrupt:
            problems += 1
        except Later as broken:
            assert broken.findings[0].code in ("net.broken", "upload.stuck")
    assert bytes(server.uploads[found["id"]]) == bytes(range(size))
    assert server.sent <= size + problems * PIECE


def test_the_handle_is_kept_before_the_first_byte_goes_and_after_each_piece(tmp_path):
    seen = []

    class Watched(Server):
        def send(self, at, piece, progress):
            seen.append(dict(kept.data))
            return super().send(at, piece, progress)

    upload, server, kept = upload_of(tmp_path, RAW), Watched(), Kept()
    send(upload, server, kept.held)
    assert [each["offset"] for each in seen] == [0, 10, 20, 30, 40, 50]
    assert seen[0]["handle"] == {"id": 0} and seen[0]["sha256"] == hashlib.sha256(RAW).hexdigest()
    assert kept.data["offset"] == 57


def test_a_kept_handle_that_cannot_be_kept_stops_before_a_byte_goes(tmp_path):
    def keep(data):
        raise OSError("full")

    server = Server()
    with pytest.raises(OSError):
        send(upload_of(tmp_path, RAW), server, Held({}, keep))
    assert server.sent == 0


@pytest.mark.parametrize("kept", [
    {"sha256": "other"}, {"bytes": 1}, {"piece": 3}, {"handle": None}, {"offset": "10"},
])
def test_what_was_kept_of_something_else_is_not_used(tmp_path, kept):
    upload, server = upload_of(tmp_path, RAW), Server()
    before = {"sha256": upload.sha256, "bytes": 57, "piece": PIECE, "handle": {"id": 0}, "offset": 10, **kept}
    send(upload, server, Held(before, lambda data: None))
    assert server.log[0] == "start"


def test_a_server_with_more_than_the_file_has_is_begun_anew(tmp_path):
    upload, server, kept = upload_of(tmp_path, RAW), Server(), Kept()
    kept.data = {"sha256": upload.sha256, "bytes": 57, "piece": PIECE, "handle": {"id": 0}, "offset": 10}
    server.uploads.append(bytearray(b"x" * 99))
    assert send(upload, server, kept.held) == {"id": 1} and server.uploads[1] == RAW


def test_an_upload_that_expires_once_is_begun_anew_and_twice_is_later(tmp_path):
    upload = upload_of(tmp_path, RAW)
    assert send(upload, Server([("none",), ("forget",)]), Kept().held) == {"id": 1}
    with pytest.raises(Later) as forgotten:
        send(upload, Server([("forget",), ("forget",)]), Kept().held)
    assert forgotten.value.findings[0].code == "upload.forgotten"


def test_a_server_that_takes_and_keeps_nothing_is_given_up(tmp_path):
    slept = []
    server = Server([("cut", 0)] * 99)
    with pytest.raises(MaybeSent):
        send(upload_of(tmp_path, RAW), server, Kept().held, sleep=slept.append)
    assert server.sent == TRIES * PIECE and slept == [0.25, 0.5, 1, 2, 4]

    class Liar(Server):
        def send(self, at, piece, progress):
            self.sent += piece.length
            return at

    liar = Liar()
    with pytest.raises(Later) as stuck:
        send(upload_of(tmp_path, RAW), liar, Kept().held, sleep=slept.append)
    assert stuck.value.findings[0].code == "upload.stuck" and liar.sent == TRIES * PIECE


@pytest.mark.parametrize(("problem", "calls"), [
    (Later(error("net.rate_limited_unknown", "account", host="fake")), 1),
    (Later(error("net.rate_limited", "account", host="fake", seconds=60), after=60), 1),
    (Later(error("net.rate_limited", "account", host="fake", seconds=1), after=1), TRIES),
    (Unsent(error("net.down", "account", host="fake")), TRIES),
    (Refused(error("upload.refused", "media", host="fake", name="a", status=400)), 1),
])
def test_only_what_passes_is_waited_for(tmp_path, problem, calls):
    class Down(Server):
        def start(self):
            self.log.append("start")
            raise problem

    server = Down()
    with pytest.raises(type(problem)) as raised:
        send(upload_of(tmp_path, RAW), server, Kept().held, sleep=lambda s: None)
    assert raised.value is problem and server.log == ["start"] * calls


def test_cancelled_while_waiting(tmp_path):
    def progress(gone, whole):
        if server.log[-1:] == ["send"]:
            raise Cancelled

    server, slept = Server([("cut", 3)]), []
    with pytest.raises(Cancelled):
        send(upload_of(tmp_path, RAW), server, Kept().held, progress=progress, sleep=slept.append)
    assert slept == []


def test_up_to_the_last_piece_the_rest_is_for_the_commit(tmp_path):
    class Closing(Server):
        def finish(self, at):
            self.log.append("finish")
            return dict(at.handle)

    upload, server, kept = upload_of(tmp_path, RAW), Closing(), Kept()
    handle = send(upload, server, kept.held, upto=50)
    assert (bytes(server.uploads[0]), "finish" in server.log) == (RAW[:50], False)
    server.send(At(handle, 50), Slice(upload.path, 50, 7), None)
    assert server.uploads[0] == RAW


class Parts(Dialect):
    """Numbered parts that are kept whole or not at all, and no way to ask."""

    piece = PIECE

    def __init__(self, faults=()):
        self.parts, self.faults, self.sent = {}, list(faults), []

    def start(self):
        return At({"upload_id": "7"})

    def send(self, at, piece, progress):
        number = piece.offset // self.piece + 1
        self.sent.append(number)
        fault = self.faults.pop(0) if self.faults else ""
        if fault != "cut":
            self.parts[number] = read(piece)
        if fault:
            raise MaybeSent(error("net.broken", "account", host="fake"))
        return At(at.handle, piece.offset + piece.length)

    def finish(self, at):
        return {"video": b"".join(self.parts[n] for n in sorted(self.parts)).hex()}


def test_numbered_parts_go_on_from_what_was_acknowledged(tmp_path):
    server, kept = Parts(["", "cut", "lost"]), Kept()
    assert send(upload_of(tmp_path, RAW), server, kept.held, sleep=lambda s: None) == {"video": RAW.hex()}
    assert server.sent == [1, 2, 2, 2, 3, 4, 5, 6]


def test_numbered_parts_after_a_restart(tmp_path):
    server, kept, upload = Parts(["", "", *["cut"] * TRIES]), Kept(), upload_of(tmp_path, RAW)
    with pytest.raises(Later):
        send(upload, server, kept.held, sleep=lambda s: None)
    server.sent.clear()
    send(upload, server, kept.held)
    assert server.sent == [3, 4, 5, 6]


class Told(Dialect):
    """Says itself where each piece begins and ends, in strings, and corrects a wrong offset."""

    def __init__(self, ends):
        self.there, self.ends, self.asked = bytearray(), ends, []

    def _at(self):
        start = len(self.there)
        end = next((e for e in self.ends if e > start), start)
        return At({"session": "s", "start_offset": str(start), "end_offset": str(end)}, start)

    def start(self):
        return self._at()

    def end(self, at, size):
        return min(size, int(at.handle["end_offset"]))

    def send(self, at, piece, progress):
        self.asked.append((piece.offset, piece.length))
        if piece.offset == len(self.there):
            self.there += read(piece)
        return self._at()


def test_pieces_as_the_server_wants_them(tmp_path):
    server = Told([20, 21, 57])
    send(upload_of(tmp_path, RAW), server, Kept().held)
    assert server.there == RAW and server.asked == [(0, 20), (20, 1), (21, 36)]


def test_a_wrong_offset_is_corrected_by_the_server(tmp_path):
    """As after a crash between its answer and our keeping it."""
    upload, server, kept = upload_of(tmp_path, RAW), Told([20, 40, 57]), Kept()
    kept.data = {"sha256": upload.sha256, "bytes": 57, "piece": server.piece, "offset": 0,
                 "handle": {"session": "s", "start_offset": "0", "end_offset": "20"}}
    server.there += RAW[:20]
    send(upload, server, kept.held)
    assert server.there == RAW and server.asked == [(0, 20), (20, 20), (40, 17)]


def test_a_replaced_file_of_the_same_size_is_noticed(tmp_path):
    upload = upload_of(tmp_path, RAW)
    steady = Steady(upload)
    steady.verify(lambda: None)
    steady.check()
    (tmp_path / "new").write_bytes(RAW[::-1])
    (tmp_path / "new").replace(upload.path)
    with pytest.raises(Later):
        steady.check()


def test_hashing_can_be_stopped(tmp_path):
    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        Steady(upload_of(tmp_path, RAW)).verify(stop)


def test_a_form_with_a_piece_of_a_file(tmp_path):
    upload = upload_of(tmp_path, RAW)
    content, kind = form({"upload_phase": "transfer", "名": "值"}, "video_file_chunk", '周"末.mp4', "video/mp4",
                         Slice(upload.path, 5, 30))
    raw = b"".join(read(part) if isinstance(part, Slice) else part for part in content)
    parsed = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + raw, policy=HTTP)
    parts = list(parsed.iter_parts())
    assert [part.get_content_disposition() for part in parts] == ["form-data"] * 3
    assert parts[0].get_payload(decode=True) == b"transfer"
    assert parts[1].get_payload(decode=True) == "值".encode()
    assert parts[2].get_payload(decode=True) == RAW[5:35] and parts[2].get_content_type() == "video/mp4"
    assert 'name="video_file_chunk"; filename="周%22末.mp4"'.encode() in raw
