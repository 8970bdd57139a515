"""The contract servers themselves: they answer, break as told, and leave nothing running."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.servers.faultproxy import FaultProxy
from tests.servers.keyring import SecretService
from tests.servers.pds import Pds
from tests.servers.tus import Tus


class Echo(BaseHTTPRequestHandler):
    """Answers a POST with its own body, and remembers every body."""

    protocol_version = "HTTP/1.1"
    bodies: list[bytes]

    def do_POST(self) -> None:
        if "content-length" not in self.headers:
            return self.do_chunked()
        body = self.rfile.read(int(self.headers["content-length"]))
        if len(body) == int(self.headers["content-length"]):
            self.bodies.append(body)
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_chunked(self) -> None:
        while size := int(self.rfile.readline(), 16):
            self.rfile.read(size + 2)
        self.rfile.readline()
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Takes it calmly when the proxy cuts a connection: that is what the proxy is for."""

    def handle_error(self, *_: object) -> None:
        assert isinstance(sys.exc_info()[1], ConnectionError)


@pytest.fixture
def bodies() -> list[bytes]:
    return []


@pytest.fixture
def proxy(bodies: list[bytes]) -> Iterator[FaultProxy]:
    server = Server(("127.0.0.1", 0), type("Handler", (Echo,), {"bodies": bodies}))
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    with FaultProxy(f"http://127.0.0.1:{server.server_port}") as proxy:
        yield proxy
    server.shutdown()
    thread.join()
    server.server_close()


def send(proxy: FaultProxy, body: bytes = b"hello", path: str = "/a") -> bytes:
    return httpx.post(proxy.url + path, content=body, timeout=30).content


def test_untouched_requests_pass(proxy, bodies):
    big = b"x" * 3_000_000
    assert send(proxy, big) == big
    assert bodies == [big]
    assert proxy.requests == ["POST /a HTTP/1.1"]


def test_a_lost_reply_reaches_the_server_and_not_the_client(proxy, bodies):
    proxy.lose_reply()
    with pytest.raises(httpx.TransportError):
        send(proxy)
    assert bodies == [b"hello"]
    assert send(proxy, b"again") == b"again"


def test_a_cut_upload_reaches_neither_whole(proxy, bodies):
    proxy.cut_up(after=100_000)
    with pytest.raises(httpx.TransportError):
        send(proxy, b"x" * 1_000_000)
    assert bodies == []


def test_a_cut_download_is_seen_by_the_client(proxy, bodies):
    proxy.cut_down(after=50_000)
    with pytest.raises(httpx.TransportError):
        send(proxy, b"x" * 1_000_000)
    assert len(bodies) == 1


def test_a_refused_request_never_reaches_the_server(proxy, bodies):
    proxy.refuse()
    with pytest.raises(httpx.TransportError):
        send(proxy)
    assert bodies == []


def test_a_black_hole_makes_the_client_time_out(proxy, bodies):
    proxy.blackhole()
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(proxy.url, content=b"x", timeout=0.2)
    assert bodies == []


def test_a_delay_holds_the_request_back(proxy):
    proxy.delay(0.3)
    start = time.monotonic()
    assert send(proxy) == b"hello"
    assert time.monotonic() - start >= 0.3


def test_only_matching_requests_are_hit_even_on_one_connection(proxy, bodies):
    proxy.lose_reply(only=r"^POST /b", times=1)
    with httpx.Client(base_url=proxy.url) as client:
        assert client.post("/a", content=b"1").content == b"1"
        with pytest.raises(httpx.TransportError):
            client.post("/b", content=b"2")
        assert client.post("/b", content=b"3").content == b"3"
    assert bodies == [b"1", b"2", b"3"]
    assert proxy.hits == [("lose_reply", "POST /b HTTP/1.1")]


def test_faults_wait_until_so_many_requests_passed(proxy, bodies):
    proxy.refuse(only=r"^POST /b", skip=2, times=1)
    for number, path in enumerate(["/b", "/a", "/b"]):
        assert send(proxy, str(number).encode(), path) == str(number).encode()
    with pytest.raises(httpx.TransportError):
        send(proxy, b"3", "/b")
    assert send(proxy, b"4", "/b") == b"4"
    assert bodies == [b"0", b"1", b"2", b"4"]


def test_a_scripted_answer_comes_in_the_servers_place(proxy, bodies):
    proxy.answer(401, {"error": "ExpiredToken"}, {"X-Why": "old"})
    with httpx.Client(base_url=proxy.url) as client:
        found = client.post("/a", content=b"x" * 1_000_000)
        assert (found.status_code, found.json(), found.headers["x-why"]) == (401, {"error": "ExpiredToken"}, "old")
        assert client.post("/a", content=b"y").content == b"y"  # on the same connection
    assert bodies == [b"y"] and proxy.seen[0].sent == 1_000_000


def test_a_scripted_answer_after_the_server_acted(proxy, bodies):
    proxy.answer(500, deliver=True)
    assert httpx.post(proxy.url, content=b"hello").status_code == 500
    assert bodies == [b"hello"]


