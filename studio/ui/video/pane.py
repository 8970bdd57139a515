"""The Video pane: the list of videos, or the open one with its bin, inspector, player and timeline."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QImage, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.core.errors import NotFound
from studio.core.finding import Finding
from studio.core.opentime import Time
from studio.core.timeline import Timeline
from studio.services.videos.attaching import Attaching
from studio.services.videos.plugging import load_plugins
from studio.services.videos.watching import StandIns, exports, player, presets
from studio.ui.actions import Action
from studio.ui.i18n import N, tr
from studio.ui.moments import zone_name
from studio.ui.relay import Relay
from studio.ui.video.adding import Adding, Where
from studio.ui.video.bakes import Bakes
from studio.ui.video.bin.panel import Bin
from studio.ui.video.bin.things import Thing
from studio.ui.video.commands import commands
from studio.ui.video.dock import Dock
from studio.ui.video.header import Header
from studio.ui.video.help.host import Help
from studio.ui.video.home import Home
from studio.ui.video.inspector.panel import Inspector
from studio.ui.video.open_video import OpenVideo
from studio.ui.video.player.panel import PlayerPanel
from studio.ui.video.player.sound_out import SoundOut
from studio.ui.video.projects import Projects
from studio.ui.video.remarks import Remarks
from studio.ui.video.timeline.panel import TimelinePanel
from studio.ui.video.timeline.strips import ServiceStrips
from studio.ui.video.zones import zones
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import Pane, column, name

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.services.videos.sounding import Speaker
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster


class VideoPane(Pane):
    """open_post(id): the person wants to see the post. troubled(finding or None): the open video cannot be saved.

    laid(): the commands are others now
    """

    open_post = Signal(str)
    troubled = Signal(object)
    laid = Signal()

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster, speaker: Speaker | None = None
    ) -> None:
        super().__init__(theme, "surface")
        self.desk, self.bridge, self.toaster = desk, bridge, toaster
        self.state = ViewState(desk.settings)
        self.stand_ins = StandIns(desk.videos.cache, desk.videos.where)
        self.attaching, self.exports, self.presets = Attaching(desk), exports(desk), presets(desk)
        self.open: OpenVideo | None = None
        self.timeline: TimelinePanel | None = None
        self._speaker = speaker or SoundOut()
        brought = load_plugins()
        self._build()
        self.projects, self.help = Projects(self), Help(self)
        self._connect()
        self.retranslate()
        self.show_list()
        self.tell(list(brought))
        kept = str(self.state.get("video/open", ""))
        if kept and not self.open_video(kept):
            self.state.set("video/open", "")

    # for the window --------------------------------------------------------------------------------------------

    def commands(self) -> list[Action]:
        """What can be done here."""
        return commands(self)

    def regions(self) -> list[QWidget]:
        """F6 order."""
        if self.open is None or self.timeline is None:
            return [self.home]
        return [self.header, self.bin, self.inspector, self.player, self.timeline]

    def shown(self) -> None:
        """Other panes may have added files, or renamed the post."""
        self.bin.reload()
        self._show_post()
        if self.open is None:
            self.show_list()

    def close_down(self) -> bool:
        """Saves and ends the threads; False when the open video could not be saved."""
        self.help.close_down()
        saved = self._let_go()
        self.player.close_down()
        return saved

    # videos ----------------------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """The videos there are."""
        self.home.show_rows(self.desk.videos.list())
        if self.open is None:
            self.stack.setCurrentWidget(self.home)

    def open_video(self, id: str) -> bool:
        """Opens one; False when it is gone, or the open one cannot be saved."""
        if self.open is not None and self.open.session.id == id:
            return True
        try:
            session = self.desk.videos.open(id)
        except NotFound:
            return False
        if not self._let_go():
            session.close()
            return False
        self._take(OpenVideo(session, self.stand_ins, self.bridge, self))
        self.state.set("video/open", id)
        return True

    def close_video(self) -> None:
        """Back to the list."""
        if self._let_go():
            self.state.set("video/open", "")
            self.show_list()
            self.laid.emit()

    def make_video(self, words: str, width: int, height: int, rate: Fraction) -> None:
        """A new video, opened."""
        made = self.desk.videos.create(words, width, height, rate)
        self.open_video(made.id)

    def open_for_post(self, post: str) -> None:
        """The video that is for a post; a new one, upright, when there is none."""
        row = self.desk.videos.of_post(post)
        if row is not None:
            self.open_video(row.id)
        elif not self.desk.read_only:
            self.make_video(self.desk.posts.get(post).heading[:60], 1080, 1920, Fraction(30))
            if self.open is not None:
                self.attaching.attach(self.open.session.id, post)
                self._show_post()

    # what is done ----------------------------------------------------------------------------------------------

    def add(self, things: list[Thing]) -> None:
        """Things of the bin at the playhead."""
        if self.open is not None and self.timeline is not None:
            chosen = sorted(self.timeline.selection.clips)
            where = Where(self.timeline.playhead)
            self.adding.put(self.open.session, [thing.carried for thing in things], chosen, where)

    def take_in(self, paths: list[Path]) -> None:
        """Files into this video."""
        if self.open is not None and not self.desk.read_only:
            self.adding.take_in(self.open.session, paths, None)

    def keep_picture(self, image: QImage) -> None:
        """A snapshot into the library."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # a device is taken, too
        words = f"{self.open.timeline.name if self.open is not None else ''} {self.player.foot.clock.words}.png".strip()
        self.bridge.submit(
            "store", N("job", "Adding files"),
            lambda _task: self.desk.library.add_bytes(words.replace(":", "-"), bytes(data.data())),
            lambda _added: self.toaster.show(tr("video", "The picture is in the library")), owner=self,
        )  # fmt: skip

    def export(self) -> None:
        """The export sheet."""
        if self.open is not None:
            from studio.ui.video.export.sheet import open_sheet

            open_sheet(self)

    def attach(self) -> None:
        """Choose the post this video is for."""
        self.projects.attach_menu()

    def go_to_post(self) -> None:
        """Show the post this video is for."""
        post, _ = self.attaching.post_of(self.open.session.id) if self.open is not None else ("", "")
        if post:
            self.open_post.emit(post)

    def tell(self, findings: list[Finding]) -> None:
        """What was not done, or is wrong, in words."""
        self.remarks.show_findings(findings)

    # Qt --------------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        name(self, tr("video", "Video"))
        if self.open is not None:
            self.header.show_name(self.open.timeline.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and arrows step, wherever nothing else takes them."""
        if self.open is None or event.modifiers() or not self.player.take_key(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The window has its size only now."""
        super().showEvent(event)
        if self.open is not None:
            self.dock.stand(_upright(self.open.timeline))

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme, desk, bridge = self.theme, self.desk, self.bridge
        self.strips = ServiceStrips(desk.videos.looking, bridge, self)
        self.adding = Adding(desk, bridge, self)
        self.header, self.home = Header(theme), Home(theme, ZoneInfo(zone_name(desk.settings.get("zone"))))
        self.bin = Bin(theme, self.strips, bridge, lambda: desk.library.list(limit=500))
        self.inspector = Inspector(theme, self.state)
        self.player = PlayerPanel(
            theme, player(desk.videos, self.stand_ins, self._speaker), zones(desk.accounts.platforms()), bridge,
            self.state,
        )  # fmt: skip
        self.dock, self.remarks = Dock(theme, self.state, self.header), Remarks(theme)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.home)
        self.stack.addWidget(self.dock)
        inside = column(self.remarks, self.stack, gap=0)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def _connect(self) -> None:
        pairs: list[tuple[Any, Callable[..., object]]] = [
            (self.home.opened, self.open_video), (self.bin.added, self.add), (self.bin.files, self.take_in),
            (self.bin.left_out, self.projects.leave_out), (self.adding.busy, self.bin.set_busy),
            (self.adding.refused, self.tell), (self.adding.added, self._added), (self.inspector.walked, self._walked),
            (self.player.moved, self._played), (self.player.picked, self._picked),
            (self.player.snapped, self.keep_picture), (self.header.export_asked, self.export),
            (self.header.attach_asked, self.attach), (self.header.post_asked, self.projects.post_menu),
            (self.header.menu_asked, self.projects.menu), (self.home.new_asked, self.projects.new),
            (self.remarks.relink_asked, self.projects.relink), (self.player.words_asked, self._words),
            (self.home.file_asked, self.projects.open_file), (self.home.menu_asked, self.projects.row_menu),
        ]  # fmt: skip
        for signal, slot in pairs:
            signal.connect(slot)
        Relay(self.stand_ins.remarked, lambda finding: self.tell([finding]), self)
        Relay(self.desk.videos.changed, lambda *_: self.show_list() if self.open is None else None, self)
        Relay(self.desk.library.changed, lambda *_: self.bin.reload(), self)

    def _take(self, video: OpenVideo) -> None:
        """Show this one."""
        self.open = video
        session, timeline = video.session, video.timeline
        if self.timeline is None:
            self.timeline = self._make_timeline(video)
            self.dock.hold(bin=self.bin, inspector=self.inspector, player=self.player, timeline=self.timeline)
        else:
            self.timeline.set_session(session)
        for part in (self.player, self.inspector):
            part.set_document(session)
        self.bin.show_timeline(timeline)
        video.edited.connect(self._edited)
        video.saved.connect(self.header.show_saved)
        video.troubled.connect(self.troubled)
        video.proxied.connect(self.header.show_proxy)
        video.proxied.connect(self.bin.show_proxy)
        bakes = Bakes(video, self.desk.videos.baking, self.bridge)
        bakes.anew.connect(self.player.show_timeline)
        bakes.refused.connect(self.tell)
        self.header.show_name(timeline.name)
        self.header.show_saved(True)
        self._show_post()
        self.dock.stand(_upright(timeline))
        self.stack.setCurrentWidget(self.dock)
        self.laid.emit()

    def _make_timeline(self, video: OpenVideo) -> TimelinePanel:
        made = TimelinePanel(self.theme, video.session, self.strips)
        made.playhead_moved.connect(self._moved)
        made.selection_changed.connect(self._chosen)
        made.range_changed.connect(lambda: self.player.set_range(*(made.range or (None, None))))
        made.play_asked.connect(self._shuttle)
        made.toggle_asked.connect(self.player.toggle)
        made.opened.connect(lambda _clip: self.dock.show_side("inspector"))
        made.dropped.connect(lambda drop: self.adding.drop(self.open.session, drop) if self.open else None)
        made.refused.connect(self.toaster.show)
        made.captions_asked.connect(partial(self.projects.add_style, "caption"))
        made.record_asked.connect(self.help.record)
        return made

    def _let_go(self) -> bool:
        if self.open is None:
            return True
        if not self.open.session.flush() and not self.desk.read_only:
            return False
        self.player.set_document(None)
        self.inspector.set_document(None)
        self.remarks.clear()
        self.open.close()
        self.open.deleteLater()
        self.open = None
        return True

    def _edited(self, before: Timeline, after: Timeline) -> None:
        self.player.show_timeline(after)
        self.inspector.show_timeline(after)
        self.bin.show_timeline(after)
        if before.name != after.name:
            self.header.show_name(after.name)
        if _upright(before) != _upright(after):
            self.dock.stand(_upright(after))

    def _moved(self, t: Time) -> None:
        """The playhead, by a person."""
        self.player.set_playhead(t)
        self.inspector.set_playhead(t)

    def _played(self, t: Time) -> None:
        """The playhead, as it plays."""
        if self.timeline is not None:
            self.timeline.set_playhead(t, follow=True)
        if self.player.player.speed == 0:
            self.inspector.set_playhead(t)

    def _walked(self, t: Time) -> None:
        if self.timeline is not None:
            self.timeline.set_playhead(t)
        self._moved(t)

    def _chosen(self) -> None:
        if self.timeline is None:
            return
        chosen = self.timeline.selection
        self.player.choose(sorted(chosen.clips))
        self.inspector.choose(chosen.clips, chosen.join)

    def _picked(self, clip: str) -> None:
        if self.timeline is not None:
            self.timeline.controller.choose([clip] if clip else [])
            self._chosen()

    def _added(self, clips: list[str]) -> None:
        if self.timeline is not None:
            self.timeline.controller.choose(clips)
            self._chosen()
            self.dock.show_side("inspector")

    def _words(self) -> None:
        """To the words of the title that is chosen."""
        self.dock.show_side("inspector")
        row = self.inspector.row("title/text")
        if row is not None:
            row.take_focus()

    def _shuttle(self, by: int) -> None:
        self.player.player.shuttle(by) if by else self.player.player.pause()

    def _show_post(self) -> None:
        if self.open is not None:
            post, heading = self.attaching.post_of(self.open.session.id)
            self.header.show_post((heading or tr("draft", "Untitled")) if post else "")


def _upright(timeline: Timeline) -> bool:
    return timeline.height >= timeline.width
