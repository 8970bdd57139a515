"""Who has the workspace open: marks count only while the process that made them lives."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from studio.services.presence import Presence, marked

ROOT = Path(__file__).resolve().parent.parent.parent
HOLD = """
import sys
from pathlib import Path
from studio.services.presence import Presence
mark = Presence(Path(sys.argv[1]), sys.argv[2])
print("here", flush=True)
sys.stdin.readline()
"""


def held(cache, part):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(cache), part], cwd=ROOT, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == "here\n"
    return process


def end(process, number=signal.SIGTERM):
    os.kill(process.pid, number)
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_others_are_seen_while_they_live(tmp_path):
    mine = Presence(tmp_path, "worker")
    assert mine.others("worker") == mine.others("window") == 0 and not marked(tmp_path, "window")
    window, worker = held(tmp_path, "window"), held(tmp_path, "worker")
    assert mine.others("worker") == mine.others("window") == 1 and marked(tmp_path, "window")
    end(worker)
    end(window, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert mine.others("worker") == mine.others("window") == 0
    mine.close()
    assert not marked(tmp_path, "worker")
