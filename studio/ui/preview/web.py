"""A web page that can do nothing but be looked at: no scripts, no network, no files, nothing it may open or keep.

Imported only when a page is first shown, for the web engine is large. Every request goes through `Guard`, which lets
pass what `Server` answers: the page itself and the pictures of its own post. Each wall stands alone: were one of them
open (a page that was not cleaned, a setting of the engine that changed), the others would still hold.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QFile,
    QIODevice,
    QLibraryInfo,
    QMimeDatabase,
    QObject,
    QUrl,
    Signal,
)
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from shiboken6 import isValid

SCHEME: Final = "media"
PAGE: Final = "page"  # no picture's id: those are 64 digits
IMAGES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif")
POLICY: Final = (
    "default-src 'none'; img-src media:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off", "Cache-Control": "no-store",
}
FLAGS: Final = (
    # No name and no address leads anywhere, also for what no page asks for (connections made ahead of time).
    '--host-resolver-rules="MAP * ~NOTFOUND" --proxy-server=127.0.0.1:1 --proxy-bypass-list="<-loopback>" '
    "--disable-background-networking --disable-component-update --dns-prefetch-disable --no-pings "
    # A page that stands still needs no graphics card; without one the window is not made anew for it.
    "--disable-gpu --log-level=3"
)
PARTS: Final = (
    ("QTWEBENGINEPROCESS_PATH", "QtWebEngineProcess" + (".exe" if sys.platform == "win32" else "")),
    ("QTWEBENGINE_RESOURCES_PATH", "qtwebengine_resources.pak"),
)
"""What the engine looks for when it starts, and the variables that say where. It ends the program without them."""
Fetch = Callable[[str, Callable[[Path | bytes | None], None]], None]
"""Asked for a picture's id and told whom to give it to, later or now, in the window's thread."""


@cache
def prepare() -> None:
    """Once, before the first profile: drawing without a graphics card, and our scheme with no rights at all."""
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Path)
    QWebEngineUrlScheme.registerScheme(scheme)


@contextmanager
def _environment() -> Iterator[None]:
    """What the engine reads when it starts; put back afterwards, for other programs are started from here.

    Its sandbox cannot start for root, which only happens in containers and tests; everybody else keeps it.
    """
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    wanted = {
        "QTWEBENGINE_CHROMIUM_FLAGS": FLAGS, "QTWEBENGINE_DISABLE_SANDBOX": "1" if root else None,
        "QTWEBENGINE_REMOTE_DEBUGGING": None,  # would open a port
    }
    before = {name: os.environ.get(name) for name in wanted}
    _set(wanted)
    try:
        yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    """Into the environment; None takes a variable out of it."""
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def whole() -> bool:
    """Whether the engine has all its parts; on macOS they lie inside its own bundle."""
    return sys.platform == "darwin" or all(_is_there(*part) for part in PARTS)


def _is_there(variable: str, name: str) -> bool:
    """In the places where the engine looks; a variable takes the place of all others."""
    if told := os.environ.get(variable):
        return Path(told).is_file() or (Path(told) / name).is_file()
    where, own = QLibraryInfo.LibraryPath, Path(QCoreApplication.applicationDirPath())
    data = Path(QLibraryInfo.path(where.DataPath))
    folders = (Path(QLibraryInfo.path(where.LibraryExecutablesPath)), data, data / "resources", own, own / "resources")
    return any((folder / name).is_file() for folder in folders)


def profile() -> QWebEngineProfile:
    """Keeps nothing: no history, no cookies, no cache; takes no downloads. Delete it after its pages.

    RuntimeError: parts of the engine are missing.
    """
    if not whole():
        raise RuntimeError("parts of the web engine are missing")
    prepare()
    with _environment():
        made = QWebEngineProfile()
    made.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    made.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    made.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    made.setPushServiceEnabled(False)
    made.setSpellCheckEnabled(False)
    made.downloadRequested.connect(_refuse_download)
    return made


def _refuse_download(wanted: QWebEngineDownloadRequest) -> None:
    wanted.cancel()


class Guard(QWebEngineUrlRequestInterceptor):
    """Stops every request but those that `Server` answers."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """In the window's thread, before anything is sent."""
        main = info.resourceType() == QWebEngineUrlRequestInfo.ResourceType.ResourceTypeMainFrame
        image = info.resourceType() == QWebEngineUrlRequestInfo.ResourceType.ResourceTypeImage
        own = info.requestUrl().scheme() == SCHEME
        info.block(not (own and (image or main)))


