"""What a Mastodon server knows: people, applications, files, statuses, what waits for its time, and keys.

Each rule names where it was read. SRC: Mastodon source, August 2026; DOC: Mastodon documentation, July 2026.
Errors carry the server's own words (config/locales/en.yml).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.servers.mastodon_doors import Doors, Person, Wrong
from tests.servers.mastodon_text import counted, dressed

# SRC: MediaAttachment IMAGE_MIME_TYPES, VIDEO_MIME_TYPES, AUDIO_MIME_TYPES
IMAGES = ("image/jpeg", "image/png", "image/gif", "image/heic", "image/heif", "image/webp", "image/avif")
VIDEOS = ("video/webm", "video/mp4", "video/quicktime", "video/ogg")
AUDIO = ("audio/mpeg", "audio/mp3", "audio/ogg", "audio/wav", "audio/flac", "audio/aac", "audio/mp4")
VISIBILITIES = ("public", "unlisted", "private", "direct")
SOON = timedelta(minutes=5)  # SRC: PostStatusService::MIN_SCHEDULE_OFFSET
KEY_LASTS = timedelta(seconds=3600)  # SRC: PostStatusService, redis.setex(idempotency_key, 3_600, ...)
TOTAL, DAILY = 300, 25  # SRC: ScheduledStatus TOTAL_LIMIT, DAILY_LIMIT


@dataclass(slots=True)
class File:
    """ready: when its processing is done; failed: it never will be."""

    id: str
    owner: str
    mime: str
    body: bytes
    description: str
    focus: tuple[float, float] | None
    width: int
    height: int
    ready: datetime
    failed: bool = False
    status: str = ""


@dataclass(slots=True)
class Status:
    """boosts, likes: by others."""

    id: str
    owner: Person
    made: datetime
    params: dict[str, Any]
    files: list[File] = field(default_factory=list)
    boosts: int = 0
    likes: int = 0


@dataclass(slots=True)
class Scheduled:
    id: str
    owner: Person
    at: datetime
    params: dict[str, Any]
    files: list[File] = field(default_factory=list)


class State(Doors):
    """One server. now: its clock, UTC; characters, files: what its people may post.

    Differences of versions and of other software:
      replay_500         a repeat with a key fails although the first is there (4.6.0 to 4.6.5; issue 40399)
      ignores_keys       Idempotency-Key is not looked at (seen on other software)
      soon_is_now        less than five minutes ahead is published at once (sources before 4.4; some forks)
      form_drops_files   form-encoded media_ids[] are dropped with a 200 (seen on other software)
      drops_files        files of JSON bodies are dropped with a 200
      slow               seconds that a clip or animation is processed
      processing_fails   it never gets processed
      numbers_as_strings counts are texts (seen on other software)
    """

    def __init__(
        self, url: str, now: Callable[[], datetime], *, version: str = "4.5.2", characters: int = 500, files: int = 4
    ) -> None:
        super().__init__(now)
        self.url, self.version = url, version
        self.characters, self.most_files = characters, files
        self.replay_500 = self.ignores_keys = self.soon_is_now = False
        self.form_drops_files = self.drops_files = self.processing_fails = self.numbers_as_strings = False
        self.slow = 0.0
        self.files: dict[str, File] = {}
        self.statuses: dict[str, Status] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.keys: dict[tuple[str, str], tuple[str, datetime]] = {}

    # files -------------------------------------------------------------------------------------------------------

    def attach(self, owner: Person, mime: str, body: bytes, given: Mapping[str, str]) -> File:
        """POST /api/v2/media. SRC: the kind is found in the bytes, not believed from the header."""
        kind = sniffed(body) or ""
        if kind not in (*IMAGES, *VIDEOS, *AUDIO):
            raise Wrong(422, "Validation failed: File content type is invalid, File is invalid")
        limit = 16_777_216 if kind in IMAGES and kind != "image/gif" else 103_809_024
        if len(body) > limit:
            raise Wrong(422, f"Validation failed: File file size must be less than {limit >> 20} MB")
        if len(given.get("description", "")) > 1500:
            raise Wrong(422, "Validation failed: Description is too long (maximum is 1500 characters)")
        point = tuple(float(part) for part in given["focus"].split(",")) if given.get("focus") else None
        if point is not None and (len(point) != 2 or not all(-1 <= p <= 1 for p in point)):
            raise Wrong(422, "Validation failed: Focus is invalid")
        width, height, stored = self._saved(kind, body)
        later = kind in VIDEOS or kind in AUDIO or kind == "image/gif"
        ready = self.now() + timedelta(seconds=self.slow if later else 0)
        file = File(self.new_id(), owner.id, kind, stored, given.get("description", ""), point, width, height, ready,
                    failed=later and self.processing_fails)
        self.files[file.id] = file
        return file

    @staticmethod
    def _saved(kind: str, body: bytes) -> tuple[int, int, bytes]:
        """SRC: every picture is saved anew without its metadata, at most 8,294,400 pixels; so its bytes differ."""
        if kind not in IMAGES:
            return 640, 360, body
        from PIL import Image

        with Image.open(io.BytesIO(body)) as picture:
            picture.load()
            if (pixels := picture.width * picture.height) > 8_294_400:
                scale = (8_294_400 / pixels) ** 0.5
                picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG" if kind == "image/jpeg" else "PNG")
            return picture.width, picture.height, out.getvalue()

    def file(self, owner: Person, id: str) -> File:
        """SRC: MediaController finds only what no status uses."""
        found = self.files.get(id)
        if found is None or found.owner != owner.id or found.status:
            raise Wrong(404, "Record not found")
        return found

    def processed(self, file: File) -> bool:
        if file.failed:
            raise Wrong(422, "There was an error processing this media")
        return file.ready <= self.now()

    # statuses ----------------------------------------------------------------------------------------------------

    def post(self, owner: Person, given: dict[str, Any], key: str, form: bool) -> Status | Scheduled:
        """POST /api/v1/statuses. SRC: PostStatusService#call, in its order."""
        if (before := self._repeated(owner, given, key)) is not None:
            return before
        if self.drops_files or (form and self.form_drops_files):
            given = {**given, "media_ids": []}
        if (parent := given.get("in_reply_to_id")) and str(parent) not in self.statuses:
            raise Wrong(404, "The post you are trying to reply to does not appear to exist.")
        files = self._files(owner, given)
        given = self._preprocessed(given)
        self._valid(given, files)
        at = given.pop("at", None)
        made = self._keep_for(owner, at, given, files) if at else self.publish(owner, given, files)
        if key and not at:
            self.keys[owner.id, key] = (made.id, self.now())
        return made

    def _repeated(self, owner: Person, given: Mapping[str, Any], key: str) -> Status | None:
        """The first status of this key within the hour; its text is not compared.

        Keys of scheduled ones do nothing: issue 30039, "Idempotency-Key ignored when scheduling a post".
        """
        if not key or self.ignores_keys or given.get("scheduled_at"):
            return None
        id, since = self.keys.get((owner.id, key), ("", self.now()))
        if not id or self.now() - since > KEY_LASTS or id not in self.statuses:
            return None
        if self.replay_500:
            raise Wrong(500, "This page is not correct")
        return self.statuses[id]

    def _files(self, owner: Person, given: Mapping[str, Any]) -> list[File]:
        """SRC: PostStatusService#validate_media!, and its words."""
        ids = [str(id) for id in given.get("media_ids") or []]
        if ids and (len(ids) > self.most_files or given.get("poll")):
            raise Wrong(422, f"Cannot attach more than {self.most_files} files")
        found = [self.files[i] for i in ids if i in self.files and self.files[i].owner == owner.id
                 and not self.files[i].status]  # one that waits with a scheduled post may be taken from it
        if missing := [i for i in ids if i not in {f.id for f in found}]:
            raise Wrong(422, f"Media {', '.join(missing)} not found or already attached to another post")
        if len(found) > 1 and any(f.mime not in IMAGES for f in found):
            raise Wrong(422, "Cannot attach a video to a post that already contains images")
        if any(f.failed or f.ready > self.now() for f in found):
            raise Wrong(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        return found

    def _preprocessed(self, given: dict[str, Any]) -> dict[str, Any]:
        """SRC: #preprocess_attributes!: a lone warning becomes the text; what is past is published at once."""
        made = {
            **given, "status": str(given.get("status") or "").strip(),
            "spoiler_text": str(given.get("spoiler_text") or ""), "visibility": given.get("visibility") or "public",
        }
        if not made["status"] and made["spoiler_text"]:
            made["status"], made["spoiler_text"] = made["spoiler_text"], ""
        at = made.pop("scheduled_at", None)
        if at:
            try:
                when = datetime.fromisoformat(str(at)).astimezone(UTC)
            except ValueError:
                raise Wrong(422, "Validation failed: Scheduled at is invalid") from None
            gone = when <= self.now() + (SOON if self.soon_is_now else timedelta())
            made |= {} if gone else {"at": when}
        return made

    def _valid(self, given: Mapping[str, Any], files: list[File]) -> None:
        """SRC: models Status and Poll with their validators."""
        if not given["status"] and not files:
            raise Wrong(422, "Validation failed: Text can't be blank")
        if given["visibility"] not in VISIBILITIES:
            raise Wrong(422, "Validation failed: Visibility is not included in the list")
        long = len_of(given["spoiler_text"]) + counted(given["status"])
        if long > self.characters:
            raise Wrong(422, f"Validation failed: Text character limit of {self.characters} exceeded")
        if poll := given.get("poll"):
            self._valid_poll(poll)

    @staticmethod
    def _valid_poll(poll: Mapping[str, Any]) -> None:
        """SRC: PollOptionsValidator, PollExpirationValidator."""
        options = [str(o) for o in poll.get("options") or []]
        seconds = int(poll.get("expires_in") or 0)
        wrong = []
        if len(options) < 2:
            wrong.append("Choices must be more than one item")
        if len(options) > 4:
            wrong.append("Choices can't contain more than 4 items")
        if any(len_of(o) > 50 for o in options):
            wrong.append("Choices can't be longer than 50 characters each")
        if len(set(options)) != len(options):
            wrong.append("Choices contain duplicate items")
        if not 300 <= seconds <= 2_629_746:
            wrong.append("The duration is too short or too far into the future")
        if wrong:
            raise Wrong(422, "Validation failed: " + ", ".join(wrong))

    def publish(self, owner: Person, given: dict[str, Any], files: list[File]) -> Status:
        """It is visible from here on."""
        made = Status(self.new_id(), owner, self.now(), given, files)
        self.statuses[made.id] = made
        for file in files:
            file.status = made.id
        return made

    def _keep_for(self, owner: Person, at: datetime, given: dict[str, Any], files: list[File]) -> Scheduled:
        self._may_wait(owner, at)
        made = Scheduled(self.new_id(), owner, at, given, files)
        for other in self.scheduled.values():
            other.files = [file for file in other.files if file not in files]
        self.scheduled[made.id] = made
        return made

    def _may_wait(self, owner: Person, at: datetime, but: str = "") -> None:
        """SRC: the validations of ScheduledStatus, and their words."""
        if at <= self.now() + SOON:
            raise Wrong(422, "Validation failed: Scheduled at date must be in the future")
        mine = [s for s in self.scheduled.values() if s.owner is owner and s.id != but]
        if len(mine) >= TOTAL:
            raise Wrong(422, f"Validation failed: You have exceeded the limit of {TOTAL} scheduled posts")
        if sum(s.at.date() == at.date() for s in mine) >= DAILY:
            raise Wrong(422, f"Validation failed: You have exceeded the limit of {DAILY} scheduled posts for today")

    def waiting(self, owner: Person, id: str) -> Scheduled:
        found = self.scheduled.get(id)
        if found is None or found.owner is not owner:
            raise Wrong(404, "Record not found")
        return found

    def move(self, owner: Person, id: str, at: str) -> Scheduled:
        """PUT /api/v1/scheduled_statuses/:id."""
        found, when = self.waiting(owner, id), datetime.fromisoformat(at).astimezone(UTC)
        self._may_wait(owner, when, id)
        found.at = when
        return found

    def forget(self, owner: Person, id: str) -> None:
        """DELETE /api/v1/scheduled_statuses/:id. SRC: its files are free again (dependent: :nullify)."""
        del self.scheduled[self.waiting(owner, id).id]

    def tick(self) -> None:
        """SRC: PublishScheduledStatusWorker: what is due loses its row and becomes a status with an id of its own."""
        for waiting in [s for s in self.scheduled.values() if s.at <= self.now()]:
            del self.scheduled[waiting.id]
            self.publish(waiting.owner, waiting.params, waiting.files)

    def of(self, person: str) -> Iterator[Status]:
        """A person's statuses, the newest first."""
        newest = sorted(self.statuses.values(), key=lambda s: int(s.id), reverse=True)
        return (s for s in newest if s.owner.id == person)

    def answers(self, id: str) -> list[Status]:
        """Those to one status, the oldest first."""
        found = (s for s in self.statuses.values() if str(s.params.get("in_reply_to_id") or "") == id)
        return sorted(found, key=lambda s: int(s.id))

    def below(self, id: str) -> list[Status]:
        """SRC: Status::ThreadingConcern#descendants: depth first, each answer before the answers to it."""
        return [each for answer in self.answers(id) for each in (answer, *self.below(answer.id))]

    def html(self, status: Status) -> str:
        return dressed(status.params["status"], self.url, tuple(p.username for p in self.people.values()))


def len_of(text: str) -> int:
    import regex

    return len(regex.findall(r"\X", text))


def sniffed(body: bytes) -> str | None:
    """The kind by its first bytes."""
    for start, mime in (
        (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"), (b"GIF8", "image/gif"),
        (b"\x1aE\xdf\xa3", "video/webm"),
        (b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"), (b"OggS", "audio/ogg"), (b"fLaC", "audio/flac"),
    ):
        if body.startswith(start):
            return mime
    if body[4:8] == b"ftyp":
        return "video/quicktime" if body[8:10] == b"qt" else "video/mp4"
    return "image/webp" if body[:4] == b"RIFF" and body[8:12] == b"WEBP" else None
