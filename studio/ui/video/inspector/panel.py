"""The inspector: what is chosen on the timeline, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.edits import looks
from studio.core.edits.join import find_transition
from studio.core.effects import EFFECTS
from studio.core.errors import Problem
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Timeline, Track
from studio.core.transitions import TRANSITIONS
from studio.core.words import Marked
from studio.ui.i18n import N, tr
from studio.ui.problems import sentence
from studio.ui.video.inspector import slots
from studio.ui.video.inspector.row import Row
from studio.ui.video.inspector.rows import row_for
from studio.ui.video.inspector.section import Section
from studio.ui.video.inspector.slots import Slot, Value
from studio.ui.widgets.base import Live, column, ground, hairline, name, row
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme
    from studio.ui.video.timeline.document import Document
    from studio.ui.widgets.splitter import SettingsStore

Shape = tuple[object, ...]
HEAD = 42


class Inspector(Live, QWidget):
    """walked(Time): the person goes to a key frame."""

    walked = Signal(object)

    def __init__(self, theme: Theme, kept: SettingsStore) -> None:
        super().__init__()
        self._theme, self._kept = theme, kept
        self._document: Document | None = None
        self._clips: tuple[str, ...] = ()
        self._join, self._playhead = "", ZERO
        self._shape: Shape = ()
        self._gesture = 0
        self.sections: list[Section] = []
        self._build()
        self.retranslate()

    # what is shown ---------------------------------------------------------------------------------------------

    def set_document(self, document: Document | None) -> None:
        """Inspect this project."""
        self._document, self._clips, self._join = document, (), ""
        self._show()

    def choose(self, clips: Iterable[str], join: str = "") -> None:
        """Clips, or a transition by its id."""
        self._clips, self._join = tuple(sorted(clips)), join
        self._show()

    def show_timeline(self, _timeline: Timeline) -> None:
        """The document was edited."""
        self._show()

    def set_playhead(self, t: Time) -> None:
        """Values that move are shown as they are there."""
        self._playhead = t
        self._fill()

    def retranslate(self) -> None:
        """Every text; the rows are made anew."""
        name(self, tr("video", "Inspector"))
        self._nothing.setText(tr("video", "Choose a clip, a title or a transition to change it."))
        self._shape = ()
        self._show()

    def row(self, key: str) -> Row | None:
        """A row that is shown, by its slot's key ("transform/x")."""
        return next((row for section in self.sections for row in section.rows if row.slot.key == key), None)

    # inside: building ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title, self.detail = ElidedLabel("", "small", "text", 600), Label("", "caption", "text-3")
        head = QWidget()
        line = row(self.title, self.detail, None, gap=8, margins=(16, 0, 14, 0))
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        head.setLayout(line)
        head.setFixedHeight(self._theme.px(HEAD))
        self._head = head
        self.refused = Note(self._theme, "warning", "")
        self.refused.hide()
        self._nothing = Label("", "small", "text-3", wrap=True)
        self.area = ScrollColumn(self._theme, "surface", padding=0, gap=0)
        self.area.column.addStretch(1)
        self._blank = QWidget()
        self._blank.setLayout(column(self._nothing, None, margins=(16, 16, 16, 16)))
        inside = column(head, hairline(), row(self.refused, margins=(12, 0, 12, 0)), self.area, self._blank, gap=0)
        inside.setStretch(3, 1)
        self.setLayout(inside)
        ground(self, "surface")

    @property
    def _timeline(self) -> Timeline | None:
        return self._document.timeline if self._document is not None else None

    def _found(self) -> list[tuple[Track, Clip]]:
        timeline = self._timeline
        if timeline is None:
            return []
        found = [timeline.find(id) for id in self._clips]
        return [(one[0], one[1].clip) for one in found if one is not None]

    def _show(self) -> None:
        """Rows for what is chosen; made anew only when other rows are needed."""
        self.refused.hide()
        shape, sections = self._wanted()
        if shape != self._shape:
            self._shape = shape
            self._remake(sections())
        self._blank.setVisible(not self.sections or self.sections[0].key == "video")
        self.area.setVisible(bool(self.sections))
        self._say_head()
        self._fill()

    def _wanted(self) -> tuple[Shape, Callable[[], list[Section]]]:
        timeline = self._timeline
        join = find_transition(timeline, self._join) if timeline is not None and self._join else None
        if join is not None:
            kind = join[1].kind
            return ("join", kind), lambda: [self._section("join", tr("video", "Transition"), slots.join_slots(kind))]
        found = self._found()
        if not found and timeline is not None:
            whole = slots.video_slots(timeline)
            return ("video", whole[0].field.choices), lambda: [self._section("video", tr("video", "This video"), whole)]
        if not found:
            return ("nothing",), list
        shape = tuple(sorted({(track.role, clip.kind, _effects(clip), self._heard(clip)) for track, clip in found}))
        return ("clips", len(found) > 1, *shape), lambda: self._clip_sections(found)

    def _heard(self, clip: Clip) -> bool:
        source = self._timeline.source_of(clip) if self._timeline is not None else None
        return clip.kind == "media" and source is not None and source.sound

    def _clip_sections(self, found: Sequence[tuple[Track, Clip]]) -> list[Section]:
        clips = [clip for _, clip in found]
        seen = any(track.seen for track, _ in found)
        made = []
        if any(clip.kind == "title" for clip in clips):
            made.append(self._section("title", tr("video", "Title"), slots.title_slots()))
        if seen and any(clip.kind != "adjustment" for clip in clips):
            fit = (slots.FIT,) if any(clip.kind == "media" for clip in clips) else ()
            colour = (slots.COLOR,) if any(clip.kind == "solid" for clip in clips) else ()
            made.append(self._section("transform", tr("video", "Transform"), (*slots.TRANSFORM, *fit, *colour)))
        if any(self._timed(clip) for clip in clips):
            heard = any(self._heard(clip) for clip in clips)
            wanted = tuple(s for s in slots.SPEED if (heard or s.owner != "sound") and (seen or s.key != "clip/smooth"))
            made.append(self._section("speed", tr("video", "Speed"), wanted))
        made += [self._effect_section(clips[0], index) for index in range(len(clips[0].effects))]
        if any(self._heard(clip) for clip in clips):
            duck = (slots.DUCK,) if any(not track.seen for track, _ in found) else ()
            made.append(self._section("sound", tr("video", "Sound"), (*slots.SOUND, *duck)))
        return made

    def _timed(self, clip: Clip) -> bool:
        source = self._timeline.source_of(clip) if self._timeline is not None else None
        return source is not None and source.duration is not None

    def _section(self, key: str, words: str, wanted: Iterable[Slot]) -> Section:
        rows = [self._row(slot) for slot in wanted]
        section = Section(self._theme, key, words, rows, bool(self._kept.get(f"video/open/{key}", True)))
        section.reset.set_tip(tr("video", "Back to the beginning: {section}", section=words))
        section.reset.setVisible(key in ("transform", "sound"))
        section.reset_asked.connect(lambda: self._reset(section))
        section.folded.connect(lambda key, on: self._kept.set(f"video/open/{key}", on))
        return section

    def _effect_section(self, clip: Clip, index: int) -> Section:
        effect = clip.effects[index]
        nth = sum(1 for one in clip.effects[:index] if one.name == effect.name)
        declared = EFFECTS.get(effect.name)
        words = declared.label.say(self._theme.language.code) if declared is not None else effect.name
        section = self._section(f"effect:{effect.name}:{nth}", words, slots.effect_slots(effect.name, nth))
        section.be_effect(effect.enabled, index == 0)
        section.reset.setVisible(bool(section.rows))
        section.remove.set_tip(tr("video", "Take out: {effect}", effect=words))
        section.up.set_tip(tr("video", "Apply earlier: {effect}", effect=words))
        name(section.enabled, tr("video", "Effect on: {effect}", effect=words))
        owner = section.key
        section.removed.connect(lambda: self._each(N("video", "Remove effect"), owner, looks.remove_effect))
        section.switched.connect(lambda on: self._each(
            N("video", "Effect on or off"), owner, lambda t, c, e: looks.enable_effect(t, c, e, on)))
        section.moved.connect(lambda by: self._each(
            N("video", "Move effect"), owner, lambda t, c, e: looks.move_effect(t, c, e, max(0, index + by))))
        return section

    def _row(self, slot: Slot) -> Row:
        made = row_for(self._theme, slot)
        made.changed.connect(lambda value: self._set(slot, value))
        made.settled.connect(self._settled)
        made.keyed.connect(lambda: self._key(slot))
        made.walked.connect(lambda by: self._walk(slot, by))
        return made

    def _remake(self, sections: list[Section]) -> None:
        for old in self.sections:
            self.area.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.sections = sections
        for number, section in enumerate(sections):
            self.area.column.insertWidget(number, section)

    # inside: values --------------------------------------------------------------------------------------------

    def _say_head(self) -> None:
        found, timeline = self._found(), self._timeline
        join = find_transition(timeline, self._join) if timeline is not None and self._join else None
        self._head.setVisible(bool(found) or join is not None)
        code = self._theme.language.code
        if join is not None:
            spec = TRANSITIONS.get(join[1].kind)
            self.title.set_text(spec.label.say(code) if spec is not None else join[1].kind)
            self.detail.setText(tr("video", "Transition"))
        elif len(found) > 1:
            self.title.set_text(tr("video", "%n clips", n=len(found)))
            self.detail.setText("")
        elif found:
            track, clip = found[0]
            self.title.set_text(_name(timeline, clip))
            placed = track.clip(clip.id)
            number = track.placed.index(placed) + 1 if placed is not None else 0
            self.detail.setText(tr("video", "Clip {number} of {all}", number=number, all=len(track.placed)))

    def _fill(self) -> None:
        """Every row as the document says at the playhead."""
        timeline = self._timeline
        if timeline is None:
            return
        for section in self.sections:
            for one in section.rows:
                self._fill_row(timeline, one)
            if section.key == "speed":
                section.badge.setText(self._lengths())
            if section.key.startswith("effect:"):
                self._fill_effect(section)

    def _fill_row(self, timeline: Timeline, one: Row) -> None:
        if one.slot.owner == "video":
            one.show_value(slots.video_value(timeline, one.slot))
            return
        if one.slot.owner == "join":
            one.show_value(slots.join_value(timeline, self._join, one.slot))
            return
        placed = [found[1] for id in self._clips if (found := timeline.find(id)) is not None]
        values = [
            value for each in placed
            if (value := slots.value_of(timeline, each.clip, one.slot, slots.local(each, self._playhead))) is not None
        ]  # fmt: skip
        if not values:
            return
        one.show_value(values[0], any(value != values[0] for value in values))
        curves = [(each, slots.curve_of(each.clip, one.slot)) for each in placed]
        keyed = [(each, curve) for each, curve in curves if curve is not None and curve.keys]
        here = any(key.at == slots.local(each, self._playhead) for each, curve in keyed for key in curve.keys)
        one.set_keys(bool(keyed), here)

    def _fill_effect(self, section: Section) -> None:
        found = self._found()
        effect = slots.effect_of(found[0][1], section.key) if found else None
        if effect is not None:
            section.enabled.setChecked(effect.enabled)
            section.inside.setEnabled(effect.enabled)

    def _lengths(self) -> str:
        found = self._found()
        if len(found) != 1 or found[0][1].speed == 1:
            return ""
        clip = found[0][1]
        return f"{float(clip.length):.1f} s → {float(clip.duration):.1f} s"

    # inside: edits ---------------------------------------------------------------------------------------------

    def _set(self, slot: Slot, value: Value) -> None:
        """Live: one gesture is one undo step."""
        if slot.owner == "video":
            self._edit(N("video", "Change the video"), lambda t: slots.with_video(t, slot, value), slot.key)
            return
        if self._join:
            join = self._join
            self._edit(N("video", "Change transition"), lambda t: slots.with_join(t, join, slot, value), slot.key)
            return
        clips, playhead = self._clips, self._playhead
        self._edit(
            N("video", "Change a value"), lambda t: slots.with_value(t, clips, slot, value, playhead),
            f"{slot.key}:{','.join(clips)}",
        )  # fmt: skip

    def _settled(self) -> None:
        self._gesture += 1

    def _key(self, slot: Slot) -> None:
        clips, playhead = self._clips, self._playhead
        self._edit(N("video", "Key frame"), lambda t: slots.toggled(t, clips, slot, playhead))

    def _walk(self, slot: Slot, by: int) -> None:
        timeline = self._timeline
        to = slots.key_beside(timeline, self._clips[0], slot, self._playhead, by) if timeline and self._clips else None
        if to is not None:
            self.walked.emit(to)

    def _reset(self, section: Section) -> None:
        clips, wanted = self._clips, [one.slot for one in section.rows]
        self._edit(N("video", "Reset"), lambda t: slots.reset(t, clips, wanted))

    def _each(
        self, words: Marked, owner: str, change: Callable[[Timeline, str, str], Timeline]
    ) -> None:
        """The effect of that owner on every chosen clip that has it."""
        def all_of(timeline: Timeline) -> Timeline:
            for _, clip in self._found():
                effect = slots.effect_of(clip, owner)
                if effect is not None:
                    timeline = change(timeline, clip.id, effect.id)
            return timeline

        self._edit(words, all_of)

    def _edit(self, words: Marked, change: Callable[[Timeline], Timeline], merge: str = "") -> None:
        if self._document is None:
            return
        try:
            self._document.edit(words, change, f"inspector:{merge}:{self._gesture}" if merge else "")
        except Problem as problem:
            self.refused.set_note(NoteText("warning", sentence(problem, self._theme.language.code)))
            self.refused.show()
            self._fill()


def _effects(clip: Clip) -> tuple[str, ...]:
    return tuple(effect.name for effect in clip.effects)


def _name(timeline: Timeline | None, clip: Clip) -> str:
    if clip.title is not None and clip.title.text.strip():
        return clip.title.text.strip().splitlines()[0]
    source = timeline.source_of(clip) if timeline is not None else None
    return clip.name or (source.name if source is not None else "") or clip.kind