class Server(QWebEngineUrlSchemeHandler):
    """Gives the page that is shown now, and pictures through `fetch`; nothing else is there."""

    def __init__(self, fetch: Fetch, parent: QObject) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self.html = b""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answered now or when the picture came."""
        wanted = job.requestUrl().path()
        if job.requestMethod().data() != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif wanted == PAGE:
            job.setAdditionalResponseHeaders(_headers())
            _reply(job, b"text/html; charset=utf-8", _buffer(self.html, job))
        elif wanted.isalnum():
            self._fetch(wanted, lambda found: _picture(job, found))
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlInvalid)


def _headers() -> Any:
    """Each with a list of values, which the stubs do not know."""
    return {QByteArray(name.encode()): [QByteArray(value.encode())] for name, value in HEADERS.items()}


def _picture(job: QWebEngineUrlRequestJob, found: Path | bytes | None) -> None:
    """Only what is a picture by its content; its page may be gone meanwhile."""
    if not isValid(job):
        return
    device: QIODevice = _buffer(found, job) if isinstance(found, bytes) else QFile(str(found or ""), job)
    if found is None or not (device.isOpen() or device.open(QIODevice.OpenModeFlag.ReadOnly)):
        job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        return
    kind = QMimeDatabase().mimeTypeForData(device).name()
    if kind in IMAGES:
        _reply(job, kind.encode(), device)
    else:
        job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)


def _buffer(raw: bytes, job: QWebEngineUrlRequestJob) -> QBuffer:
    made = QBuffer(job)
    made.setData(QByteArray(raw))
    made.open(QIODevice.OpenModeFlag.ReadOnly)
    return made


def _reply(job: QWebEngineUrlRequestJob, kind: bytes, device: QIODevice) -> None:
    device.seek(0)
    job.reply(QByteArray(kind), device)


class StillPage(QWebEnginePage):
    """Shows what `open_own` gave it and goes nowhere else."""

    broke = Signal()

    def __init__(self, keeper: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(keeper, parent)
        self._opening = False
        self._restrict(self.settings())
        self.permissionRequested.connect(_deny)
        self.renderProcessTerminated.connect(lambda *_: self.broke.emit())
        for asked in (self.fullScreenRequested, self.registerProtocolHandlerRequested, self.fileSystemAccessRequested):
            asked.connect(lambda request: request.reject())

    @staticmethod
    def _restrict(settings: QWebEngineSettings) -> None:
        """Everything that can be turned off is, but for pictures, which `Guard` sees to."""
        which = QWebEngineSettings.WebAttribute
        kept = {which.AutoLoadImages, which.PlaybackRequiresUserGesture, which.WebRTCPublicInterfacesOnly}
        for attribute in which:
            settings.setAttribute(attribute, attribute in kept)
        settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)

    def open_own(self) -> None:
        """Loads the page that the server has now."""
        self._opening = True
        self.load(QUrl(f"{SCHEME}:{PAGE}"))

    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        """Once for each `open_own`: no link, form, frame or refresh leads anywhere."""
        allowed = self._opening and isMainFrame and QUrl(url).toString() == f"{SCHEME}:{PAGE}"
        if allowed:
            self._opening = False
        return allowed

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """None: nothing opens."""
        return None  # type: ignore[return-value]

    def chooseFiles(self, *_: object) -> list[str]:
        """None are chosen."""
        return []

    def javaScriptConsoleMessage(self, *_: object) -> None:
        """What it was refused is not worth a line in anybody's log."""


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()
