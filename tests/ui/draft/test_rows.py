from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from studio.core.delivery import State
from studio.core.post import Media, Post
from studio.ui.draft.rows import OwnRow, PostRows, arrange, group_of, row_of

NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Wednesday; in Shanghai 09:00
SHANGHAI = ZoneInfo("Asia/Shanghai")


def line(number, at):
    return OwnRow(f"p{number}", f"Post {number}", "", (), State.DRAFT, None, 0, at)


def test_groups_go_by_the_clock_of_the_person():
    assert group_of(NOW, NOW, SHANGHAI) == "today"
    assert group_of(datetime(2026, 11, 24, 16, 30, tzinfo=UTC), NOW, SHANGHAI) == "today"  # 00:30 there
    assert group_of(datetime(2026, 11, 24, 15, 30, tzinfo=UTC), NOW, SHANGHAI) == "week"
    assert group_of(datetime(2026, 11, 22, 17, 0, tzinfo=UTC), NOW, SHANGHAI) == "week"  # Monday there
    assert group_of(datetime(2026, 11, 22, 15, 0, tzinfo=UTC), NOW, SHANGHAI) == "earlier"


def test_each_group_has_one_head():
    rows = [line(n, NOW - timedelta(hours=9 * n)) for n in range(40)]
    items = arrange(rows, NOW, SHANGHAI)
    assert [i.group for i in items if i.row is None] == ["today", "week", "earlier"]
    assert [i.row.id for i in items if i.row] == [r.id for r in rows]


def test_ten_thousand_rows_are_found_by_id(qapp, theme):
    model = PostRows()
    model.set_items(arrange([line(n, NOW - timedelta(hours=n)) for n in range(10_000)], NOW, SHANGHAI))
    assert model.rowCount() == 10_003
    place = model.place("p9999")
    assert model.item(place).row.id == "p9999"
    assert not model.place("gone").isValid()
    assert model.data(place) == "Post 9999"


def test_a_saved_post_changes_its_row_in_place(qapp, theme, qtbot):
    model = PostRows()
    model.set_items(arrange([line(1, NOW), line(2, NOW)], NOW, SHANGHAI))
    post = Post(id="p2", title="New", media=(Media("m", "image"),))
    with qtbot.waitSignal(model.dataChanged):
        assert model.replace_row(row_of(post, ("practice", "practice"), line(2, NOW)))
    row = model.item(model.place("p2")).row
    assert (row.heading, row.thumb, row.platforms, row.pictures) == ("New", "m", ("practice",), 1)
    assert not model.replace_row(line(9, NOW))
