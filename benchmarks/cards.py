"""Shows, types into and paints previews in this process, off screen, and prints what was measured as JSON.

    python -m benchmarks.cards keys WORKSPACE N      N keystrokes in the text of a post for six platforms
    python -m benchmarks.cards alone WORKSPACE N     N edits, all six cards on the screen, without the editor
    python -m benchmarks.cards switch WORKSPACE N    N times another surface, then another platform alone
    python -m benchmarks.cards grow WORKSPACE N      N edits; how much memory came
    python -m benchmarks.cards files WORKSPACE       a PNG of every surface of every platform
    python -m benchmarks.cards pillow WORKSPACE      Pillow drawing the same words and pictures at the same places
    python -m benchmarks.cards html N                N keystrokes in a QTextDocument of the same words, six times
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from studio.core.post import Account, Post
    from studio.services.desk import Desk
    from studio.ui.draft.pane import DraftPane
    from studio.ui.preview.view import PreviewView

SIX = ("weibo", "facebook", "bluesky", "mastodon", "xiaohongshu", "instagram")
PICTURES, CHARACTERS, AT = 9, 600, 200
WINDOW = (1920, 1080)  # px
COLUMN = (688, 3000)  # px: previews alone, so high that all six cards are on the screen
WARM = 20


def make(folder: Path) -> None:
    """A workspace with one post of nine pictures for six accounts that are served by hand."""
    from benchmarks import workspace
    from studio.services.desk import Desk

    desk = Desk.open(folder)
    photos = sorted(workspace.photos(PICTURES).glob("*.jpg"))[:PICTURES]
    media = tuple(added.asset.as_media() for added in desk.library.add(photos) if added.asset is not None)
    accounts = [stand_in(desk, name) for name in SIX]
    for account in accounts:
        desk.workspace.accounts.save(account)
    words = workspace.text(random.Random(5), CHARACTERS)[:CHARACTERS]
    desk.posts.create(title="Nine pictures", text=words, media=media, accounts=tuple(a.id for a in accounts))
    desk.close()


def stand_in(desk: Desk, platform: str) -> Account:
    """An account nobody signed in to."""
    return replace(desk.previews.stand_in(platform), id=f"bench-{platform}", name="Mill", handle="mill")


# in a window -------------------------------------------------------------------------------------------------------


@contextmanager
def opened(folder: Path) -> Iterator[DraftPane]:
    """The Draft pane with that post, all six cards laid out and their pictures loaded."""
    from PySide6.QtWidgets import QApplication, QWidget

    from studio.services.desk import Desk
    from studio.ui.draft.pane import DraftPane
    from studio.ui.i18n import Language
    from studio.ui.jobs import JobsBridge
    from studio.ui.preview.look import KEY
    from studio.ui.resources import Resources, prepare
    from studio.ui.sweeper import Sweeper
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster
    from studio.ui.widgets.base import column

    app = QApplication.instance() or QApplication(["benchmarks"])
    prepare()
    resources = Resources()
    theme = Theme(resources, Language(resources))
    theme.motion = False
    theme.apply(app, "light")  # type: ignore[arg-type]
    desk = Desk.open(folder)
    for key in (KEY, *(f"preview/surface/{account.id}" for account in desk.accounts.list())):
        desk.settings.set_view(key, {} if key == KEY else "")
    bridge = JobsBridge(desk.jobs)
    window = QWidget()
    pane = DraftPane(theme, desk, bridge, Toaster(theme, window))
    window.setLayout(column(pane, gap=0))
    window.resize(*WINDOW)
    window.show()
    pane.shown()
    until(lambda: pane.ready and pane.open is not None)
    until(lambda: any(frame.canvas.card is not None for frame in pane.preview.frames()), 30)
    settle(1.5)
    sweeper = Sweeper(app, settles=True)  # as in the studio, two seconds after its start
    yield pane
    sweeper.deleteLater()
    pane.close_down()
    bridge.close()
    desk.close()


def keys(folder: str, count: str) -> dict[str, object]:
    """Milliseconds from each key in the text to the last painted card, in a window."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    with opened(Path(folder)) as pane:
        box = pane.editor.text
        box.setFocus()
        cursor = box.textCursor()
        cursor.setPosition(AT)
        box.setTextCursor(cursor)
        settle(0.3)

        def key(number: int) -> None:
            QTest.keyClick(box, Qt.Key.Key_A if number % 6 else Qt.Key.Key_Space)
            until(lambda: pane.preview.post is pane.open.post)  # type: ignore[union-attr]

        return {**series(int(count), key), "seen": seen(pane.preview), "pictures": PICTURES}


