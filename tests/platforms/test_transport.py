"""What every outcome of a request is called, against servers that really break."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Later, Problem, Refused, Uncertain
from studio.platforms.transport import (
    USER_AGENT,
    Exchange,
    MaybeSent,
    Response,
    Slice,
    Transport,
    Unsent,
    host_of,
    rebase,
    visible,
    wait_of,
)
from studio.platforms.wire import Wire
from tests.platforms.fakes import FakeTransport, answer
from tests.servers.faultproxy import FaultProxy

Respond = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says and keeps what it was sent."""

    protocol_version = "HTTP/1.1"
    respond: Respond
    seen: list[tuple[str, str, dict[str, str], bytes]]

    def _take(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        self.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        self.respond(self)

    do_GET = do_POST = _take

    def reply(self, status: int, body: bytes = b"{}", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Served:
    def __init__(self, url: str, seen: list[tuple[str, str, dict[str, str], bytes]]) -> None:
        self.url, self.seen = url, seen


@contextmanager
def serving(respond: Respond, context: ssl.SSLContext | None = None) -> Iterator[Served]:
    handler = type("H", (Handler,), {"respond": staticmethod(respond), "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # broken clients are the point here
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Served(f"http{'s' if context else ''}://127.0.0.1:{server.server_port}", handler.seen)  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def code_of(problem: pytest.ExceptionInfo[Any]) -> str:
    return problem.value.findings[0].code


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_file_is_streamed_with_its_length_and_our_name(tmp_path: Path) -> None:
    file = tmp_path / "big.bin"
    file.write_bytes(b"0123456789abcdef" * 100_000)
    told: list[tuple[int, int]] = []
    with (
        serving(lambda h: h.reply(200, b'{"ok": true}')) as served,
        Transport(progress=lambda gone, whole: told.append((gone, whole))) as transport,
    ):
        found = transport.request("POST", f"{served.url}/up", content=file, headers={"Content-Type": "image/jpeg"})
    method, path, headers, body = served.seen[0]
    assert (method, path, body) == ("POST", "/up", file.read_bytes())
    assert headers["content-length"] == "1600000" and "transfer-encoding" not in headers
    assert headers["user-agent"] == USER_AGENT and headers["content-type"] == "image/jpeg"
    assert found.data() == {"ok": True}
    assert told[-1] == (1_600_000, 1_600_000) and len(told) > 3


def test_a_part_of_a_file_and_several_pieces_are_streamed_with_their_length(tmp_path: Path) -> None:
    file = tmp_path / "big.bin"
    raw = bytes(range(256)) * 4096
    file.write_bytes(raw)
    told: list[tuple[int, int]] = []
    parts = (b"head", Slice(file, 1000, 600_000), b"tail")
    with serving(lambda h: h.reply(200)) as served, Transport() as transport:
        transport.request("POST", f"{served.url}/a", content=Slice(file, 5, 7))
        transport.request("POST", f"{served.url}/b", content=parts, progress=lambda *told_: told.append(told_))
    assert served.seen[0][3] == raw[5:12] and served.seen[0][2]["content-length"] == "7"
    assert served.seen[1][3] == b"head" + raw[1000:601_000] + b"tail"
    assert served.seen[1][2]["content-length"] == "600008"
    assert told[0] == (4, 600_008) and told[-1] == (600_008, 600_008) and len(told) >= 5


def test_a_part_beyond_the_end_of_a_file_is_never_a_whole_request(tmp_path: Path) -> None:
    file = tmp_path / "short.bin"
    file.write_bytes(b"short")
    with serving(lambda h: h.reply(200)) as served, Transport() as transport:
        with pytest.raises(MaybeSent) as shorter:
            transport.request("POST", f"{served.url}/a", content=Slice(file, 2, 100))
        assert code_of(shorter) == "media.changed"
        assert transport.request("POST", f"{served.url}/a", content=Slice(file, 2, 3)).ok


def test_every_call_goes_to_the_api_base_and_paths_stay() -> None:
    assert rebase("https://api.a.com/x/y?z=1", "http://127.0.0.1:9") == "http://127.0.0.1:9/x/y?z=1"
    assert rebase("https://api.a.com/x", "https://relay.me/deep/") == "https://relay.me/deep/x"
    assert rebase("https://relay.me/deep/x", "https://relay.me/deep") == "https://relay.me/deep/x"
    fake = FakeTransport([answer({}), answer({})], api_base="http://127.0.0.1:9")
    fake.request("GET", "https://api.a.com/x", params={"q": "周末 &"})
    fake.request("POST", "https://upload.a.com/y", json={"t": "周末"})
    assert [(c.host, c.path) for c in fake.calls] == [("127.0.0.1:9", "/x"), ("127.0.0.1:9", "/y")]
    assert fake.calls[0].params == {"q": "周末 &"} and fake.calls[1].json == {"t": "周末"}


def test_a_redirect_on_the_same_host_is_followed_for_reads() -> None:
    def respond(handler: Handler) -> None:
        if handler.path == "/a":
            handler.reply(302, Location="/b")
        else:
            handler.reply(200, b'{"at": "b"}')

    with serving(respond) as served, Transport() as transport:
        assert transport.request("GET", f"{served.url}/a").data() == {"at": "b"}


def test_credentials_are_not_sent_to_another_host() -> None:
    with (
        serving(lambda h: h.reply(200)) as other,
        serving(lambda h: h.reply(302, Location=f"{other.url}/take")) as served,
        Transport() as transport,
    ):
        for method in ("GET", "POST"):
            with pytest.raises(Refused) as refused:
                transport.request(method, f"{served.url}/a", headers={"Authorization": "Bearer secret"})
            assert code_of(refused) == "net.redirected"
            assert refused.value.findings[0].values["host"] == host_of(other.url)
    assert other.seen == []


def test_a_write_is_never_redirected_and_circles_end() -> None:
    with serving(lambda h: h.reply(307, Location="/again")) as served, Transport() as transport:
        with pytest.raises(Refused) as refused:
            transport.request("POST", f"{served.url}/a", json={})
        assert code_of(refused) == "net.redirected" and len(served.seen) == 1
        with pytest.raises(Refused) as circle:
            transport.request("GET", f"{served.url}/a")
        assert code_of(circle) == "net.redirects" and len(served.seen) == 1 + 6


def test_a_write_that_is_answered_elsewhere_may_have_been_done() -> None:
    with serving(lambda h: h.reply(303, Location="/done")) as served, Transport() as transport:
        with pytest.raises(Uncertain) as unknown, visible():
            transport.request("POST", f"{served.url}/a", json={})
        assert code_of(unknown) == "net.redirected" and len(served.seen) == 1


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/x", "//evil.test/x", "https://127.0.0.1:notaport/"])
def test_other_places_are_other_hosts(target: str) -> None:
    fake = FakeTransport([answer(None, 302, location=target)])
    with pytest.raises(Refused) as refused:
        fake.request("GET", "https://127.0.0.1/a")
    assert code_of(refused) == "net.redirected" and len(fake.calls) == 1


def test_refused_and_unknown_hosts_were_not_reached() -> None:
    with Transport(attempts=1) as transport:
        for url in (f"http://127.0.0.1:{free_port()}/x", "http://nobody.invalid/x"):
            with pytest.raises(Unsent) as down:
                transport.request("POST", url, json={})
            assert code_of(down) == "net.down"


def test_tls_that_fails_says_why_and_sent_nothing(tmp_path: Path) -> None:
    with serving(lambda h: h.reply(200), _self_signed(tmp_path)) as served, Transport(attempts=1) as transport:
        with pytest.raises(Unsent) as broken:
            transport.request("POST", f"{served.url}/x", json={"password": "secret"})
        assert code_of(broken) == "net.tls"
        assert "self" in str(broken.value.findings[0].values["reason"])
        assert served.seen == []


def test_no_tls_at_all_is_said_too() -> None:
    with serving(lambda h: h.reply(200)) as served, Transport(attempts=1) as transport:
        with pytest.raises(Unsent) as broken:
            transport.request("GET", served.url.replace("http://", "https://"))
        assert code_of(broken) == "net.tls"


def _self_signed(folder: Path) -> ssl.SSLContext:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "cert.pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem")
    return context


def test_a_lost_reply_may_have_been_acted_on() -> None:
    with serving(lambda h: h.reply(200)) as served, FaultProxy(served.url) as proxy, Transport() as transport:
        proxy.lose_reply(only="^POST")
        with pytest.raises(MaybeSent) as lost:
            transport.request("POST", f"{proxy.url}/x", json={})
        assert code_of(lost) == "net.broken" and len(served.seen) == 1  # and it was not tried again


def test_silence_may_have_been_acted_on() -> None:
    with serving(lambda h: h.reply(200)) as served, FaultProxy(served.url) as proxy, Transport() as transport:
        proxy.blackhole()
        with pytest.raises(MaybeSent) as silent:
            transport.request("POST", f"{proxy.url}/x", json={}, timeout=0.3)
        assert code_of(silent) == "net.timeout"


def test_reads_are_repeated_and_writes_are_not() -> None:
    statuses = {"GET": [503, 500, 200], "POST": [503, 200]}
    with serving(lambda h: h.reply(statuses[h.command].pop(0))) as served, Transport() as transport:
        assert transport.request("GET", f"{served.url}/x").status == 200
        assert transport.request("POST", f"{served.url}/x", json={}).status == 503
        assert [line[0] for line in served.seen] == ["GET", "GET", "GET", "POST"]


def test_a_read_that_stays_broken_gives_its_last_answer() -> None:
    with serving(lambda h: h.reply(502, b"<html>")) as served, Transport(attempts=2) as transport:
        found = transport.request("GET", f"{served.url}/x")
        assert found.status == 502 and len(served.seen) == 2
        with pytest.raises(MaybeSent):
            found.json()


def test_a_broken_connection_of_a_read_is_tried_again() -> None:
    with serving(lambda h: h.reply(200, b"[1]")) as served, FaultProxy(served.url) as proxy, Transport() as transport:
        proxy.refuse()
        assert transport.request("GET", f"{proxy.url}/x").json() == [1]


def test_a_rate_limit_is_later_with_the_time_they_ask_for() -> None:
    with serving(lambda h: h.reply(429, Retry_After="30")) as served, Transport() as transport:
        for method in ("GET", "POST"):
            with pytest.raises(Later) as limited:
                transport.request(method, f"{served.url}/x")
            assert (code_of(limited), limited.value.after) == ("net.rate_limited", 30)
        assert len(served.seen) == 2  # half a minute is nothing to wait for inside a call


def test_a_short_wait_is_waited_by_a_read() -> None:
    statuses = [429, 200]

    def respond(handler: Handler) -> None:
        handler.reply(statuses.pop(0), Retry_After="0.05")

    with serving(respond) as served, Transport() as transport:
        assert transport.request("GET", f"{served.url}/x").status == 200


@pytest.mark.parametrize(("headers", "seconds"), [
    ({"retry-after": "12"}, 12), ({"retry-after": "0"}, 0), ({"ratelimit-reset": "1764000060"}, 60),
    ({"x-ratelimit-reset": "2025-11-24T16:01:00.000Z"}, 60), ({"retry-after": "Mon, 24 Nov 2025 16:02:00 GMT"}, 120),
    ({"retry-after": "soon", "ratelimit-reset": "45"}, 45), ({"ratelimit-reset": "1"}, 1), ({}, None),
    ({"retry-after": "nan"}, None), ({"retry-after": "-5"}, 0),
])
def test_every_way_to_say_wait(headers: dict[str, str], seconds: float | None) -> None:
    now = datetime.fromtimestamp(1764000000, UTC)
    assert wait_of(headers, now) == (None if seconds is None else pytest.approx(seconds, abs=1))


def test_a_huge_answer_is_refused_before_it_fills_the_memory() -> None:
    with serving(lambda h: h.reply(200, b"x" * 300_000)) as served, Transport(attempts=1) as transport:
        assert len(transport.request("GET", f"{served.url}/x", most=300_000).body) == 300_000
        with pytest.raises(MaybeSent) as huge:
            transport.request("GET", f"{served.url}/x", most=100_000)
        assert code_of(huge) == "net.too_big"


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe{", b"[" * 200_000])
def test_what_cannot_be_read_may_have_been_acted_on(body: bytes) -> None:
    with pytest.raises(MaybeSent) as unreadable:
        Response(200, {}, body, "https://a.test/").json()
    assert code_of(unreadable) == "net.unreadable"
    with pytest.raises(MaybeSent):
        Response(200, {}, b"[1]").data()


def test_inside_visible_it_is_uncertain_and_unsent_stays_unsent() -> None:
    fake = FakeTransport([MaybeSent(), Unsent()])
    with pytest.raises(Uncertain), visible():
        fake.request("POST", "https://a.test/x")
    with pytest.raises(Unsent), visible():
        fake.request("POST", "https://a.test/x")


@pytest.mark.parametrize("url", [
    "ftp://a.test/x", "https://[bad/x", "http://a.test:999999/x", "https:///x", "nonsense",
])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with Transport(attempts=1) as transport, pytest.raises(Problem) as refused:
        transport.request("GET", url)
    assert code_of(refused) in ("net.address", "net.down")


def test_nothing_secret_is_recorded_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[Exchange] = []
    with serving(lambda h: h.reply(200, b'{"a": 1}')) as served, Transport(record=told.append) as transport:
        transport.request(
            "POST", f"{served.url}/token?access_token=sesame1", json={"password": "sesame2"},
            headers={"Authorization": "Bearer sesame3"}, params={"secret": "sesame4"},
        )
        with pytest.raises(Unsent) as down:
            transport.request("POST", f"http://127.0.0.1:{free_port()}/x?access_token=sesame5", json={})
    assert (told[0].method, told[0].path, told[0].status, told[0].received) == ("POST", "/token", 200, 8)
    assert told[1].status is None
    everything = f"{told} {caplog.text} {down.value!r} {down.value.findings}"
    assert "sesame" not in everything


def test_a_file_that_went_away_is_a_missing_file(tmp_path: Path) -> None:
    with Transport() as transport, pytest.raises(Refused) as gone:
        transport.request("POST", f"http://127.0.0.1:{free_port()}/x", content=tmp_path / "gone.jpg")
    assert code_of(gone) == "media.missing"


def test_it_can_be_used_again_after_closing() -> None:
    with serving(lambda h: h.reply(200, b"1")) as served:
        transport = Transport()
        assert transport.request("GET", served.url).json() == 1
        transport.close()
        assert transport.request("GET", served.url).json() == 1
        transport.close()


def test_a_given_wire_is_used_as_it_is(tmp_path: Path) -> None:
    trusted = ssl.create_default_context()
    trusted.check_hostname = False
    with serving(lambda h: h.reply(200, b"1"), _self_signed(tmp_path)) as served:
        trusted.load_verify_locations(tmp_path / "cert.pem")
        with Transport(wire=Wire(trusted)) as transport:
            assert transport.request("GET", served.url).json() == 1


def test_lent_connections_are_shared_and_stay_open() -> None:
    with serving(lambda h: h.reply(200, b"%d" % h.client_address[1])) as served:
        wire = Wire()
        ports = []
        for _ in range(3):
            with Transport(lend=lambda: wire) as transport:
                ports.append(transport.request("GET", served.url).json())
        wire.close()
    assert len(set(ports)) == 1


def test_no_cookie_goes_from_one_account_to_another() -> None:
    with serving(lambda h: h.reply(200, Set_Cookie="session=sesame; Path=/")) as served:
        wire = Wire()
        for _ in range(2):
            Transport(lend=lambda: wire).request("GET", served.url)
        wire.close()
    assert [line[2].get("cookie") for line in served.seen] == [None, None]


def test_a_kept_connection_that_the_server_closed_is_not_used_for_a_write() -> None:
    """A write over a dead connection would have an unknown outcome."""
    heard, closed = [], threading.Event()

    def serve(listening: socket.socket) -> None:
        for _ in range(2):
            connection, _ = listening.accept()
            heard.append(connection.recv(65536).split(b" ")[0])
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1")
            connection.close()
            closed.set()

    with socket.create_server(("127.0.0.1", 0)) as listening, Transport() as transport:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        transport.request("GET", url)
        closed.wait()
        assert transport.request("POST", url, content=b"").json() == 1
        thread.join()
    assert heard == [b"GET", b"POST"]


def test_one_wire_for_many_threads() -> None:
    wire = Wire()
    with serving(lambda h: h.reply(200, h.path.encode()[1:])) as served:
        def ask(number: int) -> int:
            with Transport(lend=lambda: wire) as transport:
                return int(transport.request("GET", f"{served.url}/{number}").json())

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(ask, range(200))) == list(range(200))
        wire.close()
