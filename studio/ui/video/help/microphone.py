"""A microphone by QtMultimedia. Loaded when somebody wants to record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QIODevice
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices, QtAudio

SAMPLES = {
    QAudioFormat.SampleFormat.UInt8: "u8", QAudioFormat.SampleFormat.Int16: "s16",
    QAudioFormat.SampleFormat.Int32: "s32", QAudioFormat.SampleFormat.Float: "f32",
}


class _Fed(QIODevice):
    """What the source writes into."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        super().__init__()
        self._take = take
        self.open(QIODevice.OpenModeFlag.WriteOnly)

    def readData(self, most: int) -> bytes:
        return b""

    def writeData(self, data: bytes | bytearray | memoryview, most: int) -> int:
        self._take(bytes(data)[:most])
        return most


class Microphone:
    """One of the computer's, in a format it takes. rate, channels, sample: of what it gives."""

    def __init__(self, device: QAudioDevice) -> None:
        self.name = device.description()
        self._device, self._format = device, _format(device)
        self.rate, self.channels = self._format.sampleRate(), self._format.channelCount()
        self.sample = SAMPLES.get(self._format.sampleFormat(), "s16")
        self._source: QAudioSource | None = None
        self._fed: _Fed | None = None

    def start(self, take: Callable[[bytes], object]) -> bool:
        """Gives what it hears to `take`, in this thread, until `stop`. False: it does not work."""
        self._source, self._fed = QAudioSource(self._device, self._format), _Fed(take)
        self._source.start(self._fed)
        return self._source.error() == QtAudio.Error.NoError

    def stop(self) -> None:
        if self._source is not None:
            self._source.stop()
            self._source, self._fed = None, None


def microphones() -> list[Microphone]:
    """Those that are connected, the usual one first."""
    usual = QMediaDevices.defaultAudioInput()
    devices = sorted(QMediaDevices.audioInputs(), key=lambda each: each.id() != usual.id())
    return [Microphone(device) for device in devices if not device.isNull()]


def _format(device: QAudioDevice) -> QAudioFormat:
    """48 kHz, one channel, 16 bits where it can, else what it likes best."""
    wanted = QAudioFormat()
    wanted.setSampleRate(48000)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted if device.isFormatSupported(wanted) else device.preferredFormat()
