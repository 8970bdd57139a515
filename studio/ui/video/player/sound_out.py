"""The way from the mixer to the loudspeaker. A machine without one is silent, and the wall clock goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

BUFFER_MS = 80  # what the device holds; more delays what one hears, less breaks up


class Device(Protocol):
    """An opened way out. played: seconds of sound that left it since it was opened."""

    def played(self) -> float: ...

    def close(self) -> None: ...


Open = Callable[[Callable[[int], bytes], int], Device | None]


class SoundOut:
    """A `services.videos.sounding.Speaker` over a device; `open_device` gives None where there is none."""

    def __init__(self, open_device: Open | None = None) -> None:
        self._open = open_device or open_qt
        self._device: Device | None = None

    def begin(self, pull: Callable[[int], bytes], hz: int) -> None:
        self.end()
        self._device = self._open(pull, hz)

    def end(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()

    def heard(self) -> float | None:
        return self._device.played() if self._device is not None else None


def may_have_device() -> bool:
    """Whether it is worth loading what talks to sound devices; on Linux it is loud about their absence."""
    if not sys.platform.startswith("linux"):
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"))
    servers = (runtime / "pipewire-0", runtime / "pulse" / "native")
    cards = Path("/dev/snd").glob("pcm*p") if Path("/dev/snd").is_dir() else ()
    return bool(os.environ.get("PULSE_SERVER")) or any(server.exists() for server in servers) or any(cards)


def open_qt(pull: Callable[[int], bytes], hz: int) -> Device | None:
    """The device the system plays by; None where there is none, or it does not take 32-bit floats."""
    if not may_have_device():
        return None
    try:
        from studio.ui.video.player.qt_sound import QtDevice
    except ImportError:  # a system without the libraries that QtMultimedia needs
        return None
    device: Any = QtDevice.open(pull, hz, BUFFER_MS)
    return device  # type: ignore[no-any-return]
