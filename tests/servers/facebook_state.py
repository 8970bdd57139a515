"""What a page has: staged photos, posts, what waits for its time, comments, videos and reels.

FB-POSTS, FB-PAGE, FB-PHOTOS, FB-REELS, FB-VIDOLD: Meta's pages of those names; FB-SDK: the official SDK; read
2026-11-22. contract-choice: a rule that was found without a code, or a code that is ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.servers.facebook_doors import Doors, Page, Wrong, no_such

LONGEST = 63_206  # third party
ATTACHED = 10  # third party
PHOTO_BYTES = 4 << 20  # third party, live error 1366046 (FB-PHOTOS says 10 MB)
STAGED_FOR = timedelta(hours=24)  # FB-PHOTOS
SOONEST, FARTHEST = timedelta(minutes=10), timedelta(days=75)  # FB-PAGE
MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(slots=True)
class Photo:
    id: str
    page: str
    made: datetime
    alt: str
    published: bool
    temporary: bool
    bytes: int
    used: str = ""


@dataclass(slots=True)
class Post:
    """at: when it shall be seen, None for at once. video: its id where it is one. hand: a person posted it there."""

    id: str
    page: str
    message: str
    made: datetime
    link: str = ""
    photos: tuple[str, ...] = ()
    at: datetime | None = None
    published: bool = True
    video: str = ""
    seen_from: datetime | None = None  # list_lag: not in listings before


@dataclass(slots=True)
class Comment:
    id: str
    object: str
    author: str
    name: str
    message: str
    made: datetime
    parent: str = ""


@dataclass(slots=True)
class Video:
    """received: bytes there. finished: when its finish was asked for. reel: sent to /video_reels."""

    id: str
    page: str
    size: int
    reel: bool
    session: str = ""
    body: bytearray = field(default_factory=bytearray)
    finished: datetime | None = None
    title: str = ""
    description: str = ""
    at: datetime | None = None
    post: str = ""

    @property
    def received(self) -> int:
        return len(self.body)


class State(Doors):
    """How it behaves:

    slow         seconds that a video is processed
    processing   "ok", "fail" (it ends in an error) or "never"
    lag          seconds that a new post is missing from listings
    piece        bytes that one transfer is asked for
    other_time   True: scheduled posts get another time than was asked
    """

    def __init__(self, now: Any) -> None:
        super().__init__(now)
        self.slow, self.lag, self.piece, self.processing, self.other_time = 0.0, 0.0, 1 << 20, "ok", False
        self.photos: dict[str, Photo] = {}
        self.posts: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        self.videos: dict[str, Video] = {}

    # photos ------------------------------------------------------------------------------------------------------

    def stage(self, page: Page, given: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """FB-PHOTOS: POST /{page}/photos."""
        if not body:
            raise Wrong(100, "(#100) The parameter url or source is required")
        if not body.startswith(MAGIC) or len(body) > PHOTO_BYTES:
            if not body.startswith((*MAGIC, b"GIF8", b"BM", b"II*\x00")):
                raise Wrong(324, "Missing or invalid image file")
            raise Wrong(100, "Invalid image", 1366046, told=(
                "Your photos couldn't be uploaded. Photos should be smaller than 4 MB and saved as JPG or PNG files."))
        published = flag(given.get("published"), True)
        temporary = flag(given.get("temporary"), False)
        if temporary and published:
            raise Wrong(100, "(#100) temporary needs published to be false")
        photo = Photo(self.new_id(), page.id, self.now(), given.get("alt_text_custom", ""), published, temporary,
                      len(body))
        self.photos[photo.id] = photo
        if not published:
            return {"id": photo.id}
        post = self.publish(page, given.get("caption", ""), photos=(photo.id,))
        photo.used = post.id
        return {"id": photo.id, "post_id": post.id}

    def photo(self, id: str) -> Photo | None:
        found = self.photos.get(id)
        if found and not found.used and self.now() - found.made > STAGED_FOR:
            del self.photos[id]
            return None
        return found

    # posts -------------------------------------------------------------------------------------------------------

    def publish(self, page: Page, message: str, **more: Any) -> Post:
        made = Post(f"{page.id}_{self.new_id()}", page.id, message, self.now(), **more)
        made.seen_from = self.now() + timedelta(seconds=self.lag)
        self.posts[made.id] = made
        return made

    def by_hand(self, page: Page, message: str, at: datetime | None = None) -> Post:
        """As a person posts it on the site."""
        made = self.publish(page, message)
        made.made = at or self.now()
        made.seen_from = None
        return made

    def feed(self, page: Page, given: Mapping[str, str]) -> Post:
        """FB-POSTS, FB-PAGE: POST /{page}/feed."""
        message, link = given.get("message", ""), given.get("link", "")
        at = self._time(given)
        attached = self._attached(page, given, at is not None)
        if not (message or link or attached):
            raise Wrong(100, "(#100) either link or message must be supplied")
        if len(message.encode("utf-16-le")) // 2 > LONGEST:
            raise Wrong(100, "Name parameter too long")  # third party; the code is contract-choice
        if link and not link.startswith(("http://", "https://")):
            raise Wrong(100, "Invalid parameter", 2061006)
        self._not_twice(page, message, at)
        post = self.publish(page, message, link=link, photos=tuple(p.id for p in attached))
        if at is not None:
            post.at, post.published = at + timedelta(hours=self.other_time), False
        for photo in attached:
            photo.used = post.id
        return post

    def _time(self, given: Mapping[str, str]) -> datetime | None:
        """FB-PAGE: 10 minutes to 75 days ahead, with published=false; the code is contract-choice."""
        text = given.get("scheduled_publish_time", "")
        if not text:
            if not flag(given.get("published"), True):
                raise Wrong(100, "(#100) scheduled_publish_time is missing")  # drafts are not kept here
            return None
        if flag(given.get("published"), True):
            raise Wrong(100, "(#100) You cannot specify a scheduled publish time on a published post")
        return self.window(text)

    def window(self, text: str) -> datetime:
        at = datetime.fromtimestamp(int(text), UTC)
        if not SOONEST <= at - self.now() <= FARTHEST:
            raise Wrong(100, "(#100) The specified scheduled publish time is invalid.")
        return at

    def _attached(self, page: Page, given: Mapping[str, str], later: bool) -> list[Photo]:
        """FB-POSTS: JSON, or attached_media[0]={"media_fbid": ...}. 14.1: unknown or used ones are refused."""
        raw = json.loads(given.get("attached_media") or "[]")
        raw += [json.loads(value) for name, value in given.items() if name.startswith("attached_media[")]
        ids = [str(each["media_fbid"]) for each in raw]
        if len(ids) > ATTACHED:
            raise Wrong(100, "(#100) Too many attached media")  # contract-choice
        return [self._unused(page, id, later) for id in ids]

    def _unused(self, page: Page, id: str, later: bool) -> Photo:
        photo = self.photo(id)
        if photo is None or photo.page != page.id:
            raise Wrong(100, f"(#100) attached_media: {id} is not a photo of this page")  # contract-choice
        if photo.used:
            raise Wrong(100, "Photos already posted", 1366051, told="These photos were already posted.")
        if later and not photo.temporary:  # FB-PHOTOS: must be true for a scheduled post
            raise Wrong(100, "(#100) Photos of a scheduled post must be temporary")
        return photo

    def _not_twice(self, page: Page, message: str, at: datetime | None) -> None:
        """Third party: compared with the last post only."""
        last = next((p for p in self.of(page.id, lagging=True)), None)
        if at is None and message and last is not None and last.message == message:
            raise Wrong(506, "Duplicate status message", 1455006, told=(
                "This status update is identical to the last one you posted. Try posting something different, or "
                "delete your previous update."))

    def of(self, page: str, lagging: bool = False) -> list[Post]:
        """What people can see on it, the newest first. lagging: with what is not listed yet."""
        now = self.now()
        found = [
            p for p in self.posts.values()
            if p.page == page and p.published and (lagging or p.seen_from is None or p.seen_from <= now)
        ]
        return sorted(found, key=lambda p: (p.made, p.id), reverse=True)

    def waiting(self, page: str) -> list[Post]:
        return [p for p in self.posts.values() if p.page == page and not p.published and p.at is not None]

    def tick(self) -> None:
        """What waited for now is seen; what was processed gets its post."""
        for post in self.posts.values():
            if not post.published and post.at is not None and post.at <= self.now():
                post.published, post.made, post.seen_from = True, post.at, None
        for video in self.videos.values():
            if self.live(video) and not video.post and not video.reel:
                page = self.pages[video.page]
                video.post = self.publish(page, video.description, video=video.id).id

    def changed(self, id: str, given: Mapping[str, str]) -> None:
        """POST /{post} or /{video}. FB-POSTS, FB-SDK (scheduled_publish_time)."""
        post, video = self.posts.get(id), self.videos.get(id)
        if given.get("scheduled_publish_time"):
            if post is not None and not post.published:
                post.at = self.window(given["scheduled_publish_time"])
                return
            if video is not None and video.at is not None and not self.live(video):
                video.at = self.window(given["scheduled_publish_time"])
                return
            raise Wrong(100, "(#100) This post is not scheduled")  # contract-choice
        if post is None:
            raise no_such(id)
        post.message = given.get("message", post.message)

    def delete(self, id: str) -> None:
        """FB-POSTS: DELETE; a live post goes the same way."""
        kinds: tuple[dict[str, Any], ...] = (self.posts, self.videos, self.photos, self.comments)
        found = next((kind for kind in kinds if id in kind), None)
        if found is None:
            raise no_such(id)
        del found[id]

    # comments ----------------------------------------------------------------------------------------------------

    def comment(self, object: str, author: str, name: str, message: str) -> Comment:
        """FB-SDK: POST /{object}/comments; the id is <post>_<comment>."""
        if not message.strip():
            raise Wrong(100, "(#100) message or attachment is required")
        parent = object if object in self.comments else ""
        root = self.comments[object].object if parent else object
        made = Comment(f"{root.rpartition('_')[2]}_{self.new_id()}", root, author, name, message, self.now(), parent)
        self.comments[made.id] = made
        return made

    def below(self, object: str) -> list[Comment]:
        """Oldest first, answers among them (filter=stream)."""
        found = [c for c in self.comments.values() if object in (c.object, c.parent)]
        return sorted(found, key=lambda c: (c.made, c.id))

    # videos ------------------------------------------------------------------------------------------------------

    def live(self, video: Video) -> bool:
        """Processed, and its time has come."""
        return self.phase(video) == "complete" and (video.at is None or video.at <= self.now())

    def phase(self, video: Video) -> str:
        """Of its processing."""
        if video.finished is None:
            return "not_started"
        if self.processing == "never" or self.now() < video.finished + timedelta(seconds=self.slow):
            return "in_progress"
        return "error" if self.processing == "fail" else "complete"


def flag(text: str | None, otherwise: bool) -> bool:
    return otherwise if text in (None, "") else str(text).lower() in ("true", "1")
