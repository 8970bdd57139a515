"""What becomes a notice, how many become one, and what a desktop's own service receives."""

import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.core.delivery import Delivery, State, wakes
from studio.core.finding import error
from studio.services.health import must_sign_in
from studio.services.notices import (
    KINDS,
    SETTING,
    Happening,
    Notice,
    Notices,
    grouped,
    kind_of,
    worded,
)
from studio.services.notifiers import Bus, Osascript, Shown, Toast, own_notifier
from studio.services.system_tool import Answer, run
from tests.servers.notifications import Session

EVIL = "<b>5 > 3</b> & $(touch /tmp/x) `id` \"; rm -rf /; '"


class Recorder:
    """A notifier that writes down what it was told."""

    def __init__(self):
        self.shown, self.came, self.closed = [], threading.Event(), False

    def show(self, notice):
        self.shown.append(notice)
        self.came.set()
        return True

    def service(self):
        return "recorder"

    def close(self):
        self.closed = True


# -- deciding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "kind"),
    [("published", "published"), ("failed", "failed"), ("waiting_for_user", "needs_you"), ("missed", "missed"),
     ("unconfirmed", "needs_you")]
    + [(s.value, None) for s in State if s.value not in
       ("published", "failed", "waiting_for_user", "missed", "unconfirmed")],
)
def test_each_state_says_whether_there_is_something_to_tell(state, kind):
    assert kind_of(Delivery(state=State(state))) == kind


def test_an_unconfirmed_one_is_told_when_nobody_looks_by_himself_any_more():
    looked_at = Delivery(state=State.UNCONFIRMED, wake=datetime.now(UTC) + timedelta(seconds=30))
    assert kind_of(looked_at) is None and kind_of(replace(looked_at, wake=None)) == "needs_you"


def test_twenty_at_once_are_one_notice_with_a_count():
    many = [Happening("published", f"Post {n}", "Mill") for n in range(20)]
    [notice] = grouped(many, lambda kind: True)
    assert worded(notice, "en") == Shown("20 published", "Post 0\nPost 1\nPost 2\nand 17 more")
    assert worded(notice, "zh_CN") == Shown("已发布 20 条", "Post 0\nPost 1\nPost 2\n另有 17 条")
    assert worded(notice, "zh_TW").title == "已發布 20 則"


def test_kinds_are_apart_the_gravest_first_and_can_be_switched_off():
    mixed = [Happening(kind, "", "") for kind in ("published", "missed", "failed", "published")]
    assert [n.kind for n in grouped(mixed, lambda kind: True)] == ["failed", "missed", "published"]
    assert [n.kind for n in grouped(mixed, lambda kind: kind == "missed")] == ["missed"]
    assert grouped([], lambda kind: True) == ()


def test_one_says_title_account_and_the_reason():
    failed = Notice("failed", (Happening("failed", "Picks", "Mill", (error("login.expired", "account"),)),))
    assert worded(failed, "en") == Shown(
        "Not published", "Picks · Mill\nThe sign-in has ended. Sign in again; nothing was published.")
    out = Notice("signed_out", (Happening("signed_out", "", "Mill", (error("login.expired", "account"),)),))
    assert worded(out, "zh_TW").title == "需要重新登入" and worded(out, "en").body.startswith("Mill\n")
    assert worded(Notice("published", (Happening("published", "", "Mill"),)), "zh_CN").body == "无标题 · Mill"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_every_kind_has_words(kind, language):
    one, many = (worded(Notice(kind, (Happening(kind, "T", "A"),) * n), language).title for n in (1, 3))
    assert one and "3" in many and (language == "en" or not one.isascii())


def test_what_people_wrote_is_cut_to_one_line_and_holds_no_secret():
    title = "a\nb\x1b[31m\u202e" + "x" * 500
    body = worded(Notice("published", (Happening("published", title, "Mill"),)), "en").body
    assert "\n" not in body and "\x1b" not in body and "\u202e" not in body and len(body) < 140
    leak = "see Authorization: Bearer abcdef1234567890 and https://u:pw@x.example/?access_token=tok3n"
    body = worded(Notice("published", (Happening("published", leak, ""),)), "en").body
    assert "abcdef1234567890" not in body and "tok3n" not in body and "pw@" not in body


