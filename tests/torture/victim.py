"""A studio that types, imports and publishes without a pause until it is killed.

python -m tests.torture.victim begin WORKSPACE PDS_URL     logs in (fields on standard input), makes the draft
python -m tests.torture.victim live WORKSPACE ROUND        works until it is killed
python -m tests.torture.victim recover WORKSPACE           what the next start does, then ends

Everything goes through the services, as it does for the window and the commands.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from studio.core.words import N
from studio.services.desk import Desk

DRAFT = "the draft that is typed"
PICTURE = Path(__file__).resolve().parent.parent.parent / "assets" / "samples" / "cafe.jpg"
BETWEEN_KEYS = 0.004  # seconds; far faster than a person


def pictures(folder: Path, round: str) -> Iterator[Path]:
    """Endless JPEG files that differ in a comment segment."""
    plain = PICTURE.read_bytes()
    folder.mkdir(exist_ok=True)
    for number in itertools.count():
        comment = f"{round}-{number}".encode()
        path = folder / f"{round}-{number}.jpg"
        path.write_bytes(plain[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + plain[2:])
        yield path


def begin(desk: Desk, url: str) -> None:
    """An account at the real server, and the draft."""
    account = desk.accounts.add("bluesky", json.load(sys.stdin), api_base=url)
    desk.posts.create(title=DRAFT, text="0 ", accounts=(account.id,))


def type_on(desk: Desk, log: Path) -> None:
    """Count upwards in the draft; what was typed is logged after the edit, with the moment."""
    session = desk.session(desk.posts.list(DRAFT)[0].id)
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    filler = "打字 typing " * 200
    for number in itertools.count(int(session.document.text.split()[0]) + 1):
        text = f"{number} {filler}"
        session.edit(N("Undo", "Typing"), lambda post, text=text: replace(post, text=text), merge="text")
        os.write(handle, f"{time.monotonic()} {number}\n".encode())
        time.sleep(BETWEEN_KEYS)


def import_on(desk: Desk, files: Iterator[Path]) -> None:
    """Take one picture after the other into the library."""
    for path in files:
        desk.library.add([path])
        path.unlink()


def publish_on(desk: Desk, files: Iterator[Path], round: str) -> None:
    """Publish one new post with a picture after the other."""
    account = next(each for each in desk.accounts.list() if each.api_base)
    for number, path in enumerate(files):
        asset = desk.library.add([path])[0].asset
        assert asset is not None
        post = desk.posts.create(text=f"torture {round}-{number} 发布", media=(replace(asset.as_media(), alt="A cup"),))
        desk.publishing.publish(post.id, account.id)


def live(desk: Desk, round: str) -> None:
    """Recover as every start does, then do all three at once."""
    desk.publishing.run_due()
    inbox = desk.folder.parent
    works = (
        lambda: import_on(desk, pictures(inbox / "import", f"i{round}")),
        lambda: publish_on(desk, pictures(inbox / "publish", f"p{round}"), round),
    )
    for work in works:
        threading.Thread(target=work, daemon=True).start()
    print("ready", flush=True)
    type_on(desk, inbox / "typed.log")


def main(what: str, folder: str, *rest: str) -> None:
    """Open as the window does, and do `what`."""
    desk = Desk.open(Path(folder), window=True)
    assert not desk.read_only, desk.why
    if what == "begin":
        begin(desk, *rest)
    elif what == "live":
        live(desk, *rest)
    else:
        desk.publishing.run_due()
    desk.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
