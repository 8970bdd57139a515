"""Pictures that a text names by their address."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from studio.core.errors import Later, Refused
from studio.platforms.transport import Transport
from studio.services.fetching import Fetching, shown


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "PNG")
    return out.getvalue()


class Site(BaseHTTPRequestHandler):
    asked: list[str] = []
    elsewhere = ""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = self.path.partition("?")[0]
        status, body = {"/a.png": (200, _png()), "/page": (200, b"<html>no</html>"), "/down": (503, b"")}.get(
            path, (404, b"gone"))
        if path == "/moved":
            self.send_response(302)
            self.send_header("Location", f"{self.elsewhere}/a.png")
        else:
            self.send_response(status)
        self.send_header("Content-Length", str(len(body) if path != "/moved" else 0))
        self.end_headers()
        if path != "/moved":
            self.wfile.write(body)


@contextmanager
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def here() -> Iterator[str]:
    Site.asked = []
    with site() as url:
        yield url


@pytest.fixture
def fetching(tmp_path: Path) -> Fetching:
    return Fetching(tmp_path / "fetched", lambda: Transport(attempts=1))


def _code(problem: Refused | Later) -> str:
    return problem.findings[0].code


def test_a_picture_is_fetched_once(here: str, fetching: Fetching) -> None:
    first = fetching.get(f"{here}/a.png?key=1")
    assert first.read_bytes() == _png() and fetching.get(f"{here}/a.png?key=1") == first
    assert Site.asked == ["/a.png?key=1"]


def test_other_hosts_may_be_led_to(here: str, fetching: Fetching) -> None:
    with site() as other:
        Site.elsewhere = other
        assert fetching.get(f"{here}/moved").read_bytes() == _png()


def test_what_is_not_there_or_no_picture_is_refused_in_words(here: str, fetching: Fetching, tmp_path: Path) -> None:
    with pytest.raises(Refused) as gone:
        fetching.get(f"{here}/gone.png?token=secret")
    assert _code(gone.value) == "media.not_fetched" and "secret" not in str(gone.value.findings)
    assert gone.value.findings[0].values["reason"] == "404"
    with pytest.raises(Refused) as page:
        fetching.get(f"{here}/page")
    assert _code(page.value) == "media.not_a_picture"
    assert list((tmp_path / "fetched").iterdir()) == []


def test_a_site_that_is_down_is_asked_later(here: str, fetching: Fetching) -> None:
    with pytest.raises(Later) as down:
        fetching.get(f"{here}/down")
    assert _code(down.value) == "media.not_fetched_now"
    with pytest.raises(Later):
        fetching.get("http://127.0.0.1:9/a.png")


def test_a_file_that_was_cut_in_the_cache_is_fetched_anew_the_next_time(here: str, fetching: Fetching) -> None:
    fetching.get(f"{here}/a.png").write_bytes(b"half")
    with pytest.raises(Refused):
        fetching.get(f"{here}/a.png")
    assert fetching.get(f"{here}/a.png").read_bytes() == _png()


def test_no_name_and_no_query_is_shown() -> None:
    assert shown("https://me:pw@a.test/x.png?sig=1#y") == "a.test/x.png"
