"""Posts that a person puts onto the platform: made ready, followed step by step, and proved by their link."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.post import Media, Post, Reply, account_key
from studio.core.slot import Late
from studio.services.byhand import qr
from tests.media.make import photo
from tests.services.conftest import open_desk
from tests.services.fakes import Died

S = State
FIRST = "https://fake.example/abc"


def _codes(problem: Refused) -> list[str]:
    return [f.code for f in problem.findings]


def _taken_in(desk, path, size=(1200, 900)):
    """A photo in the library, by its id."""
    photo(*size).save(path)
    return desk.library.add([path])[0].asset.id


@pytest.fixture
def by_hand(desk):
    return desk.accounts.add("fake", {"handle": "@mill"}, name="Mill", mode="assisted")


@pytest.fixture
def picture(desk, tmp_path):
    return Media(_taken_in(desk, tmp_path / "cup.jpg"), name="cup.jpg", width=1200, height=900, alt="A cup")


@pytest.fixture
def post(desk, picture):
    made = Post(title="Weekend", text="Hello from the ferry", media=(picture,))
    desk.posts.save(made)
    return made


def _handed(desk, post, account):
    done = desk.publishing.publish(post.id, account.id)
    assert done.state is S.WAITING, done.error
    return done


def test_nobody_signs_in_and_no_keychain_is_asked(desk, vault, by_hand):
    assert (by_hand.mode, by_hand.handle, by_hand.name) == ("assisted", "mill", "Mill")
    assert vault.log == []
    health = desk.accounts.check(by_hand.id)
    assert health.usable and [f.code for f in health.findings] == ["doctor.by_hand"] and vault.log == []


def test_the_platform_is_not_asked_and_everything_is_made_ready(desk, fake, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    assert fake.server.log == [] and fake.server.posts == {}
    sheet = desk.by_hand.sheet(waiting.id)
    assert sheet.steps == ("open", "files", "copy:title", "copy:text", "press", "paste") and sheet.done == frozenset()
    assert [f.name for f in sheet.files] == ["01.jpg"]
    names = sorted(p.name for p in sheet.folder.iterdir())
    assert names == ["01.jpg", "README.txt", "alt.txt", "cover-900x383.jpg", "text.txt", "title.txt"]
    assert (sheet.folder / "text.txt").read_text("utf-8") == "Hello from the ferry\n"
    assert "01.jpg\tA cup" in (sheet.folder / "alt.txt").read_text("utf-8")
    story = [step.step for step in desk.publishing.story(waiting.id)]
    assert "hand over" in story and not any(step.startswith("commit") for step in story)


def test_steps_are_remembered(desk, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    desk.by_hand.tick(waiting.id, "open")
    desk.by_hand.tick(waiting.id, "files")
    desk.by_hand.tick(waiting.id, "open", False)
    assert desk.by_hand.sheet(waiting.id).done == {"files"}


def test_a_cache_that_was_emptied_is_filled_again(desk, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    before = sorted(p.name for p in desk.by_hand.sheet(waiting.id).folder.iterdir())
    shutil.rmtree(desk.workspace.cache / "handoff")
    assert sorted(p.name for p in desk.by_hand.sheet(waiting.id).folder.iterdir()) == before


def test_a_link_of_the_right_form_is_kept_as_proof_but_not_called_published(desk, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    done = desk.by_hand.paste(waiting.id, f"看看 {FIRST}?from=app 。")
    assert (done.state, done.url) == (S.HANDED_OVER, FIRST) and done.proof is not None and done.proof.whole
    assert not (desk.workspace.cache / "handoff" / waiting.id).exists()
    assert desk.outbox.waiting() == 0


def test_a_link_that_can_be_read_is_published(desk, fake, post, account):
    desk.accounts.set_mode(account.id, "assisted")
    waiting = _handed(desk, post, account)
    fake.server.posts["abc"] = ("Hello from the ferry", ())
    done = desk.by_hand.paste(waiting.id, FIRST)
    assert done.state is S.PUBLISHED and done.proof.lines[0].what == "text"


@pytest.mark.parametrize(("pasted", "code"), [
    ("no address here", "handoff.no_link"), ("https://other.example/abc", "handoff.not_a_link"),
    (FIRST, "handoff.not_there"),
])
def test_what_is_no_proof_is_refused_and_nothing_is_lost(desk, post, account, pasted, code):
    desk.accounts.set_mode(account.id, "assisted")
    waiting = _handed(desk, post, account)
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(waiting.id, pasted)
    assert _codes(refused.value) == [code]
    assert desk.by_hand.sheet(waiting.id).delivery.state is S.WAITING


def test_somebody_elses_post_is_no_proof(desk, fake, post, account):
    desk.accounts.set_mode(account.id, "assisted")
    waiting = _handed(desk, post, account)
    fake.server.posts["abc"] = ("Another text", ())
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(waiting.id, FIRST)
    assert _codes(refused.value) == ["handoff.not_it"]
    kept = desk.by_hand.paste(waiting.id, FIRST, anyway=True)
    assert kept.state is S.HANDED_OVER


def test_a_person_may_insist_on_an_unknown_link_which_proves_nothing(desk, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    done = desk.by_hand.paste(waiting.id, "https://other.example/x", anyway=True)
    assert done.state is S.HANDED_OVER and done.proof is None and [f.code for f in done.error] == [
        "handoff.unknown_link"]
    better = desk.by_hand.paste(waiting.id, FIRST)
    assert better.state is S.HANDED_OVER and better.proof is not None


def test_one_post_is_not_the_proof_of_two(desk, post, by_hand):
    desk.by_hand.paste(_handed(desk, post, by_hand).id, FIRST)
    other = Post(text="Another")
    desk.posts.save(other)
    waiting = _handed(desk, other, by_hand)
    with pytest.raises(Refused) as refused:
        desk.by_hand.paste(waiting.id, FIRST)
    assert _codes(refused.value) == ["handoff.link_used"]


@pytest.mark.parametrize("fault", ["later", "signin", "locked"])
def test_offline_the_form_of_the_link_has_to_do(desk, fake, post, account, fault):
    desk.accounts.set_mode(account.id, "assisted")
    waiting = _handed(desk, post, account)
    fake.server.faults["verify"] = [fault]
    assert desk.by_hand.paste(waiting.id, FIRST).state is S.HANDED_OVER


def test_a_reminder_comes_back(clock, desk, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    told = []
    desk.by_hand.later(waiting.id, 30)
    desk.publishing.changed.connect(lambda d: told.append((d.state, d.wake)))
    desk.publishing.run_due(clock.now())
    assert told == []
    clock.passes(minutes=31)
    desk.publishing.run_due(clock.now())
    assert told == [(S.WAITING, None)]
    assert desk.publishing.get(waiting.id).owner == ""


def test_it_did_not_work_and_is_prepared_anew(desk, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    failed = desk.by_hand.failed(waiting.id, "the page\n was down")
    assert failed.state is S.FAILED and failed.error[0].values == {"reason": "the page was down"}
    with pytest.raises(Refused):
        desk.by_hand.sheet(waiting.id)
    again = desk.publishing.resend(waiting.id)
    assert again.state is S.WAITING and desk.by_hand.sheet(waiting.id).files


def test_one_post_may_go_by_hand_although_its_account_has_the_api(desk, fake, post, account):
    desk.posts.save(Post(id=post.id, text="By hand", options={account_key(account.id): {"mode": "assisted"}}))
    waiting = _handed(desk, post, account)
    assert "commit" not in fake.server.log and desk.by_hand.sheet(waiting.id).content.mode == "assisted"


def test_an_account_without_a_login_cannot_be_told_to_use_the_api(desk, post, by_hand):
    with pytest.raises(Refused) as refused:
        desk.accounts.set_mode(by_hand.id, "api")
    assert _codes(refused.value) == ["account.sign_in_first"]
    desk.posts.save(Post(id=post.id, text="x", options={account_key(by_hand.id): {"mode": "api"}}))
    assert _handed(desk, post, by_hand).state is S.WAITING


def test_back_to_the_api_with_the_secrets_it_had(desk, fake, post, account):
    desk.accounts.set_mode(account.id, "kit")
    assert desk.accounts.set_mode(account.id, "api").mode == "api"
    assert desk.publishing.publish(post.id, account.id).state is S.PUBLISHED


@pytest.mark.parametrize("step", ["ready", "commit"])
def test_what_the_api_will_not_finish_is_handed_to_the_person_with_its_draft(desk, fake, post, account, step):
    fake.contains = True
    fake.server.faults[step] = ["by_hand"]
    waiting = _handed(desk, post, account)
    assert fake.server.posts == {} and [f.code for f in waiting.error] == ["fake.by_hand"]
    assert waiting.handles["handoff"]["made"] == {"container": "key1"}
    assert desk.by_hand.sheet(waiting.id).files
    assert desk.publishing.run_due() == [] and fake.server.posts == {}
    assert desk.by_hand.paste(waiting.id, FIRST, anyway=True).state is S.HANDED_OVER


def test_without_a_draft_over_there_all_of_it_is_the_persons(desk, fake, post, account):
    fake.server.faults["commit"] = ["by_hand"]
    waiting = _handed(desk, post, account)
    assert desk.by_hand.sheet(waiting.id).content.mode == "assisted"


def test_the_same_link_twice_at_once_moves_it_once(desk, post, by_hand):
    waiting = _handed(desk, post, by_hand)
    desk.by_hand.paste(waiting.id, FIRST)
    with pytest.raises(Refused) as refused:
        desk.by_hand.later(waiting.id, 5)
    assert _codes(refused.value) == ["delivery.wrong_state"]


def test_what_is_wrong_with_a_post_stops_it_before_a_person_is_bothered(desk, by_hand):
    long = Post(text="x" * 51)
    desk.posts.save(long)
    done = desk.publishing.publish(long.id, by_hand.id)
    assert done.state is S.FAILED and [f.code for f in done.error] == ["text.too_long"]


def test_a_due_one_waits_for_the_person_at_its_time(clock, desk, post, by_hand):
    at = clock.now() + timedelta(minutes=10)
    made = desk.calendar.schedule(post.id, by_hand.id, at, "UTC", Late("ask", 0))
    clock.passes(minutes=10)
    desk.calendar.tick(clock.now())
    desk.publishing.run_due(clock.now())
    assert desk.publishing.get(made.id).state is S.WAITING


def test_a_kit_goes_where_it_is_told_and_mixes_nothing_up(desk, post, account, tmp_path: Path):
    files = desk.by_hand.export(post.id, account, tmp_path / "kit", "zh_CN")
    assert [f.name for f in files][:1] == ["01.jpg"] and (tmp_path / "kit" / "README.txt") in files
    assert "亲手" in (tmp_path / "kit" / "README.txt").read_text("utf-8")
    with pytest.raises(Refused) as refused:
        desk.by_hand.export(post.id, account, tmp_path / "kit")
    assert _codes(refused.value) == ["kit.not_empty"]
    assert not list(tmp_path.glob(".*part"))


def test_a_kit_without_its_file_leaves_nothing_half_done(desk, post, account, picture, tmp_path: Path):
    desk.workspace.files.path(picture.media).unlink()
    with pytest.raises(Refused):
        desk.by_hand.export(post.id, account, tmp_path / "kit")
    assert not (tmp_path / "kit").exists() and not list(tmp_path.glob(".*part"))


def test_a_persons_edit_of_a_kit_leaves_the_original_alone(desk, post, account, picture, tmp_path: Path):
    original = desk.workspace.files.path(picture.media).read_bytes()
    for file in desk.by_hand.export(post.id, account, tmp_path / "kit"):
        file.write_bytes(b"edited")
    assert desk.workspace.files.path(picture.media).read_bytes() == original


def test_a_code_for_the_phone() -> None:
    rows = qr("https://example.com/a")
    assert len({len(row) for row in rows}) == 1 and len(rows) == len(rows[0]) and not any(rows[0])
    assert any(any(row) for row in rows)


def test_files_are_staged_by_several_hands_and_each_only_once(desk, fake, account, tmp_path: Path):
    fake.side_by_side = 3
    pictures = []
    for n in range(4):
        id = _taken_in(desk, tmp_path / f"{n}.jpg", (40 + n, 30))
        pictures.append(Media(id, name=f"{n}.jpg", width=40 + n, height=30, alt="x"))
    made = Post(text="four", media=tuple(pictures))
    desk.posts.save(made)
    fake.server.faults["stage"] = [None, "later"]
    failed = desk.publishing.publish(made.id, account.id)
    assert failed.state is S.FAILED
    staged = fake.server.log.count("stage")
    done = desk.publishing.resend(failed.id)
    assert done.state is S.PUBLISHED and done.proof.whole
    assert fake.server.log.count("stage") == 5, f"{staged} before, one of them refused; each file once"


def test_a_death_while_it_is_made_ready_is_made_good(tmp_path, fake, vault):
    desk = open_desk(tmp_path / "w", vault)
    by_hand = desk.accounts.add("fake", {"handle": "@mill"}, mode="assisted")
    post = Post(text="Hello")
    desk.posts.save(post)

    def dies(access, content):
        raise Died

    fake.prepare = dies
    with pytest.raises(Died):
        desk.publishing.publish(post.id, by_hand.id)
    desk.close()
    del fake.prepare
    again = open_desk(tmp_path / "w", vault)
    again.publishing.run_due()
    found = again.publishing.list()[0]
    assert found.state is S.WAITING and again.by_hand.sheet(found.id).steps
    again.close()


def test_what_the_platform_must_be_asked_first_is_no_condition(desk, fake, post, by_hand, monkeypatch):
    def refuses(access, content):
        raise Refused(error("insight.none", "account", platform="fake"))

    monkeypatch.setattr(fake, "prepare", refuses)
    waiting = _handed(desk, post, by_hand)
    assert [(f.code, f.severity) for f in waiting.error] == [("delivery.by_hand", "info"), ("insight.none", "info")]


def test_the_pictures_of_a_threads_later_parts_are_in_the_kit(desk, fake, by_hand, picture):
    fake.threads = True
    post = Post(text="first", media=(picture,), replies=(Reply("second", (picture,)), Reply("third")))
    desk.posts.save(post)
    sheet = desk.by_hand.sheet(_handed(desk, post, by_hand).id)
    assert [f.name for f in sheet.files] == ["01.jpg"]
    assert (sheet.folder / "reply-1-01.jpg").is_file() and not list(sheet.folder.glob("reply-2*"))
