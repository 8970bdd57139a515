"""A review file from the pane, and a client's comments beside the cards they are about."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from studio.core.post import Account
from studio.core.review import Answer, Place, Remark, answer_to_json
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.review_sheet import ReviewSheet
from studio.ui.preview.reviewing import Reviewing
from studio.ui.preview.view import PreviewView
from studio.ui.sheet import open_sheets
from studio.ui.viewstate import ViewState
from tests.ui.clipping import clipped
from tests.ui.desks import Stage
from tests.ui.draft.conftest import picture

AT, HOUR = datetime(2026, 11, 30, 9, 5, tzinfo=UTC), timedelta(hours=1)


class Pane:
    """A preview column with its reviews, of one post for two accounts."""

    def __init__(self, stage, tmp_path):
        self.stage, self.desk, self.told = stage, stage.desk, []
        media = self.desk.library.add([picture(tmp_path / "a.png")])[0].asset.as_media()
        self.practice = self.desk.accounts.list()[0]
        previews = self.desk.previews
        platform = next(p for p in previews.platforms() if len(previews.surfaces(p)) > 1)
        self.accounts = [self.practice, Account("b1", platform, name="B1")]
        self.desk.workspace.accounts.save(self.accounts[1])
        self.post = self.desk.posts.create(title="Three <bakeries>", text="Hello", media=(media,))
        self.pictures = Pictures(self.desk.library.thumbnail)
        state = ViewState(self.desk.settings)
        self.view = PreviewView(stage.theme, self.desk.previews, self.desk.accounts, self.pictures, state)
        self.reviewing = Reviewing(
            self.view, stage.theme, self.desk, stage.bridge, stage.toaster, self.told.extend, state)
        stage.show(self.view, 460, 900)
        self.show()

    def show(self, post=None):
        self.view.show_post(post or self.post, self.accounts)
        QTest.qWait(30)

    def remark(self, id="c1", account=None, text="Brighter", verdict="", point=(0.25, 0.5), at=AT, surface=None):
        account = account or self.practice
        surface = surface or self.desk.previews.surfaces(account.platform)[0].id
        known = account.platform in self.desk.previews.platforms()
        look = self.desk.reviews.look(self.post, account) if known else "0123456789abcdef"
        place = Place(account.id, account.platform, surface, "light", look)
        return Remark(id, self.post.id, place, "Ana", text, verdict, point, at)

    def answer(self, *remarks, post=""):
        return json.dumps(answer_to_json(Answer("r1", post or self.post.id, remarks)))

    def take(self, *remarks):
        """As if pasted, and waited for."""
        QGuiApplication.clipboard().setText(self.answer(*remarks))
        self.reviewing.paste()
        self.stage.settle()
        QTest.qWait(20)

    def foot(self, number=0):
        return self.reviewing._feet[self.view.frames()[number]]

    @property
    def said(self):
        return self.stage.toaster.toast.accessibleName()


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def pane(stage, tmp_path):
    made = Pane(stage, tmp_path)
    yield made
    made.pictures.close()


# the file


def test_the_file_has_what_was_ticked(pane, stage, tmp_path):
    pane.reviewing.ask_what()
    (sheet,) = open_sheets(stage.window)
    assert isinstance(sheet, ReviewSheet) and [w.frame.account.id for w in sheet.wanted()] == [pane.practice.id, "b1"]
    sheet.themes._buttons["both"].click()
    assert sheet.says.text() == "4 previews"
    QTest.keyClicks(sheet.who, "Mill <i>")
    assert sheet.file_name == "Three bakeries - review.html"
    sheet.save_to(tmp_path / "r.html")
    stage.settle()
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count("<figure") == 4 and "Mill &lt;i&gt;" in page and "Three &lt;bakeries&gt;" in page
    assert pane.said == "Saved as “r.html”" and not open_sheets(stage.window)
    pane.reviewing.ask_what()
    (again,) = open_sheets(stage.window)
    assert (again.themes.value, again.who.text()) == ("both", "Mill <i>")


@pytest.mark.parametrize("wait", [0, 5, 40])
def test_a_sheet_that_is_closed_in_the_middle_writes_nothing(pane, stage, tmp_path, wait):
    pane.reviewing.ask_what()
    (sheet,) = open_sheets(stage.window)
    sheet.themes._buttons["both"].click()
    sheet.every.click()
    sheet.save_to(tmp_path / "r.html")
    QTest.qWait(wait)
    sheet.close_with("")
    stage.settle()
    assert not list(tmp_path.glob("r.html*")) and not pane.said


def test_all_surfaces_can_be_ticked_at_once_and_none_says_why_not(pane, stage):
    pane.reviewing.ask_what()
    (sheet,) = open_sheets(stage.window)
    sheet.every.click()
    assert len(sheet.wanted()) == sum(len(pane.desk.previews.surfaces(a.platform)) for a in pane.accounts)
    for box in sheet.boxes.values():
        box.setChecked(False)
    assert not sheet.save.isEnabled() and sheet.save.toolTip()


def test_a_file_that_cannot_be_written_is_told(pane, stage, tmp_path):
    pane.reviewing.ask_what()
    (sheet,) = open_sheets(stage.window)
    sheet.save_to(tmp_path / "no folder" / "r.html")
    stage.settle()
    assert [f.code for f in pane.told] == ["out.unwritable"]


def test_missing_pictures_leave_their_place(pane, stage, tmp_path):
    pane.desk.library.path(pane.post.media[0].media).unlink()
    for cached in (tmp_path / "w" / "cache" / "thumbs").rglob("*.*"):
        cached.unlink()
    pane.reviewing.ask_what()
    (sheet,) = open_sheets(stage.window)
    sheet.save_to(tmp_path / "r.html")
    stage.settle()
    assert (tmp_path / "r.html").exists() and pane.told == []


# the comments


def test_comments_stand_below_their_card_and_mark_their_place(pane, stage):
    pane.take(pane.remark(), pane.remark("c2", text="", verdict="approved", point=None, at=AT + HOUR),
              pane.remark("c3", account=pane.accounts[1], text="<b>Shorter</b>", point=None))
    assert pane.said == "3 new comments"
    foot = pane.foot()
    assert foot.isVisible() and [i.text.text() for i in foot.items] == ["Brighter", "Approved"]
    assert foot.badge.text() == "2 comments · 1 open"
    (mark,) = foot.marks
    canvas = pane.view.frames()[0].canvas
    assert mark.isVisible() and mark.parentWidget() is canvas
    centre = mark.geometry().center()
    assert abs(centre.x() - canvas.width() * 0.25) < 3 and abs(centre.y() - canvas.height() * 0.5) < 3
    other = pane.foot(1)
    assert [i.text.text() for i in other.items] == ["<b>Shorter</b>"] and not other.marks
    assert other.items[0].text.textFormat() == Qt.TextFormat.PlainText


def test_a_mark_leads_to_its_comment_by_mouse_and_by_key(pane, stage):
    pane.take(pane.remark(), pane.remark("c2", text="Second", point=(1.0, 1.0), at=AT + HOUR))
    foot, canvas = pane.foot(), pane.view.frames()[0].canvas
    assert all(canvas.rect().contains(mark.geometry()) for mark in foot.marks)
    QTest.mouseClick(foot.marks[1], Qt.MouseButton.LeftButton)
    assert stage.window.focusWidget() is foot.items[1]
    foot.marks[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(foot.marks[0], Qt.Key.Key_Space)
    assert stage.window.focusWidget() is foot.items[0] and "Brighter" in foot.items[0].accessibleName()
    assert all(w.focusPolicy() & Qt.FocusPolicy.TabFocus for w in (*foot.marks, *foot.items, foot.badge))


def test_settled_opened_again_deleted_and_brought_back(pane, stage):
    pane.take(pane.remark())
    pane.foot().items[0].acts[0].click()
    stage.settle()
    assert pane.foot().badge.text() == "1 comment · all settled"
    pane.foot().items[0].acts[0].click()
    stage.settle()
    assert pane.foot().badge.waits == 1
    pane.foot().items[0].acts[1].click()
    stage.settle()
    assert not pane.foot().isVisible() and not pane.foot().marks
    stage.toaster.toast._link.click()
    stage.settle()
    assert [i.text.text() for i in pane.foot().items] == ["Brighter"]


@pytest.mark.parametrize("where", ["card", "sheet"])
def test_keys_go_from_one_comment_to_the_next(pane, stage, where):
    pane.take(*(pane.remark(f"c{n}", text=f"Say {n}", at=AT + n * HOUR) for n in range(3)))
    holder = pane.foot()
    if where == "sheet":
        pane.reviewing.show_all()
        (holder,) = open_sheets(stage.window)
    left = []
    stage.window.activateWindow()
    QTest.qWaitForWindowActive(stage.window)
    for act in (0, 1, 1):  # settled, deleted, deleted
        holder.items[-1].acts[act].setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(holder.items[-1].acts[act], Qt.Key.Key_Space)
        stage.settle()
        focus = stage.window.focusWidget()
        assert focus is not None and (not holder.items or focus is holder.items[-1])
        left.append(len(holder.items))
    assert left == ([3, 2, 1] if where == "card" else [2, 1, 0])


def test_an_edit_makes_it_about_an_older_version(pane, stage):
    pane.take(pane.remark())
    assert not pane.foot().items[0].seen.older
    pane.show(replace(pane.post, text="Hello again"))
    assert pane.foot().items[0].seen.older
    pane.show()
    assert not pane.foot().items[0].seen.older


def test_another_surface_has_its_own_comments(pane):
    frame = pane.view.frames()[1]
    one, two = frame.surfaces()[:2]
    pane.take(pane.remark(account=frame.account, surface=one.id), pane.remark("c2", frame.account, surface=two.id,
                                                                              text="Other"))
    assert [i.text.text() for i in pane.reviewing._feet[frame].items] == ["Brighter"]
    pane.view._current = frame.account.id
    pane.view.next_surface()
    QTest.qWait(30)
    assert [i.text.text() for i in pane.reviewing._feet[frame].items] == ["Other"]


def test_what_was_said_of_other_surfaces_is_told_and_listed(pane, stage):
    frame = pane.view.frames()[1]
    other = frame.surfaces()[1].id
    pane.take(pane.remark(account=frame.account, surface=other), pane.remark("c2", text="", verdict="approved"),
              pane.remark("c3", account=Account("gone", "gone"), surface="feed", text="Of the past"))
    foot = pane.reviewing._feet[frame]
    assert foot.isVisible() and not foot.items and foot.rest.text() == "1 on other surfaces"
    foot.rest.click()
    (sheet,) = open_sheets(stage.window)
    assert [i.text.text() for i in sheet.items] == ["Brighter", "Of the past"]
    sheet.which._buttons["all"].click()
    assert len(sheet.items) == 3
    sheet.which._buttons["open"].click()
    sheet.items[0].acts[0].click()
    stage.settle()
    assert [i.text.text() for i in sheet.items] == ["Of the past"] and sheet.items[0].seen.older
    sheet.items[0].acts[1].click()
    stage.settle()
    assert not sheet.items and len(pane.reviewing._remarks) == 2


def test_comments_of_one_post_leave_with_it(pane, stage):
    pane.take(pane.remark())
    pane.show(pane.desk.posts.create(text="Another"))
    assert not pane.foot().isVisible() and not pane.foot().marks
    pane.show()
    assert len(pane.foot().items) == 1


def test_what_is_no_file_of_comments_is_told(pane, stage, tmp_path):
    QGuiApplication.clipboard().setText("<script>alert(1)</script>")
    pane.reviewing.paste()
    (tmp_path / "c.json").write_text(pane.answer(pane.remark(), post="other"), encoding="utf-8")
    pane.reviewing.take_file(tmp_path / "c.json")
    pane.reviewing.take_file(tmp_path / "gone.json")
    stage.settle()
    assert [f.code for f in pane.told] == ["review.unreadable", "review.other_post", "file.trouble"]
    (tmp_path / "c.json").write_text(pane.answer(pane.remark()), encoding="utf-8")
    pane.reviewing.take_file(tmp_path / "c.json")
    stage.settle()
    assert pane.said == "1 new comment"


def test_many_comments_are_shown_in_part(pane):
    pane.take(*(pane.remark(f"c{n}", text=f"No. {n}", point=None) for n in range(70)))
    foot = pane.foot()
    assert len(foot.items) == 30 and foot.more.isVisible()
    foot.more.click()
    assert len(foot.items) == 70 and not foot.more.isVisible()


def test_the_words_follow_the_language(pane, stage):
    pane.take(pane.remark(verdict="changes"))
    stage.speak("zh_TW")
    QTest.qWait(30)
    assert pane.foot().badge.text() == "1 則意見 · 1 則待處理"
    assert pane.foot().items[0].text.text().startswith("要求修改")
    stage.speak("zh_CN")
    QTest.qWait(30)
    assert pane.foot().badge.text() == "1 条意见 · 1 条待处理"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_words_are_cut(pane, stage, language, scale):
    stage.window.resize(900, 900)
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.speak(language)
    pane.take(pane.remark(text="A long one, which takes more than a line of the column below its card. " * 3),
              pane.remark("c2", text="", verdict="changes", at=AT + HOUR))
    assert clipped(pane.foot()) == []
    for ask in (pane.reviewing.ask_what, pane.reviewing.show_all):
        ask()
        QTest.qWait(20)
        (sheet,) = open_sheets(stage.window)
        assert clipped(sheet) == []
        sheet.close_with("seen")
    stage.theme.scale = 1.0
    stage.theme.refresh()


def test_its_actions_are_in_the_menus(pane):
    assert [a.id for a in pane.view.commands()][-4:] == [
        "review.export", "review.import", "review.list", "review.paste"]
    enabled = {a.id: a.enabled_when() for a in pane.reviewing.actions()}
    assert enabled == {"review.export": True, "review.import": True, "review.list": False, "review.paste": True}
    pane.take(pane.remark())
    assert all(a.enabled_when() for a in pane.reviewing.actions())