def test_only_what_a_sign_in_mends_counts_as_signed_out():
    assert must_sign_in([error("login.expired")]) and must_sign_in([error("account.closed")])
    assert not must_sign_in([error("network.unreachable")]) and not must_sign_in([])


# -- listening -------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(desk):
    recorder = Recorder()
    recorder.notices = Notices(desk, recorder, lambda: "en", lambda: recorder.looking, gather=0.2)
    recorder.looking = False
    yield recorder
    recorder.notices.close()


def flush(told):
    told.notices.close()
    return [n.title for n in told.shown]


def test_what_is_published_is_told_once(desk, account, told):
    posts = [desk.posts.create(title=f"P{n}", text="x") for n in range(3)]
    for post in posts:
        desk.publishing.publish(post.id, account.id)
    assert flush(told) == ["3 published"] and told.closed
    assert told.shown[0].body == "P0\nP1\nP2"


def test_a_notice_comes_by_itself_after_a_quiet_moment(desk, account, told):
    desk.publishing.publish(desk.posts.create(title="Solo").id, account.id)
    assert told.came.wait(30) and told.shown == [Shown("Published", "Solo · mill")]


def test_what_fails_and_what_is_missed_is_told(desk, account, fake, told):
    fake.server.faults = {"commit": ["refused"]}
    desk.publishing.publish(desk.posts.create(title="Bad").id, account.id)
    at = datetime.now(UTC) + timedelta(minutes=1)
    desk.calendar.schedule(desk.posts.create(title="Late").id, account.id, at)
    desk.calendar.tick(at + timedelta(days=2))
    assert flush(told) == ["Not published", "Missed"]
    assert told.shown[0].body.startswith("Bad · mill\n")


def test_an_outcome_that_stays_unknown_is_asked_about_once(desk, account, fake, told):
    fake.server.faults = {"commit": ["drop_before"]}
    sent = desk.publishing.publish(desk.posts.create(title="Lost").id, account.id)
    while wakes(sent) is not None:
        sent = desk.publishing.look(sent.id)
    assert sent.state is State.UNCONFIRMED and flush(told) == ["Needs you"]
    assert told.shown[0].body.startswith("Lost · mill\n")


def test_what_goes_well_is_not_told_to_somebody_who_is_looking(desk, account, fake, told):
    told.looking = True
    desk.publishing.publish(desk.posts.create(title="Good").id, account.id)
    fake.server.faults = {"commit": ["refused"]}
    desk.publishing.publish(desk.posts.create(title="Bad").id, account.id)
    assert flush(told) == ["Not published"]


@pytest.mark.parametrize("kind", ["published", "failed"])
def test_a_kind_that_is_switched_off_is_not_told(desk, account, fake, told, kind):
    desk.settings.set(SETTING[kind], False)
    fake.server.faults = {"commit": ["refused"]}
    for title in ("Bad", "Good"):
        desk.publishing.publish(desk.posts.create(title=title).id, account.id)
    assert flush(told) == [{"published": "Not published", "failed": "Published"}[kind]]


def test_an_account_that_was_signed_out_is_told_once(desk, account, fake, vault, told):
    vault.kept[account.id] = {"token": "old"}
    desk.accounts.check(account.id)
    desk.accounts.check(account.id)
    assert flush(told) == ["Sign in again"] and told.shown[0].body.startswith("mill\n")


def test_an_account_that_came_back_in_the_same_moment_is_not_told(desk, account, fake, vault, told):
    for token in ("old", "s3cret-token"):
        vault.kept[account.id] = {"token": token}
        desk.accounts.check(account.id)
    assert flush(told) == []


def test_a_notifier_that_fails_disturbs_nothing(desk, account):
    class Broken(Recorder):
        def show(self, notice):
            raise RuntimeError

    notices = Notices(desk, Broken(), lambda: "en", gather=0.0)
    for _ in range(2):
        assert desk.publishing.publish(desk.posts.create(text="x").id, account.id).state is State.PUBLISHED
    notices.close()


