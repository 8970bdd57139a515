"""The phone check: true device size, a page around the card, a code that says what it holds."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from studio.core.post import Account, Post
from studio.services.phonecheck import PHONES, code_for
from studio.ui.preview.phone_page import drawn, ground, page, side_of
from studio.ui.preview.phone_sheet import PhoneSheet
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.view import PreviewView
from studio.ui.viewstate import ViewState
from tests.ui.desks import Stage
from tests.ui.preview.cards import card


def painted(width, height):
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#ff0000"))
    return image


@pytest.mark.parametrize("phone", PHONES, ids=lambda phone: phone.id)
def test_a_page_is_as_large_as_the_screen(qapp, phone):
    made = page(card(), painted(phone.pixels[0], 300), phone)
    assert (made.width(), made.height()) == phone.pixels
    assert made.pixelColor(5, 5).name() == "#ff0000" and made.pixelColor(5, 310).name() == "#ffffff"


def test_a_card_higher_than_the_screen_makes_a_longer_page(qapp):
    phone = PHONES[0]
    assert page(card(), painted(750, 5000), phone).height() == 5000


def test_the_code_stands_below_the_page_with_sharp_edges(qapp):
    phone, code = PHONES[0], code_for("", "a.png", "hello").rows
    made = page(card(), painted(750, 300), phone, code)
    assert made.height() == phone.pixels[1] + 400 and made.width() == 750
    lower = made.copy(0, phone.pixels[1], 750, 400)
    colours = {lower.pixelColor(x, y).name() for x in range(0, 750, 3) for y in range(0, 400, 3)}
    assert colours == {"#000000", "#ffffff"}
    assert side_of(code, 400) % len(code) == 0 and side_of((), 400) == 0 and drawn(code).width() == len(code)


def test_the_ground_is_the_page_of_the_platform(qapp):
    from dataclasses import replace

    plain = card()
    assert ground(plain).name() == "#ffffff"
    assert ground(replace(plain, tokens={**plain.tokens, "page": "#11223380"})).name() == "#112233"


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def sheet(stage):
    pictures = Pictures(stage.desk.library.thumbnail)
    state = ViewState(stage.desk.settings)
    view = PreviewView(stage.theme, stage.desk.previews, stage.desk.accounts, pictures, state)
    stage.show(view, 460, 900)
    view.show_post(Post(title="T", text="hello"), [Account("f", "facebook", "kit", name="Mill")])
    QTest.qWait(20)
    made = PhoneSheet(stage.theme, view.saver, view.frames()[0], view.post, state)
    made.open_over(stage.window)
    yield made
    made.close_with("done")
    pictures.close()


def test_the_sheet_lays_the_card_out_for_the_phone_that_is_chosen(stage, sheet):
    assert sheet.phone.id == "390" and sheet._card.width == 390 and sheet._page.width() == 1170
    sheet.phones._buttons["412"].click()
    assert sheet._card.width == 412 and sheet._page.width() == 1082
    assert sheet.measures.text().startswith("1082 × 2402 px")
    assert stage.desk.settings.view("preview/phone") == "412"


def test_the_sheet_says_what_the_code_holds(stage, sheet, qtbot):
    assert sheet.code.holds == "text" and sheet.holds.text().startswith("The code holds the post’s text")
    sheet.address.setText("https://cloud.example.com/{name}")
    qtbot.waitUntil(lambda: sheet.code.holds == "address", timeout=20_000)
    assert sheet.code.inside.endswith("%20390.png") and sheet.code.inside in sheet.holds.text()
    sheet.address.setText("cloud")
    qtbot.waitUntil(lambda: sheet.code.holds == "text", timeout=20_000)
    assert "https://" in sheet.holds.text()
    assert stage.desk.settings.view("preview/cloud") == "cloud"


def test_what_is_saved_is_the_page_in_device_px(sheet, tmp_path):
    asked = []
    sheet._saver.ask_where = lambda name, chosen: (asked.append(name), chosen(tmp_path / name))
    sheet.save.click()
    assert asked[0].endswith(" 390.png")
    assert (QImage(str(tmp_path / asked[0])).width(), QImage(str(tmp_path / asked[0])).height()) == (1170, 2532)
    sheet.below.setChecked(True)
    sheet.save.click()
    assert QImage(str(tmp_path / asked[1])).height() == 2532 + 600


def test_under_another_name_the_code_holds_that_name(sheet, tmp_path):
    sheet.address.setText("https://cloud.example.com/{name}")
    sheet._saver.ask_where = lambda name, chosen: chosen(tmp_path / "Mill 2.png")
    sheet.save.click()
    assert sheet.code.inside == "https://cloud.example.com/Mill%202.png" and sheet.code.inside in sheet.holds.text()
