"""A sound device by QtMultimedia. Loaded when something is played and there is a device."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QIODevice
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio

FRAME = 8  # bytes: two floats


class _Pulling(QIODevice):
    """What the sink reads from; it never ends."""

    def __init__(self, pull: Callable[[int], bytes]) -> None:
        super().__init__()
        self._pull = pull
        self.open(QIODevice.OpenModeFlag.ReadOnly)

    def readData(self, most: int) -> bytes:
        return self._pull(most // FRAME)

    def writeData(self, data: bytes | bytearray | memoryview, most: int) -> int:
        return -1

    def bytesAvailable(self) -> int:
        return 1 << 20

    def isSequential(self) -> bool:
        return True


class QtDevice:
    """An open `QAudioSink` that pulls."""

    def __init__(self, sink: QAudioSink, source: _Pulling, hz: int) -> None:
        self._sink, self._source, self._hz = sink, source, hz

    @classmethod
    def open(cls, pull: Callable[[int], bytes], hz: int, buffer_ms: int) -> QtDevice | None:
        """None: no device, or one that does not take this format or does not start."""
        device, format = QMediaDevices.defaultAudioOutput(), QAudioFormat()
        format.setSampleRate(hz)
        format.setChannelCount(2)
        format.setSampleFormat(QAudioFormat.SampleFormat.Float)
        if device.isNull() or not device.isFormatSupported(format):
            return None
        sink, source = QAudioSink(device, format), _Pulling(pull)
        sink.setBufferSize(hz * FRAME * buffer_ms // 1000)
        sink.start(source)
        if sink.error() != QtAudio.Error.NoError:
            return None
        return cls(sink, source, hz)

    def played(self) -> float:
        """What was processed less what still lies in the device's buffer."""
        waiting = max(0, self._sink.bufferSize() - self._sink.bytesFree()) / FRAME / self._hz
        return float(max(0.0, self._sink.processedUSecs() / 1e6 - waiting))

    def close(self) -> None:
        self._sink.stop()
        self._source.close()
