"""The servers that the measurements talk to do what a measurement believes of them."""

from __future__ import annotations

from pathlib import Path

import httpx

from benchmarks import loopback
from benchmarks.post_platform import PostPlatform
from studio.core.post import Account
from studio.platforms.base import Held
from studio.platforms.chunks import send
from studio.platforms.transport import Transport
from studio.platforms.tus import Tus
from tests.platforms import fakes

MIB = 1 << 20


def test_the_posts_server_keeps_and_gives_back(tmp_path: Path) -> None:
    account = Account("a", "posts", handle="@a")
    with loopback.running("posts", 0) as url, Transport(url) as transport:
        access = fakes.access(account, transport, tmp_path, {"token": "sesame"})
        publisher = PostPlatform().publisher(access)
        content = fakes.content("posts", "周末 at the harbour")
        plan = publisher.plan(content, ())
        receipts = [publisher.commit(content, (), plan, ()) for _ in range(3)]
        assert len({receipt.url for receipt in receipts}) == 3
        assert all(publisher.read_back(content, (), plan, receipt).whole for receipt in receipts)
        assert httpx.get(f"{url}/count").json() == 3


def test_the_sink_counts_and_cuts_once_and_loses_the_cut_piece(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(bytes(range(256)) * 12_000)
    upload = fakes.upload(path, "video/mp4", kind="video")
    slept: list[float] = []
    with loopback.running("sink", 1.5 * MIB) as url, Transport(url) as transport:
        send(upload, Tus(transport, f"{url}/files", upload, piece=MIB), Held({}, lambda data: None), sleep=slept.append)
        server = transport.request("GET", url).data()
    assert server["offset"] == upload.bytes and len(slept) == 1
    assert 0 < server["taken"] - upload.bytes <= MIB
