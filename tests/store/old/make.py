"""Makes this version's small database, `python -m tests.store.old.make`: run once when a revision is released.

It is never made again: the test that opens it must see what that version really wrote.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from studio.core.asset import Asset, Probe
from studio.core.delivery import Compared, Delivery, Proof, State, Step
from studio.core.finding import error
from studio.core.post import Account, Media, Override, Post
from studio.core.review import Place, Remark
from studio.core.timeline import Clip, Gap, Source, Timeline, Track
from studio.core.title import Title
from studio.store.migrate import HEAD
from studio.store.workspace import NAME, Workspace

AT = datetime(2026, 11, 23, 8, 30, 0, 123456, tzinfo=UTC)
PICTURE, CLIP = "c" * 64, "d" * 64


def posts() -> tuple[Post, ...]:
    """A full one, an empty one and a plain one."""
    media = (
        Media(PICTURE, "image", "咖啡.jpg", 1200, 800, None, "一杯咖啡", (0.5, 0.25)),
        Media(CLIP, "video", "clip.mp4", 1080, 1920, Fraction(1001, 30000), keep_metadata=True),
    )
    spring = Post(
        id="spring", title="春天的咖啡", text="第一行\n\ud83c 第二行 https://example.com", media=media,
        link="https://example.com", tags=("咖啡", "spring"), language="zh_CN",
        overrides={"bluesky": Override(text="Coffee", base="0123456789abcdef")},
        options={"bluesky": {"langs": ["zh"]}}, accounts=("a1",), created=AT, updated=AT,
    )
    return spring, Post(id="empty", created=AT, updated=AT), Post(id="plain", title="Plain", created=AT, updated=AT)


def video() -> Timeline:
    """A film from the library with a title over it."""
    film = Source("film", "", "video", "clip.mp4", CLIP, CLIP, 1080, 1920, Fraction(12), Fraction(30000, 1001), True)
    timeline = Timeline("walk", name="散步", sources={"film": film}, rate=Fraction(30000, 1001), tracks=(
        Track("m", "main", (Clip("c1", Fraction(2), source="film", start=Fraction(1, 3)),)),
        Track("t", "titles", (Gap(Fraction(1, 2)), Clip("t1", Fraction(1), "title", title=Title("三点前")))),
    ))
    return timeline


def remarks() -> tuple[Remark, ...]:
    """An open one at a point of the picture, and a verdict that is settled."""
    feed = Place("a1", "bluesky", "feed", "dark", "0123456789abcdef")
    return (
        Remark("r1", "spring", feed, "李雷", "<b>杯子</b> 再亮一点", "", (0.25, 0.5), AT),
        Remark("r2", "spring", feed, "Ana", "", "approved", None, AT + timedelta(1), AT + timedelta(2)),
    )


def fill(workspace: Workspace) -> None:
    for post in posts():
        workspace.posts.save(post)
    workspace.posts.save(posts()[0])
    workspace.accounts.save(Account("a1", "bluesky", "api", "一稿", "yi.test", "", {"did": "did:plc:x"}, AT))
    workspace.accounts.set_health("a1", AT, [error("login.expired", "account")])
    probe = Probe("image", "image/jpeg", ".jpg", 1200, 800, 6, has_location=True, mode="RGB")
    workspace.assets.save(Asset(PICTURE, "咖啡.jpg", 12345, probe, "一杯咖啡", ("食物",), AT))
    workspace.videos.save(video())
    workspace.remarks.put(remarks())
    workspace.settings.set("theme", "dark")
    workspace.settings.set("view:split", [1, 2])
    deliver(workspace)


def deliver(workspace: Workspace) -> None:
    add, move = workspace.deliveries.add, workspace.deliveries.move
    one = add(Delivery("d1", "spring", "a1", "bluesky", State.DUE, AT, "Asia/Shanghai", created=AT, updated=AT))
    move(one.id, State.DUE, State.PREPARING, owner="1@host:1")
    workspace.journal.append(Step(one.id, "commit", "begun", AT, {"rkey": "3k"}))
    move(one.id, State.PREPARING, State.STAGING, plan={"rkey": "3k"})
    move(one.id, State.STAGING, State.COMMITTING)
    proof = Proof("https://example.com/1", AT, (Compared("text", "Coffee", "Coffee"),))
    move(one.id, State.COMMITTING, State.PUBLISHED, proof=proof, url=proof.url, owner="")
    lost = (error("delivery.unconfirmed"),)
    add(Delivery("d2", "plain", "a1", "bluesky", State.UNCONFIRMED, AT + timedelta(1), error=lost))
    add(Delivery("d3", "plain", "a1", "bluesky", State.SCHEDULED, AT + timedelta(2)))


def main() -> int:
    place = Path(__file__).parent / f"{HEAD}.db"
    if place.exists():
        print(f"{place.name} is there already; a released one is never made again.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        with Workspace.open(Path(folder)) as workspace:
            fill(workspace)
        with closing(sqlite3.connect(Path(folder) / NAME)) as source, closing(sqlite3.connect(place)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            target.execute("VACUUM")
    return 0


if __name__ == "__main__":
    sys.exit(main())