def alone(folder: str, count: str) -> dict[str, object]:
    """Milliseconds from each edit to the last painted card, all six on the screen and nothing else."""
    with opened(Path(folder)) as pane:
        view = pane.preview
        accounts = [frame.account for frame in view.frames()]
        view.setParent(None)
        view.resize(*COLUMN)
        view.show()
        settle(2)
        posts = [pane.open.post]  # type: ignore[union-attr]

        def key(number: int) -> None:
            text = posts[-1].text
            posts.append(replace(posts[-1], text=text[:AT] + ("a" if number % 6 else " ") + text[AT:]))
            view.show_post(posts[-1], accounts)

        found = {**series(int(count), key), "seen": seen(view)}
        view.close()
        return found


def series(count: int, key: Callable[[int], object]) -> dict[str, object]:
    """Milliseconds, and those of them that this process had a processor."""
    spent, burned = [], []
    for number in range(count + WARM):
        start, before = time.perf_counter(), time.process_time()
        key(number)
        flush()
        spent.append(1000 * (time.perf_counter() - start))
        burned.append(1000 * (time.process_time() - before))
        if number % 10 == 9:
            settle(0.1)  # a person pauses too, and autosave runs then
    return {"milliseconds": spent[WARM:], "processor": burned[WARM:]}


def seen(view: PreviewView) -> int:
    """How many cards are on the screen."""
    return sum(not frame.canvas.visibleRegion().isEmpty() for frame in view.frames())


def switch(folder: str, count: str) -> dict[str, object]:
    """Milliseconds until another surface of a card is painted, and until another platform stands alone."""
    with opened(Path(folder)) as pane:
        view = pane.preview
        surfaces = []
        for _ in range(int(count)):
            for frame in view.frames():
                view._current = frame.account.id
                surfaces.append(timed(view.next_surface))
        view.choose(scope="one")
        settle(0.2)
        accounts = [frame.account for frame in pane.preview._frames.values()]
        alone = []
        for _ in range(int(count)):
            for account in accounts:
                alone.append(timed(partial(view.show_post, view.post, tuple(accounts), account.id)))
        return {"surface": surfaces, "platform": alone}


def timed(act: Callable[[], object]) -> float:
    """Milliseconds until it is done and painted."""
    start = time.perf_counter()
    act()
    flush()
    spent = 1000 * (time.perf_counter() - start)
    settle(0.02)
    return spent


def grow(folder: str, count: str) -> dict[str, object]:
    """Megabytes that came between a tenth of the edits and all of them."""
    from studio.ui.preview.scaled import KEEP_BYTES

    with opened(Path(folder)) as pane:
        view, accounts = pane.preview, [frame.account for frame in pane.preview.frames()]
        post = pane.open.post  # type: ignore[union-attr]
        first = 0.0
        for number in range(int(count)):
            post = edited(post, number)
            view.show_post(post, accounts)
            if number % 5 == 0:
                flush()
            if number == int(count) // 10:
                first = resident()
        return {"megabytes": resident() - first, "at_most": KEEP_BYTES / 1e6, "edits": int(count)}


def edited(post: Post, number: int) -> Post:
    """A letter more, from time to time all of them gone again."""
    text = post.text[:AT] + "abcdef "[number % 7] + post.text[AT:]
    return replace(post, text=text if number % 400 else text[:AT])


def resident() -> float:
    """Megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


# without a window --------------------------------------------------------------------------------------------------


def every(desk: Desk, post: Post) -> Iterator[tuple[Any, Any]]:
    """Each surface's view and account."""
    for platform in desk.previews.platforms():
        account = desk.previews.stand_in(platform)
        for surface in desk.previews.surfaces(platform):
            yield desk.previews.view(platform, surface.id), account


def files(folder: str) -> dict[str, object]:
    """Seconds for all of them, the thumbnails of the pictures made before; how many there are."""
    from studio.services.desk import Desk
    from studio.ui.preview.offscreen import easel, write_png

    desk = Desk.open(Path(folder))
    post = desk.posts.get(desk.posts.list()[0].id)
    made = easel(desk, "en")
    wanted = list(every(desk, post))
    made.paint(post, made.card(post, wanted[0][1], wanted[0][0]))  # thumbnails
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        for number, (view, account) in enumerate(wanted):
            write_png(made.paint(post, made.card(post, account, view)), Path(out) / f"{number}.png")
        spent = time.perf_counter() - start
    desk.close()
    return {"seconds": spent, "count": len(wanted)}


