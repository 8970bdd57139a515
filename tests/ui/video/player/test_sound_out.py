"""The way out for sound, with a device that records and with none."""

from __future__ import annotations

from collections.abc import Callable

from studio.ui.video.player.sound_out import SoundOut, may_have_device, open_qt


class Device:
    def __init__(self, pull: Callable[[int], bytes]) -> None:
        self.pull, self.closed, self.seconds = pull, False, 0.25

    def played(self) -> float:
        return self.seconds

    def close(self) -> None:
        self.closed = True


def test_the_device_is_the_clock_while_it_is_open():
    opened: list[Device] = []

    def open_device(pull, hz):
        assert hz == 48_000
        opened.append(Device(pull))
        return opened[-1]

    out = SoundOut(open_device)
    assert out.heard() is None
    out.begin(lambda count: bytes(8 * count), 48_000)
    assert out.heard() == 0.25 and opened[0].pull(2) == bytes(16)
    out.begin(lambda count: b"", 48_000)
    assert opened[0].closed and not opened[1].closed
    out.end()
    assert opened[1].closed and out.heard() is None


def test_without_a_device_it_is_silent_and_asks_nothing() -> None:
    out = SoundOut(lambda pull, hz: None)
    out.begin(lambda count: b"", 48_000)
    assert out.heard() is None
    out.end()


def test_where_no_device_can_be_qtmultimedia_is_not_loaded(monkeypatch, tmp_path) -> None:
    import sys

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    if not may_have_device():  # a machine with a sound card in /dev/snd has one
        assert open_qt(lambda count: b"", 48_000) is None
    (tmp_path / "pipewire-0").touch()
    assert may_have_device()
