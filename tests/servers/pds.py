"""Starts a real Bluesky PDS (npm `@atproto/pds` with its PLC directory) on loopback.

The modules are installed once per lock and Node version into the user's cache folder, which takes
about two minutes because SQLite is compiled. A start takes some seconds.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import httpx
from filelock import FileLock

from tools.system import node_headers

SOURCE = Path(__file__).parent / "pds_modules"
INSTALLED_FROM = ("package.json", "package-lock.json", ".npmrc")
OLDEST_NODE = 20
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yigao-tests"


class NoPds(Exception):
    """This machine cannot run the PDS; the text says what is missing."""


class Account(NamedTuple):
    """A fresh account: `password` is its main one, `app_password` what an app is given."""

    handle: str
    password: str
    did: str
    app_password: str


class Pds:
    """A running PDS."""

    def __init__(self, url: str, plc_url: str, process: subprocess.Popen[str]) -> None:
        self.url = url
        self.plc_url = plc_url
        self.process = process

    def create_account(self, handle: str = "") -> Account:
        """Make an account with an app password; `handle` ends in `.test`, or is made up when empty."""
        handle = handle or f"u{secrets.token_hex(5)}.test"
        password = secrets.token_urlsafe(12)
        about = {"handle": handle, "email": f"{handle.split('.')[0]}@example.test", "password": password}
        made = self.call("com.atproto.server.createAccount", about)
        app = self.call("com.atproto.server.createAppPassword", {"name": "yigao"}, token=str(made["accessJwt"]))
        return Account(handle, password, str(made["did"]), str(app["password"]))

    def revoke_app_password(self, account: Account) -> None:
        """Take the app password of `account` back, as its owner would."""
        session = self.call(
            "com.atproto.server.createSession", {"identifier": account.handle, "password": account.password}
        )
        self.call("com.atproto.server.revokeAppPassword", {"name": "yigao"}, token=str(session["accessJwt"]))

    def records(self, did: str, collection: str = "app.bsky.feed.post") -> list[dict[str, Any]]:
        """Every record of a collection, newest first, as anyone can read it: uri, cid, value."""
        found: list[dict[str, Any]] = []
        query = {"repo": did, "collection": collection, "limit": "100"}
        while True:
            answer = httpx.get(f"{self.url}/xrpc/com.atproto.repo.listRecords", params=query, timeout=60)
            page = answer.raise_for_status().json()
            found += page["records"]
            if not page["records"] or "cursor" not in page:
                return found
            query["cursor"] = page["cursor"]

    def blob(self, did: str, cid: str) -> bytes:
        """The bytes of a blob, as anyone can read them."""
        answer = httpx.get(f"{self.url}/xrpc/com.atproto.sync.getBlob", params={"did": did, "cid": cid}, timeout=60)
        return answer.raise_for_status().content

    def call(self, method: str, body: dict[str, str], token: str = "") -> dict[str, object]:
        """POST to an XRPC method; raises httpx.HTTPStatusError when it is refused."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx.post(f"{self.url}/xrpc/{method}", json=body, headers=headers, timeout=60)
        answer.raise_for_status()
        return dict(answer.json()) if answer.content else {}


@contextlib.contextmanager
def running(folder: Path, *, rate_limits: bool = False) -> Iterator[Pds]:
    """A PDS whose whole state is in `folder`; stopped at the end, however the end comes.

    Raises NoPds where Node or the tools to build for it are missing.
    """
    modules = installed()
    port, plc_port = free_ports(2)
    folder.mkdir(parents=True, exist_ok=True)
    command = [node(), str(SOURCE / "server.mjs"), str(port), str(plc_port), str(folder / "data")]
    with open(folder / "pds.log", "w") as log:
        process = subprocess.Popen(
            command + ["--rate-limits"] * rate_limits,
            cwd=modules,
            stdin=subprocess.PIPE,  # closes when this process ends, and the server with it
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        wait_until_ready(process, folder / "pds.log")
        yield Pds(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{plc_port}", process)
    finally:
        stop(process)


def wait_until_ready(process: subprocess.Popen[str], log: Path) -> None:
    """Read the server's output up to its ready line; the rest is drained by a thread."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith('{"ready"'):
            threading.Thread(target=drain, args=(process.stdout, log), daemon=True).start()
            return
    raise NoPds(f"The PDS ended while starting: {log.read_text()[-2000:]}")


def drain(stream: IO[str], log: Path) -> None:
    """Keep the pipe empty (the server logs every request there), and keep what it says."""
    with contextlib.suppress(ValueError), open(log, "a") as kept:  # ValueError: the pipe was closed by stop()
        shutil.copyfileobj(stream, kept)


def stop(process: subprocess.Popen[str]) -> None:
    """End the server by its own way out, and by force if it does not take it."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    process.stdout.close()


def installed() -> Path:
    """The folder with node_modules for the committed lock, made on first use."""
    target = CACHE / f"pds-node{node_major()}-{lock_key()}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{target}.lock"):
        if not (target / ".whole").exists():
            install(target)
    return target


def install(target: Path) -> None:
    """Install from scratch: what an interrupted install left behind is thrown away."""
    headers = node_headers()
    missing = [tool for tool in ("npm", "g++", "make") if shutil.which(tool) is None]
    if headers is None:
        missing.append("the headers of Node")
    if missing:
        raise NoPds(f"The PDS cannot be built here; missing: {', '.join(missing)}.")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in INSTALLED_FROM:
        shutil.copyfile(SOURCE / name, target / name)
    environment = {**os.environ, "npm_config_nodedir": str(headers), "PYTHON": sys.executable}
    npm(target, environment, ["npm", "ci", "--loglevel=error"])
    npm(target, environment, [node(), "-e", 'new (require("better-sqlite3"))(":memory:")'])
    (target / ".whole").touch()


def npm(folder: Path, environment: dict[str, str], command: list[str]) -> None:
    """Run one step of the install; NoPds with the tool's own words when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise NoPds(f"`{command[0]}` could not install the PDS: {(done.stderr or done.stdout)[-2000:]}")


def lock_key() -> str:
    """Changes with every file the install is made from."""
    digest = hashlib.sha256()
    for name in INSTALLED_FROM:
        digest.update((SOURCE / name).read_bytes())
    return digest.hexdigest()[:12]


def node() -> str:
    """The real Node binary (a wrapper would hide the server's process), new enough."""
    found = shutil.which("node")
    if found is None:
        raise NoPds(f"The PDS needs Node {OLDEST_NODE} or newer, and there is none on the PATH.")
    return subprocess.run(
        [found, "-p", "process.execPath"], capture_output=True, text=True, check=True
    ).stdout.strip()


def node_major() -> int:
    """The major version of Node."""
    version = subprocess.run([node(), "-p", "process.versions.node"], capture_output=True, text=True, check=True)
    major = int(version.stdout.split(".")[0])
    if major < OLDEST_NODE:
        raise NoPds(f"The PDS needs Node {OLDEST_NODE} or newer; this one is {major}.")
    return major


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nothing listens on just now."""
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in found]


if __name__ == "__main__":
    # For trying things by hand: python -m tests.servers.pds FOLDER
    with running(Path(sys.argv[1])) as server:
        print(json.dumps({"url": server.url, "account": server.create_account()._asdict()}), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.process.wait()
