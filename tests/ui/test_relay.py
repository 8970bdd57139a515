"""Events of worker threads while what listens to them is taken apart."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from studio.core.event import Event
from studio.ui.relay import Relay
from studio.ui.resources import ROOT

STRESS = """
import os, sys, threading, time
from PySide6.QtCore import QCoreApplication, QObject
from studio.core.event import Event
from studio.ui.relay import Relay
app, event, heard = QCoreApplication([]), Event(), []
sys.setswitchinterval(1e-5)

def tell():
    while True:
        event.emit(1)

for _ in range(2):
    threading.Thread(target=tell, daemon=True).start()
end = time.monotonic() + 2
while time.monotonic() < end:
    owner = QObject()
    for _ in range(10):
        Relay(event, heard.append, owner)
    app.processEvents()
    owner.deleteLater()
    del owner
    QCoreApplication.sendPostedEvents(None, 52)
print("heard" if heard else "nothing", flush=True)
os._exit(0)
"""


def test_a_relay_tells_later_and_ends_with_its_owner(qapp) -> None:
    event: Event[[int]] = Event()
    owner, told = QObject(), list[int]()
    Relay(event, told.append, owner)
    event.emit(1)
    assert not told
    QTest.qWait(1)
    assert told == [1]
    event.emit(2)
    owner.deleteLater()
    del owner
    QTest.qWait(1)
    event.emit(3)
    QTest.qWait(1)
    assert told in ([1], [1, 2])


def test_owners_go_while_workers_tell(qapp) -> None:
    ended = subprocess.run([sys.executable, "-c", STRESS], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (0, "heard\n"), ended.stderr
