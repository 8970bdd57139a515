"""Makes `.venv` ready: `python tools/setup.py run|test|bench`. Standard library only, Linux and macOS.

Running it again costs well under a second, because each finished step leaves a stamp. A stamp is
written last, so a set-up that was interrupted is noticed and made anew; a file lock makes two
set-ups at once wait for one another.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import system  # noqa: E402  (the path above makes this importable)

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / ".yigao-unfinished"
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock", "bench": "requirements-dev.lock"}
SERVES = {"run": ("run", "test"), "test": ("test",), "bench": ("test",)}


class SetupError(Exception):
    """Set-up cannot go on; the text is one sentence for the person at the keyboard."""


def main(arguments: Sequence[str]) -> int:
    """Set up for `run`, `test` or `bench`; returns the exit status."""
    purpose = arguments[0] if arguments else "run"
    if purpose not in LOCKS:
        print(f"usage: setup.py {'|'.join(LOCKS)}", file=sys.stderr)
        return 2
    try:
        with one_at_a_time():
            prepare(purpose)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up was interrupted; run the same command again to go on.", file=sys.stderr)
        return 130
    return 0


def prepare(purpose: str) -> None:
    """Dependencies, then what the machine lacks, then resources, translations and byte code."""
    install_dependencies(purpose)
    system.provide(purpose, ROOT / "build")
    run([PYTHON, ROOT / "tools" / "build.py"], "Resources and translations could not be compiled.")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the set-up lock of this checkout."""
    (ROOT / "build").mkdir(exist_ok=True)
    with open(ROOT / "build" / ".setup.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up of this checkout is running; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install_dependencies(purpose: str) -> None:
    """Install the lock for `purpose` into `.venv`, unless its stamp says it is there."""
    if works() and any(stamp(kind).is_file() and stamp(kind).read_text() == key(kind) for kind in SERVES[purpose]):
        return
    make_venv()
    lock = LOCKS[purpose]
    say(f"Installing the dependencies of {lock} into .venv (the first time takes some minutes) ...")
    UNFINISHED.touch()
    install(ROOT / lock)
    compile_bytecode()
    kind = SERVES[purpose][0]
    stamp(kind).write_text(key(kind))
    UNFINISHED.unlink()


def stamp(kind: str) -> Path:
    """Where it is written that `kind` was installed whole."""
    return VENV / f".yigao-{kind}"


def key(kind: str) -> str:
    """What the stamp must hold: it changes with the lock and with the interpreter of `.venv`."""
    digest = hashlib.sha256((ROOT / LOCKS[kind]).read_bytes())
    digest.update((VENV / "pyvenv.cfg").read_bytes())
    return digest.hexdigest()


def works() -> bool:
    """Whether `.venv` has a Python that starts and was not left half made."""
    if UNFINISHED.exists() or not (VENV / "pyvenv.cfg").is_file() or not PYTHON.exists():
        return False
    return succeeds([PYTHON, "-c", "import sys; raise SystemExit(sys.version_info < (3, 11))"])


def make_venv() -> None:
    """Make `.venv` if there is none that works."""
    if works():
        return
    if VENV.exists():
        say("The .venv here is unfinished or broken; making it anew.")
        shutil.rmtree(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    pip = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    run([sys.executable, "-m", "venv", *pip, VENV], "Python could not make a virtual environment in .venv.")


def install(lock: Path) -> None:
    """Install `lock` with its hashes checked, byte code compiled; twice, because networks stumble."""
    command = [*pip_command(), "install", "--quiet", "--compile", "--require-hashes", "--disable-pip-version-check"]
    for _ in range(2):
        if subprocess.run([*command, "-r", str(lock)], cwd=ROOT).returncode == 0:
            return
    UNFINISHED.unlink()  # pip rolls back what it could not finish
    raise SetupError(f"pip could not install {lock.name}; its own message is above. Run the same command again.")


def compile_bytecode() -> None:
    """Compile what is there without byte code: pip does not touch packages that something else installed.

    Without it the first start takes seconds, and every start where PYTHONDONTWRITEBYTECODE is set.
    """
    libraries = next((VENV / "lib").glob("python3*"), None)
    if libraries is not None:  # some packages carry templates that are no Python; that is no failure
        subprocess.run([str(PYTHON), "-m", "compileall", "-qq", "-j", "0", str(libraries)], capture_output=True)


def pip_command() -> list[str]:
    """The pip of `.venv`, or where Debian left ensurepip out, the system's own pip acting on `.venv`."""
    own = [str(PYTHON), "-m", "pip"]
    if succeeds([*own, "--version"]):
        return own
    outer = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if succeeds([*outer, "--version"]):
        return outer
    if system.install(["python3-venv", "python3-pip"]) and succeeds([*outer, "--version"]):
        return outer
    raise SetupError("This Python has no usable pip. On Debian and Ubuntu: apt install python3-venv python3-pip")


def succeeds(command: Sequence[str | Path]) -> bool:
    """Whether the command ends with 0; its output is dropped."""
    return subprocess.run([str(part) for part in command], capture_output=True).returncode == 0


def run(command: Sequence[str | Path], otherwise: str) -> None:
    """Run a command, or raise with the sentence `otherwise`."""
    if subprocess.run([str(part) for part in command], cwd=ROOT).returncode:
        raise SetupError(otherwise)


def say(text: str) -> None:
    """One line for the person waiting; standard error, so that output stays what was asked for."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    raise SystemExit(main(sys.argv[1:]))
