"""What can be done in the Video pane, beside what the timeline offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.actions import Action
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.ui.video.pane import VideoPane


def commands(pane: VideoPane) -> list[Action]:
    """All of them; those of the timeline only while a video is open."""
    if pane.open is None or pane.timeline is None:
        return _home(pane)
    return [*_video(pane), *_playing(pane), *pane.help.commands(), *pane.timeline.commands()]


def _home(pane: VideoPane) -> list[Action]:
    def free() -> bool:
        return not pane.desk.read_only

    projects = pane.projects
    return [
        Action("video.new", N("video", "New video…"), projects.new, "Ctrl+Shift+N", "plus", free,
               "video sp shipin new xj xinjian"),
        Action("video.open", N("video", "Open a file…"), projects.open_file, "Ctrl+O", "folder-open", free,
               "video sp shipin open dk dakai otio package"),
    ]  # fmt: skip


def _video(pane: VideoPane) -> list[Action]:
    def free() -> bool:
        return not pane.desk.read_only

    words, projects = "video sp shipin", pane.projects
    return [
        *_home(pane),
        Action("video.close", N("video", "All videos"), pane.close_video, "Ctrl+Shift+W", "chevron-left",
               keywords=f"{words} list lb liebiao close gb guanbi"),
        Action("video.export", N("video", "Export…"), pane.export, "Ctrl+E", "file-output",
               keywords=f"{words} export dc daochu render"),
        Action("video.import", N("video", "Import files…"), pane.bin.choose_files, "Ctrl+I", "plus", free,
               f"{words} import dr daoru"),
        Action("video.search", N("video", "Search the bin"), pane.bin.search, "Ctrl+F", "search",
               keywords=f"{words} find ss sousuo"),
        Action("video.attach", N("video", "Attach to post…"), pane.attach, "", "paperclip", free,
               f"{words} post tz tiezi fj fujia gj gaojian"),
        Action("video.post", N("video", "Go to the post"), pane.go_to_post, "", "square-pen",
               lambda: bool(pane.attaching.post_of(pane.open.session.id)[0]) if pane.open else False,
               f"{words} post gj gaojian"),
        Action("video.rename", N("video", "Rename video…"), projects.rename, "", "pen-line", free,
               f"{words} rename cmm chongmingming"),
        Action("video.duplicate", N("video", "Duplicate video"), projects.duplicate, "", "copy", free,
               f"{words} duplicate fz fuzhi"),
        Action("video.save_file", N("video", "Save as a file…"), projects.save_file, "", "file-output",
               keywords=f"{words} otio json save bc baocun interchange"),
        Action("video.package", N("video", "Package with media…"), projects.package, "", "package",
               keywords=f"{words} package db dabao zip"),
        Action("video.relink", N("video", "Find missing media…"), projects.relink, "", "unlink", free,
               f"{words} relink media zl chonglian"),
        Action("video.remove", N("video", "Remove video"), projects.remove, "", "trash-2", free,
               f"{words} delete sc shanchu"),
    ]  # fmt: skip


def _playing(pane: VideoPane) -> list[Action]:
    words, player = "video sp shipin", pane.player
    return [
        Action("video.full", N("video", "Full screen"), player.full_screen, "F", "expand",
               keywords=f"{words} full qp quanping"),
        Action("video.loop", N("video", "Play again and again"),
               lambda: player.set_loop(not player.player.loop), "Shift+P", "repeat",
               keywords=f"{words} loop xh xunhuan"),
        Action("video.mute", N("video", "Mute the player"), player.mute, "Ctrl+Shift+M", "volume-x",
               keywords=f"{words} mute jy jingyin"),
        Action("video.snapshot", N("video", "Keep this picture"), player.snapshot, "Ctrl+Shift+S", "camera",
               keywords=f"{words} snapshot jt jietu frame"),
        Action("video.cover", N("video", "Use this picture as cover"), pane.projects.set_cover, "", "image",
               keywords=f"{words} cover fm fengmian poster"),
        Action("video.zone", N("video", "Safe zone on or off"), player.switch_zone, "Z", "frame",
               keywords=f"{words} safe zone aq anquan"),
        Action("video.actual", N("video", "Actual size or fit"), player.actual_size, "Ctrl+0", "frame",
               keywords=f"{words} zoom sf suofang 100"),
    ]  # fmt: skip
