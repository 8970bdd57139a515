"""The one visit that counts, and everything else that may knock."""

from __future__ import annotations

import http.client
import socket
import threading
from urllib.parse import urlsplit

import pytest

from studio.core.errors import Cancelled, Later, Refused
from studio.platforms.loopback import STRANGERS, Listener

STATE = "the-right-state"


@pytest.fixture
def listener():
    with Listener(lambda what: f"<p>{what}</p>") as made:
        made.expect(STATE)
        yield made


def visit(listener, asked, method="GET", **headers):
    """Status and page."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(listener.address).port, timeout=60)
    connection.request(method, asked, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def good(listener):
    return f"/callback?code=c0de&state={STATE}"


def test_it_listens_on_this_machine_only_at_a_free_port(listener):
    parts = urlsplit(listener.address)
    assert (parts.scheme, parts.hostname, parts.path) == ("http", "127.0.0.1", "/callback") and parts.port


def test_wrong_visits_are_refused_and_the_right_one_still_counts(listener, capfd):
    for asked, status in (
        ("/", 404), ("/favicon.ico", 404), ("/callback/", 404),
        ("/callback", 400), ("/callback?code=c0de", 400), ("/callback?code=c0de&state=other", 400),
        (f"/callback?state={STATE}", 400), (f"/callback?code=a&code=b&state={STATE}", 400),
        (f"/callback?code=a&state={STATE}&state={STATE}", 400), (f"/callback?code=a&error=b&state={STATE}", 400),
        ("/callback?code=c0de&state=%ff%00", 400),
    ):
        assert visit(listener, asked)[0] == status, asked
    assert visit(listener, good(listener), "POST")[0] == 501
    assert visit(listener, good(listener)) == (200, "<p>done</p>")
    assert listener.wait() == f"{listener.address}?code=c0de&state={STATE}"
    heard = capfd.readouterr()
    assert heard.out + heard.err == "", "the address holds the code: it is logged nowhere"


def test_another_name_for_this_machine_is_not_believed(listener):
    """A page elsewhere may let its own name point here."""
    assert visit(listener, good(listener), Host="evil.example")[0] == 404


def test_without_an_expected_state_nothing_counts():
    with Listener(str) as listener:
        assert visit(listener, "/callback?code=c&state=")[0] == 400


def test_a_no_counts_as_an_answer(listener):
    assert visit(listener, f"/callback?error=access_denied&state={STATE}") == (200, "<p>denied</p>")
    assert "error=access_denied" in listener.wait()


def test_the_first_answer_is_the_only_one(listener):
    assert visit(listener, good(listener))[0] == 200
    assert visit(listener, f"/callback?code=second&state={STATE}")[0] == 404
    assert "c0de" in listener.wait()


def test_five_minutes_and_no_more():
    at = [1000.0]
    with Listener(str, clock=lambda: at[0]) as listener:
        listener.expect(STATE)
        at[0] += 299
        assert listener.look() is None and listener.left == 1
        assert visit(listener, "/nowhere")[0] == 404
        at[0] += 1
        with pytest.raises(Later) as later:
            listener.wait()
        assert (later.value.findings[0].code, later.value.findings[0].values) == ("authorize.timeout", {"minutes": 5})
        with pytest.raises(ConnectionRefusedError):
            visit(listener, good(listener))


def test_an_answer_in_the_last_moment_counts():
    at = [0.0]
    with Listener(str, clock=lambda: at[0]) as listener:
        listener.expect(STATE)
        assert visit(listener, good(listener))[0] == 200
        at[0] += 301
        assert "c0de" in listener.wait()


def test_it_can_be_stopped(listener):
    with pytest.raises(Cancelled):
        listener.wait(stopped=lambda: True)
    with pytest.raises(ConnectionRefusedError):
        visit(listener, good(listener))


def test_somebody_who_keeps_guessing_ends_it(listener):
    for number in range(STRANGERS + 1):
        visit(listener, f"/callback?code=c&state=guess{number}")
    with pytest.raises(Refused) as refused:
        listener.wait()
    assert refused.value.findings[0].code == "authorize.noise"


def test_connections_that_say_nothing_neither_block_nor_stay(listener):
    """Browsers open connections in advance."""
    port = urlsplit(listener.address).port
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(5)]
    assert visit(listener, good(listener))[0] == 200
    assert listener.wait()
    for each in idle:
        assert each.recv(1) == b""
        each.close()
    assert [t.name for t in threading.enumerate() if t.name == "loopback"] == []


def test_a_visitor_that_hangs_up_before_the_page_still_answered(listener):
    port = urlsplit(listener.address).port
    with socket.create_connection(("127.0.0.1", port)) as rude:
        rude.sendall(f"GET {good(listener)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    assert "c0de" in listener.wait()


def test_a_headless_request_line_of_nonsense_is_no_answer(listener):
    port = urlsplit(listener.address).port
    with socket.create_connection(("127.0.0.1", port)) as odd:
        odd.sendall(b"\x00\xff nonsense " + b"x" * 70_000 + b"\r\n\r\n")
    assert visit(listener, good(listener))[0] == 200