def test_the_servers_answer_changed_on_its_way(proxy, bodies):
    proxy.change(lambda status, data: (202, {name: str(value) for name, value in data.items()}))
    found = httpx.post(proxy.url, content=b'{"id": 12, "ok": true}')
    assert (found.status_code, found.json()) == (202, {"id": "12", "ok": "True"})
    assert bodies == [b'{"id": 12, "ok": true}']


def test_each_kind_of_bad_answer(proxy, bodies):
    proxy.rate_limit("7")
    proxy.rate_limit()
    proxy.garbage()
    proxy.html(503)
    proxy.huge(10 << 20)
    proxy.redirect("http://127.0.0.1:9/x", 307)
    with httpx.Client(base_url=proxy.url, timeout=60) as client:
        found = [client.post("/a", content=b"x") for _ in range(6)]
    assert [each.status_code for each in found] == [429, 429, 200, 503, 200, 307]
    assert found[0].headers["retry-after"] == "7" and "retry-after" not in found[1].headers
    with pytest.raises(ValueError):
        found[2].json()
    assert found[3].headers["content-type"].startswith("text/html") and b"<h1>" in found[3].content
    assert len(found[4].content) == 10 << 20 and set(found[4].json()) == {"x"}
    assert found[5].headers["location"] == "http://127.0.0.1:9/x"
    assert bodies == []


def test_a_throttle_slows_down(proxy, bodies):
    proxy.throttle(1_000_000)
    start = time.monotonic()
    assert send(proxy, b"x" * 200_000) == b"x" * 200_000
    assert time.monotonic() - start >= 0.2


def test_every_request_is_recorded_with_its_size_and_time(proxy, bodies):
    send(proxy, b"12345", "/a?b=c")
    httpx.post(proxy.url + "/chunked", content=iter([b"ab", b"c"]))
    first, second = proxy.seen
    assert (first.method, first.path, first.sent, first.line) == ("POST", "/a?b=c", 5, "POST /a?b=c")
    assert first.received > 5 and first.at < second.at
    assert second.sent > 3  # with the frames


def test_a_chunked_body_passes_whole(proxy):
    found = httpx.post(proxy.url, content=iter([b"x" * 70_000, b"POST / HTTP/1.1\r\n\r\n", b"y"]))
    assert found.status_code == 200 and proxy.requests == ["POST / HTTP/1.1"]


def test_what_looks_like_a_request_in_a_body_is_none(proxy, bodies):
    body = b"POST /evil HTTP/1.1\r\n\r\n" * 5000
    assert send(proxy, body) == body
    assert proxy.requests == ["POST /a HTTP/1.1"] and bodies == [body]


def test_a_dead_server_resets():
    with FaultProxy("http://127.0.0.1:9") as dead, pytest.raises(httpx.TransportError):
        send(dead)


def test_the_tus_server_is_real_and_comes_back_with_what_it_had(tus: Tus):
    head = {"Tus-Resumable": "1.0.0"}
    made = httpx.post(tus.endpoint, headers={**head, "Upload-Length": "5"})
    place = tus.url + made.headers["location"]
    kind = {"Content-Type": "application/offset+octet-stream"}
    httpx.patch(place, headers={**head, **kind, "Upload-Offset": "0"}, content=b"abc")
    tus.kill()
    with pytest.raises(httpx.ConnectError):
        httpx.head(place, headers=head)
    tus.start()
    assert httpx.head(place, headers=head).headers["upload-offset"] == "3"
    assert [path.read_bytes() for path in tus.uploads()] == [b"abc"]


def test_the_pds_is_real(pds: Pds):
    account = pds.create_account()
    assert account.did.startswith("did:plc:")
    assert len(account.app_password) == 19
    made = pds.call(
        "com.atproto.server.createSession", {"identifier": account.handle, "password": account.app_password}
    )
    assert made["did"] == account.did
    assert pds.records(account.did) == []


def test_the_pds_ends_when_its_tests_are_killed(pds: Pds, tmp_path: Path):
    """A second server, whose starter dies the hard way."""
    code = (
        "import os, pathlib, sys\n"
        "from tests.servers import pds\n"
        "with pds.running(pathlib.Path(sys.argv[1])) as server:\n"
        "    print(server.process.pid, server.url, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True)
    pid, url = done.stdout.split()
    while Path(f"/proc/{pid}").exists():  # ends by itself within seconds, or the test run hangs and says where
        time.sleep(0.05)
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


STORE = "import keyring; keyring.set_password('yigao-test', 'me', 'geheim 秘密')"
READ = "import keyring; print(keyring.get_password('yigao-test', 'me'))"


def test_the_secret_service_keeps_a_secret(secret_service: SecretService):
    assert secret_service.run(STORE).returncode == 0
    assert secret_service.run(READ).stdout.strip() == "geheim 秘密"


def test_a_locked_secret_service_refuses(secret_service: SecretService):
    assert secret_service.run(STORE).returncode == 0
    assert "KeyringLocked" in secret_service.run(READ, locked=True).stderr


def test_without_a_secret_service_there_is_no_keyring(secret_service: SecretService):
    assert "NoKeyringError" in secret_service.run_without(READ).stderr
