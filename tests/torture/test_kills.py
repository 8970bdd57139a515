"""kill -9 at random moments while typing, importing and publishing to a real server; then look for damage.

`make torture` does it 200 times; `--kills=N` sets another number.
"""

from __future__ import annotations

import collections
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio.core.delivery import State
from studio.services.desk import Desk
from tests.servers.pds import Account, Pds
from tests.torture.keychain import PLACE
from tests.torture.victim import DRAFT

ROOT = Path(__file__).resolve().parent.parent.parent
LIVES = 3.5  # seconds; the longest that a victim works before it is killed
DIES_STARTING = 0.15  # share of the kills that hit a start
AUTOSAVE = 1.0  # seconds; what was typed longer ago must be there
BESIDE_OTHERS = 2.0  # seconds; the same, where the other half of the tests has the machine as well
MANY = 100  # kills; from so many on the torture runs by itself


class Studio:
    """The workspace under torture, and what is known to be in it."""

    def __init__(self, folder: Path, pds: Pds) -> None:
        self.folder, self.pds = folder, pds
        self.workspace = folder / "workspace"
        self.account: Account = pds.create_account()
        self.whole: set[str] = set()  # assets found whole
        self.saved = 0  # the last number found in the draft
        self.edits = 0
        login = json.dumps({"identifier": self.account.handle, "password": self.account.app_password})
        self.run("begin", pds.url, standard_input=login)

    def start(
        self, what: str, *rest: str, stdin: int | None = None, stdout: int | None = None
    ) -> subprocess.Popen[str]:
        backend = {"PYTHON_KEYRING_BACKEND": "tests.torture.keychain.Keychain", PLACE: str(self.folder / "keychain")}
        command = [sys.executable, "-m", "tests.torture.victim", what, str(self.workspace), *rest]
        environment = {**os.environ, **backend}
        return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdin=stdin, stdout=stdout)

    def run(self, what: str, *rest: str, standard_input: str = "") -> None:
        with self.start(what, *rest, stdin=subprocess.PIPE) as process:
            process.communicate(standard_input)
        assert process.returncode == 0

    def kill_once(self, number: int, chance: random.Random) -> float:
        """One life and its end; the moment of death on the monotonic clock."""
        self.log.unlink(missing_ok=True)
        with self.start("live", str(number), stdout=subprocess.PIPE) as victim:
            assert victim.stdout is not None
            if chance.random() >= DIES_STARTING:
                assert victim.stdout.readline() == "ready\n", f"the victim of round {number} did not start"
            time.sleep(chance.uniform(0, LIVES))
            assert victim.poll() is None, f"the victim of round {number} ended by itself"
            moment = time.monotonic()
            victim.kill()
        return moment

    @property
    def log(self) -> Path:
        """What the victim typed in its last life."""
        return self.folder / "typed.log"

    def typed(self, until: float) -> int:
        """The last number that was typed before a moment of the last life."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.edits += len(lines)
        parts = (line.split() for line in lines)
        return max((int(number) for moment, number in parts if float(moment) <= until), default=self.saved)

    def damage(self, died: float, saved_within: float) -> list[str]:
        """What is wrong after a death."""
        desk = Desk.open(self.workspace)
        try:
            found = [f"damaged workspace: {each.code}" for each in desk.workspace.check()]
            before, self.saved = self.typed(died - saved_within), self.draft(desk)
            if self.saved < before:
                found.append(f"lost edits: {before} was typed {saved_within} s before, {self.saved} is kept")
            return found + self.broken_assets(desk) + self.broken_files()
        finally:
            desk.close()

    def draft(self, desk: Desk) -> int:
        """The number that the saved draft holds."""
        return int(desk.posts.get(desk.posts.list(DRAFT)[0].id).text.split()[0])

    def broken_assets(self, desk: Desk) -> list[str]:
        """Rows of the library whose original is missing or not what it was."""
        rows = [asset for asset in desk.library.list() if asset.id not in self.whole]
        broken = [asset for asset in rows if desk.library.check(asset.id)]
        self.whole |= {asset.id for asset in rows} - {asset.id for asset in broken}
        return [f"half an asset: {asset.name}" for asset in broken]

    def broken_files(self) -> list[str]:
        """Files under their final name that do not hold what the name says."""
        found = []
        for path in (self.workspace / "media").glob("[0-9a-f][0-9a-f]/*"):
            if path.stem not in self.whole and hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
                found.append(f"half a file: {path.name}")
        return found

    def thumbnails(self) -> list[str]:
        """Thumbnails that cannot be decoded."""
        from PIL import Image

        found = []
        for path in (self.workspace / "cache" / "thumbs").glob("[0-9]*/*/*"):
            try:
                with Image.open(path) as picture:
                    picture.load()
            except OSError:
                found.append(f"half a thumbnail: {path.name}")
        return found

    def doubles(self) -> list[str]:
        """Posts that are on the server more than once, or of which we claim what is not so.

        "Unconfirmed" claims nothing: a start that was killed while it looked leaves that to the person.
        """
        there = collections.Counter(str(record["value"]["text"]) for record in self.pds.records(self.account.did))
        found = [f"{count} times on the server: {text}" for text, count in there.items() if count > 1]
        desk = Desk.open(self.workspace)
        try:
            for delivery in desk.publishing.list():
                text = desk.posts.get(delivery.post).text
                claimed = delivery.state is State.PUBLISHED
                if delivery.state is not State.UNCONFIRMED and claimed != (there[text] == 1):
                    found.append(f"{delivery.state} and {there[text]} times on the server: {text}")
        finally:
            desk.close()
        return found


def test_kills_leave_no_damage(pds: Pds, tmp_path: Path, request: pytest.FixtureRequest):
    kills = int(request.config.getoption("--kills"))
    seed = int(request.config.getoption("--kill-seed") or random.randrange(1_000_000))
    print(f"the moments come from --kill-seed={seed}")
    studio, chance = Studio(tmp_path, pds), random.Random(seed)
    saved_within = AUTOSAVE if kills >= MANY else BESIDE_OTHERS
    for number in range(kills):
        died = studio.kill_once(number, chance)
        assert studio.damage(died, saved_within) == [], f"after kill {number}, seed {seed}"
        if (number + 1) % 20 == 0:
            print(f"{number + 1} kills, no damage", flush=True)
    studio.run("recover")
    assert studio.thumbnails() + studio.doubles() == [], f"seed {seed}"
    published = len(pds.records(studio.account.did))
    print(f"{kills} kills: {studio.edits} edits, {len(studio.whole)} imports, {published} posts published, no damage")
    assert published and studio.whole and studio.edits