# -- the desktop's own service ---------------------------------------------------------------------------------------

needs_bus = pytest.mark.skipif(
    sys.platform != "linux" or Session.missing(), reason="needs dbus-daemon")


@pytest.fixture
def session(tmp_path, monkeypatch):
    with Session(tmp_path) as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        yield made


@needs_bus
def test_the_service_receives_what_was_said(session):
    bus = Bus()
    with session.service():
        assert bus.show(Shown("Published", EVIL)) and bus.show(Shown("Missed", "周末 · Mill"))
        assert bus.service() == "Recorder 1.0"
        bus.close()
    first, second = session.notices()
    assert first["title"] == "Published" and first["program"] == "Yigao"
    assert first["body"] == "&lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; $(touch /tmp/x) `id` \"; rm -rf /; '"
    assert second["body"] == "周末 · Mill" and second["hints"]["desktop-entry"] == ["s", "yigao"]
    assert first["sender"] == second["sender"], "desktops take back what a program that left has shown"


@needs_bus
def test_a_service_without_markup_gets_the_text_itself(session):
    with session.service(markup=False):
        bus = Bus()
        assert bus.show(Shown("Published", EVIL))
        bus.close()
    assert session.notices()[0]["body"] == EVIL


@needs_bus
def test_without_a_service_it_is_silent_and_comes_back_with_it(session):
    bus = Bus()
    assert not bus.show(Shown("a", "b")) and bus.service() == ""
    with session.service():
        assert bus.show(Shown("c", "d"))
    assert not bus.show(Shown("e", "f"))
    bus.close()
    assert [n["title"] for n in session.notices()] == ["c"]


@pytest.mark.parametrize("address", ["", "disabled:", "unix:path=/nowhere/bus", "nonsense"])
def test_without_a_bus_it_is_silent(monkeypatch, address):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    bus = Bus()
    assert not bus.show(Shown("a", "b")) and bus.service() == ""
    bus.close()


@needs_bus
def test_a_publish_reaches_the_desktop(desk, account, session):
    with session.service():
        notices = Notices(desk, Bus(), lambda: "zh_CN", gather=0.1)
        for n in range(20):
            desk.publishing.publish(desk.posts.create(title=f"稿 {n}", text="x").id, account.id)
        notices.close()
        got = session.wait(1)
    assert sum(int("".join(filter(str.isdigit, n["title"])) or 1) for n in got) == 20 and len(got) < 20


# -- other systems, recorded -----------------------------------------------------------------------------------------


class Tool:
    def __init__(self):
        self.calls = []

    def __call__(self, words, more=None):
        self.calls.append((words, dict(more or {})))
        return Answer(0)


def test_macos_gets_title_and_body_as_words_of_their_own():
    tool = Tool()
    assert Osascript(tool).show(Shown("Published", EVIL))
    words, more = tool.calls[0]
    assert words[0] == "osascript" and words[-2:] == ["Published", EVIL] and more == {}
    assert not any(EVIL in word for word in words[:-1])


def test_windows_gets_title_and_body_in_the_environment():
    tool = Tool()
    assert Toast(tool).show(Shown("Published", EVIL))
    words, more = tool.calls[0]
    assert not any(EVIL in word for word in words) and "CreateTextNode($env:YIGAO_NOTICE_BODY)" in words[-1]
    assert more == {"YIGAO_NOTICE_TITLE": "Published", "YIGAO_NOTICE_BODY": EVIL}


def test_a_tool_gets_its_words_as_they_are():
    show = "import os, sys; print(sys.argv[1:], os.environ['A'])"
    done = run([sys.executable, "-c", show, EVIL], {"A": EVIL})
    assert done.out == f"{[EVIL]} {EVIL}\n" and done.status == 0
    assert run(["no-such-tool-here"]).status == 127


def test_each_system_has_its_notifier():
    assert [type(own_notifier(name)) for name in ("linux", "darwin", "win32")] == [Bus, Osascript, Toast]