def pillow(folder: str) -> dict[str, object]:
    """The peer: words and pictures alone, no icons, no round corners, in one face."""
    from PIL import Image, ImageDraw, ImageFont

    from studio.services.desk import Desk
    from studio.ui.preview.offscreen import easel

    desk = Desk.open(Path(folder))
    post = desk.posts.get(desk.posts.list()[0].id)
    cards = [easel(desk, "en").card(post, account, view) for view, account in every(desk, post)]
    face = next(Path("assets/fonts").glob("NotoSansSC*Regular*"), None)
    fonts: dict[int, Any] = {}
    pictures = {m.media: Image.open(desk.library.thumbnail(m.media, 960)).convert("RGB") for m in post.media}
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        for number, card in enumerate(cards):
            image = Image.new("RGB", (round(card.width), round(card.height)), "white")
            draw = ImageDraw.Draw(image)
            for box in card.boxes:
                place = (round(box.x), round(box.y), max(1, round(box.w)), max(1, round(box.h)))
                if box.media in pictures:
                    whole = pictures[box.media]
                    x, y, w, h = box.crop or (0.0, 0.0, 1.0, 1.0)
                    part = (x * whole.width, y * whole.height, (x + w) * whole.width, (y + h) * whole.height)
                    image.paste(whole.resize(place[2:], Image.Resampling.BILINEAR, part), place[:2])
                elif box.text and box.font is not None:
                    size = round(box.font.size)
                    if size not in fonts:
                        fonts[size] = ImageFont.truetype(str(face), size) if face else ImageFont.load_default(size)
                    for row, line in enumerate(box.lines):
                        at = (box.x, box.y + row * box.font.line)
                        draw.text(at, box.text[line.start : line.end].strip(), "black", fonts[size])
            image.save(Path(out) / f"{number}.png", compress_level=1)
        spent = time.perf_counter() - start
    desk.close()
    return {"seconds": spent, "count": len(cards)}


def html(count: str) -> dict[str, object]:
    """The peer: six text browsers with the same words in a page, set anew with each key; no pictures."""
    from PySide6.QtWidgets import QApplication, QHBoxLayout, QTextBrowser, QWidget

    from benchmarks import workspace

    app = QApplication(["benchmarks"])
    window, row, pages = QWidget(), QHBoxLayout(), [QTextBrowser() for _ in SIX]
    for page in pages:
        row.addWidget(page)
    window.setLayout(row)
    window.resize(*COLUMN)
    window.show()
    settle(0.3)
    words, spent = workspace.text(random.Random(5), CHARACTERS)[:CHARACTERS], []
    for number in range(int(count) + WARM):
        words = words[:AT] + ("a" if number % 6 else " ") + words[AT:]
        start = time.perf_counter()
        for page in pages:
            page.setHtml(f"<h4>Mill</h4><p style='font-size:15px'>{words}</p><p>Like Comment Share</p>")
        flush()
        spent.append(1000 * (time.perf_counter() - start))
    window.close()
    del app
    return {"milliseconds": spent[WARM:]}


# waiting -----------------------------------------------------------------------------------------------------------


def until(condition: Callable[[], bool], patience: float = 60.0) -> None:
    """Run the event loop until the condition holds; RuntimeError after a while."""
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + patience
    while not condition():
        QCoreApplication.processEvents()
        if time.monotonic() > end:
            raise RuntimeError("it never came")


def flush() -> None:
    """Everything that was asked to be painted is painted."""
    from PySide6.QtCore import QCoreApplication

    QCoreApplication.processEvents()
    QCoreApplication.processEvents()


def settle(seconds: float) -> None:
    """Run the event loop for a while."""
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() >= end)


if __name__ == "__main__":
    what: dict[str, Callable[..., dict[str, object]]] = {
        "keys": keys, "alone": alone, "switch": switch, "grow": grow, "files": files, "pillow": pillow, "html": html}
    print(json.dumps(what[sys.argv[1]](*sys.argv[2:])), flush=True)
    os._exit(0)
