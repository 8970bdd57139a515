"""A delivery's journal told: what really happens on a platform that breaks, and any line at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.delivery import Compared, Delivery, Proof, State, Step
from studio.core.finding import error, to_json
from studio.core.post import Reply
from studio.core.slot import Late
from studio.services.redacted import pairs, safe, short_hash, size
from studio.services.story import story
from studio.services.telling import report, tell_all

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 12, 9, 4, 0, tzinfo=UTC)
LANGUAGES = ("en", "zh_CN", "zh_TW")


def lines_of(desk, delivery):
    return story(desk.publishing.get(delivery.id), desk.publishing.story(delivery.id))


def kinds(lines):
    return [line.kind for line in lines]


@pytest.fixture
def photo(tmp_path):
    from PIL import Image

    path = tmp_path / "cup.jpg"
    Image.new("RGB", (64, 48), (200, 120, 60)).save(path, quality=90)
    return path


@pytest.fixture
def post(desk, photo):
    picture = desk.library.add([photo])[0].asset
    return desk.posts.create(text="Hello", media=(picture.as_media(),))


def step(name, phase="note", data=None, after=0.0, who="7@here:1"):
    return Step("d", name, phase, NOON + timedelta(seconds=after), data or {}, who)


def heads(steps, delivery=None, language="en"):
    return [told.head for told in tell_all(delivery or Delivery(id="d"), steps, language, SHANGHAI)]


# -- what really happens ---------------------------------------------------------------------------------------


def test_the_whole_way_is_told_without_gaps(desk, account, post):
    delivery = desk.publishing.publish(post.id, account.id)
    lines = lines_of(desk, delivery)
    told = tell_all(delivery, desk.publishing.story(delivery.id), "en", SHANGHAI)
    assert kinds(lines)[0] == "created" and kinds(lines)[-1] == "proof"
    assert told[-1].head == "Read back and compared: all the same" and told[-1].tone == "good"
    assert [line.kind for line in lines if line.kind in ("prepare", "stage", "commit", "proof")] == [
        "prepare", "stage", "commit", "commit", "proof"]
    stage = next(line for line in lines if line.kind == "stage")
    assert "image/jpeg" in stage.code[0] and "sha256 " in stage.code[0] and len(stage.times) == 2
    assert not any(line.unsure for line in lines)


def test_a_lost_answer_is_unsure_and_its_looks_are_one_line(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_before"]}
    delivery = desk.publishing.publish(post.id, account.id)
    for _ in range(9):
        delivery = desk.publishing.look(delivery.id)
    assert delivery.state is State.UNCONFIRMED
    lines = lines_of(desk, delivery)
    lost, looked = (next(line for line in lines if line.kind == kind and line.unsure) for kind in ("commit", "look"))
    assert lost.tone == looked.tone == "unsure"
    assert kinds(lines).count("look") == 1 and len(looked.times) >= 9
    told = tell_all(delivery, desk.publishing.story(delivery.id), "en", SHANGHAI)[-1]
    assert told.head == f"Looked {len(looked.times)} times on the platform: not found"
    assert told.code[-1].count(" · ") == 5  # the last six moments


def test_found_again_is_not_told_as_sent_twice(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_after"]}
    delivery = desk.publishing.publish(post.id, account.id)
    said = [line.head.text for line in lines_of(desk, delivery)]
    assert "Looked, and found it on the platform" in said
    assert "Sent, and the platform took it" not in said


def test_a_refusal_says_that_nothing_is_live(desk, account, post, fake):
    fake.server.faults = {"commit": ["refused"]}
    delivery = desk.publishing.publish(post.id, account.id)
    last = lines_of(desk, delivery)[-1]
    assert delivery.state is State.FAILED
    assert (last.kind, last.tone) == ("commit", "bad")
    assert last.details[0].text == "Nothing of it is live." and last.details[1].code == "fake.refused"


def test_a_picture_that_fails_and_then_goes(desk, account, post, fake):
    fake.server.faults = {"stage": ["refused"]}
    delivery = desk.publishing.publish(post.id, account.id)
    assert [line.tone for line in lines_of(desk, delivery) if line.kind == "stage"] == ["warn"]
    delivery = desk.publishing.resend(delivery.id)
    assert delivery.state is State.PUBLISHED
    assert [line.tone for line in lines_of(desk, delivery) if line.kind == "stage"] == ["warn", "good"]
    assert "You asked to send it again" in [line.head.text for line in lines_of(desk, delivery)]


def test_a_person_says_it_is_there(desk, account, post, fake):
    fake.server.faults = {"commit": ["drop_before"]}
    delivery = desk.publishing.publish(post.id, account.id)
    delivery = desk.publishing.confirm(delivery.id, "https://fake.example/by-hand")
    last = lines_of(desk, delivery)[-1]
    assert (last.kind, last.code) == ("confirm", ("https://fake.example/by-hand",))
    assert "On your word" in last.details[0].text


def test_planned_moved_and_taken_off(desk, account, post):
    at = (datetime.now(UTC) + timedelta(days=2)).replace(second=7)  # a whole minute is told without its seconds
    made = desk.calendar.schedule(post.id, account.id, at, "Asia/Shanghai", Late("ask", 0))
    desk.calendar.move(made.id, at + timedelta(hours=1))
    gone = desk.publishing.cancel(made.id)
    told = tell_all(gone, desk.publishing.story(gone.id), "en", SHANGHAI)
    assert [t.head.split(" to ")[0] for t in told] == [
        "Written into the calendar", "Moved", "Taken off: nothing more is sent"]
    assert told[0].details == (
        f"Planned for {at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}, Asia/Shanghai.", "When late: it asks first.")


def test_a_dead_process_is_told(desk, account, post, fake):
    from tests.services.fakes import Died

    fake.server.faults = {"commit": ["die"]}
    with pytest.raises(Died):
        desk.publishing.publish(post.id, account.id)
    delivery = desk.publishing.list()[0]
    assert lines_of(desk, delivery)[-1].kind == "commit"  # begun, and nothing more is known
    assert "“Begun” written to disk" in heads(desk.publishing.story(delivery.id), delivery)


# -- lines as they may lie in a journal ------------------------------------------------------------------------


def test_rounds_and_files_are_read_from_the_name():
    told = heads([step("stage:3#2", "begun"), step("stage:3#2", "done", after=2)])
    assert told == ["File 3 is uploaded, not yet to be seen"]


def test_a_new_round_does_not_close_the_old_one():
    lines = story(Delivery(), [step("stage:1", "begun"), step("stage:1#2", "begun"), step("stage:1#2", "done")])
    assert [line.tone for line in lines] == ["info", "good"]


def test_of_a_thread_each_line_says_its_part():
    delivery = Delivery(handles={"chain": {"replies": [{}, {}]}}, link=1)
    steps = [step("commit", "done", {"url": "https://x.example/1"}), step("commit@2", "failed", {}, 1)]
    assert heads(steps, delivery) == [
        "Part 1 of 3: Sent, and the platform took it", "Part 2 of 3: The platform did not take it"]


def test_what_was_asked_of_the_platform_stands_in_its_line():
    asked = {"method": "POST", "host": "x.example", "path": "/a?token=abc", "status": 200, "sent": 431_000,
             "received": 0, "seconds": 0.31}
    told = tell_all(Delivery(), [step("commit@2#3", "done", {"exchanges": [asked]})], "en", SHANGHAI)
    assert told[0].code == ("POST x.example/a?token=… · 200 · 431 KB out · 0.3 s",) and told[0].link == 1


def test_waits_holds_and_the_platforms_own_timer():
    steps = [
        step("wait", "note", {"until": (NOON + timedelta(minutes=4)).isoformat(), "why": "pace"}),
        step("hold", "note", {"reason": "Storm warning"}, 1), step("due>held", "move", {}, 2),
        step("contain", "begun", {}, 3), step("contain", "done", {"id": "17"}, 4),
        step("ready", "note", {"status": "IN_PROGRESS"}, 5), step("ready", "note", {"status": "IN_PROGRESS"}, 6),
        step("ready", "done", {}, 7), step("withdraw", "begun", {}, 8), step("withdraw", "done", {}, 9),
        step("reschedule", "begun", {"at": NOON.isoformat()}, 10), step("reschedule", "failed", {}, 11),
    ]
    told = tell_all(Delivery(), steps, "en", SHANGHAI)
    assert [t.head for t in told] == [
        "Waits until 12:04", "Held: it does not go out until you let it go", "An invisible draft lies on the platform",
        "The platform still works on the files", "The platform has finished working on the files",
        "Taken back from the platform’s timer", "The platform did not take the new time",
    ]
    assert told[1].details == ("Reason: Storm warning",)


def test_a_step_that_nobody_knows_is_shown_as_it_is():
    steps = [step("juggle", "begun", {"balls": 3}), step("juggle", "done", {"caught": 2})]
    told = tell_all(Delivery(), steps, "en", SHANGHAI)
    assert [(t.head, t.code) for t in told] == [("Step “juggle” done", ("balls 3", "caught 2"))]
    assert heads([step("draft>due", "move")]) == ["To be sent now"]
    assert heads([step("odd", "note")], language="zh_TW") == ["步驟「odd」"]


def test_states_in_an_unusual_move_have_their_names():
    assert heads([step("published>draft", "move")]) == ["From Published to Draft"]
    assert heads([step("published>draft", "move")], language="zh_CN") == ["从“已发布”到“草稿”"]


PHASES = st.sampled_from(["begun", "done", "failed", "move", "note"])
NAMES = st.one_of(
    st.sampled_from([
        "created", "prepare", "stage:1", "stage:2#2", "contain", "ready", "commit", "commit#2", "look", "repeat",
        "proof", "confirm", "send again", "take over", "hold", "wait", "pace", "withdraw", "reschedule", "exchange",
        "check", "scheduled>due", "due>preparing", "unconfirmed>cancelled", "commit@2", "stage:2@3#4", "@", "#",
    ]),
    st.text(max_size=12),
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3), max_leaves=8)
KEYS = ["findings", "url", "lines", "files", "found", "at", "until", "reason", "bytes", "exchanges"]
DATA = st.dictionaries(st.sampled_from(KEYS) | st.text(), PLAIN, max_size=4)


@given(st.lists(st.tuples(NAMES, PHASES, DATA), max_size=12), st.sampled_from(LANGUAGES))
def test_any_journal_can_be_told(found, language):
    steps = [step(name, phase, data, n) for n, (name, phase, data) in enumerate(found)]
    told = tell_all(Delivery(), steps, language, SHANGHAI)
    assert all(t.head for t in told) and len(told) <= len(steps)
    assert report(Delivery(), steps, language, SHANGHAI)


# -- nothing secret --------------------------------------------------------------------------------------------

SECRETS = ["s3cret-token-value", "eyJhbGciOi.eyJzdWIiOiI.c2lnbmF0dXJl"]


def test_a_report_has_the_facts_and_no_secret():
    steps = [
        step("commit", "begun", {"authorization": f"Bearer {SECRETS[0]}", "accessJwt": SECRETS[1], "bytes": 431_000}),
        step("exchange", "note", {
            "method": "POST", "url": f"https://u:{SECRETS[0]}@api.example/x?access_token={SECRETS[0]}&page=2",
            "status": 200, "headers": {"Set-Cookie": SECRETS[0], "etag": "abc"}}, 1),
        step("commit", "note", {"fault": f"token={SECRETS[0]}", "findings": [
            to_json(error("platform.refused", "text", host="x.example", reason=f"password: {SECRETS[0]}"))]}, 2),
    ]
    delivery = Delivery(
        state=State.UNCONFIRMED, platform="fake", url=f"https://x.example/1?token={SECRETS[0]}",
        error=(error("delivery.unconfirmed", "delivery"),),
        proof=Proof("https://x.example/1", None, (Compared("text", "private words", "private words"),)))
    for language in LANGUAGES:
        text = report(delivery, steps, language, SHANGHAI, platform="Fake", version="1.0")
        assert not [secret for secret in SECRETS if secret in text]
        assert "431 KB" in text and "page=2" in text and "etag abc" in text
        assert "delivery.unconfirmed" in text and "private words" not in text
        assert "2026-12-09 12:00:00" in text


@given(st.text(min_size=6, alphabet=st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=126)))
def test_what_is_named_like_a_secret_is_never_shown(value):
    hidden = f"Zq{value}qZ"
    nested = {"refresh_token": hidden, "nested": {"app_password": hidden}, "list": [{"cookie": hidden}]}
    assert hidden not in pairs(nested)
    assert hidden not in safe(f"https://x.example/?code=1&access_token={hidden}")
    assert hidden not in safe(f"Authorization: Bearer {hidden}")


@pytest.mark.parametrize(
    ("bytes", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 KB"), (411_700, "412 KB"), (1_840_000, "1.8 MB"), (2_100_000_000, "2.1 GB")],
)
def test_sizes(bytes, said):
    assert size(bytes) == said


def test_a_hash_is_shortened():
    assert short_hash("9f2c" + "0" * 56 + "71ae") == "9f2c…71ae"


# -- the engine's longer ways ----------------------------------------------------------------------------------


def passing(desk, clock, times=6, **units):
    for _ in range(times):
        clock.passes(**units)
        desk.calendar.tick(clock.now())
        desk.publishing.run_due(clock.now())


def said_of(desk, delivery):
    found = desk.publishing.get(delivery.id)
    told = tell_all(found, desk.publishing.story(found.id), "en", SHANGHAI)
    assert not [t.head for t in told if t.head.startswith(("Step “", "From "))], "every line of the engine has words"
    return [t.head for t in told]


def test_a_thread_is_told_part_by_part(clock, desk, account, fake):
    fake.threads = fake.contains = True
    post = desk.posts.create(text="One", replies=(Reply("Two"), Reply("Three", after=5)))
    delivery = desk.publishing.publish(post.id, account.id)
    passing(desk, clock, minutes=6)
    heads = said_of(desk, delivery)
    assert desk.publishing.get(delivery.id).state is State.PUBLISHED
    for part in (1, 2, 3):
        for head in ("An invisible draft lies on the platform", "Sent, and the platform took it",
                     "Read back and compared: all the same"):  # fmt: skip
            assert f"Part {part} of 3: {head}" in heads
    assert heads.count("The next part of the thread follows") == 2


def test_the_platforms_own_timer_is_told(clock, desk, account, fake):
    fake.times()
    at = clock.now() + timedelta(hours=3)
    delivery = desk.calendar.schedule(desk.posts.create(text="Ahead").id, account.id, at, "Asia/Shanghai", ahead=True)
    passing(desk, clock, 2, minutes=1)
    desk.calendar.move(delivery.id, at + timedelta(hours=2))
    passing(desk, clock, 2, minutes=1)
    desk.holds.hold("Storm")
    passing(desk, clock, 1, minutes=1)
    heads = said_of(desk, delivery)
    wanted = ["To be left with the platform’s timer", "Sent; the platform keeps it until its time",
              "The platform’s timer has the new time", "Taken back from the platform’s timer",
              "Held: it does not go out until you let it go"]  # fmt: skip
    assert [head for head in heads if head in wanted] == wanted
    assert "Its time has come" not in heads
    told = tell_all(desk.publishing.get(delivery.id), desk.publishing.story(delivery.id), "en", SHANGHAI)
    assert "Storm" in told[-1].details[0]


def test_a_death_after_the_request_leaves_it_unsure_until_it_is_found(clock, desk, account, fake):
    from tests.services.fakes import Died

    fake.server.faults = {"commit": ["die_after"]}
    with pytest.raises(Died):
        desk.publishing.publish(desk.posts.create(text="Dies").id, account.id)
    dead = desk.publishing.list()[0]
    desk.workspace.deliveries.change(dead.id, dead.state, owner="dead")
    passing(desk, clock, minutes=1)
    lines = lines_of(desk, dead)
    begun = next(line for line in lines if line.kind == "commit")
    assert begun.unsure and begun.head.text == "“Begun” written to disk"
    heads = said_of(desk, dead)
    assert heads[-3:] == [
        "Taken over", "Looked, and found it on the platform", "Read back and compared: all the same"]


def test_faults_of_every_call_have_words(clock, desk, account, post, fake):
    for call, faults in {
        "stage": ["later"], "commit": ["later", "slow", "drop_before"], "check": ["slow", "later"],
        "read_back": ["later", "not_there"], "look": ["later", "lag"], "contain": ["later"], "plan": ["later"],
    }.items():  # fmt: skip
        for fault in faults:
            fake.server.faults = {call: [fault]}
            fake.contains = call == "contain"
            made = desk.calendar.schedule(
                desk.posts.create(text=f"{call} {fault}", media=post.media).id, account.id,
                clock.now() + timedelta(minutes=1), "Asia/Shanghai")
            passing(desk, clock, 8, seconds=50)
            assert said_of(desk, made)


def test_sent_early_because_the_person_said_so(clock, desk, account, post):
    made = desk.calendar.schedule(post.id, account.id, clock.now() + timedelta(hours=3), "Asia/Shanghai")
    desk.publishing.publish(post.id, account.id)
    heads = said_of(desk, made)
    assert heads[1] == "You asked to send it now, before its time"
