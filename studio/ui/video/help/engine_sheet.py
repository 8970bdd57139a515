"""Which engine listens, and what it takes to fetch it: said before anything is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.services.videos.engines import ENGINES
from studio.services.videos.transcribing import Transcribing, Wanted
from studio.ui.i18n import tr
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Combo
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

LANGUAGES = ("", "zh_CN", "zh_TW", "en")


class EngineSheet(Sheet):
    """asked(Wanted): listen so, fetching first what is not here."""

    asked = Signal(object)

    def __init__(self, theme: Theme, hearing: Transcribing, language: str) -> None:
        super().__init__(theme, tr("videohelp", "Captions by listening"), width=520)
        self._hearing, self._code = hearing, language
        self.engine = Combo(theme, [(e.id, e.label.say(language)) for e in ENGINES.values()])
        self.model = Combo(theme)
        self.spoken = Combo(theme, [(code, self._called(code)) for code in LANGUAGES])
        self.words = Label("", "small", "text-2", wrap=True)
        self.go = Button(theme, "", "primary")
        self.go.clicked.connect(self._ask)
        for label, field in ((tr("videohelp", "Engine"), self.engine), (tr("videohelp", "Model"), self.model),
                             (tr("videohelp", "Spoken language"), self.spoken)):
            name(field, label)
            self.body.addLayout(column(Label(label, "small", "text-2"), field, gap=4))
        self.body.addWidget(self.words)
        foot = QWidget()
        foot.setLayout(row(None, self.go, gap=12))
        self.set_footer(foot)
        self.engine.currentIndexChanged.connect(self._engine_chosen)
        self.model.currentIndexChanged.connect(self._say)
        self._engine_chosen()

    def wanted(self) -> Wanted:
        """What is chosen."""
        return Wanted(self.engine.value, self.model.value, self.spoken.value)

    def _called(self, code: str) -> str:
        names = {"": tr("videohelp", "Whichever it is"), "zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}
        return names[code]

    def _engine_chosen(self) -> None:
        models = ENGINES[self.engine.value].models
        self.model.set_choices([(model.id, model.label.say(self._code)) for model in models])
        self.model.set_value("base" if any(model.id == "base" for model in models) else models[0].id)
        self._say()

    def _say(self) -> None:
        if not self.model.value:
            return
        missing = self._missing()
        fetch = tr("videohelp", "About {size} MB are fetched first, from the internet, once. Nothing of yours is sent: "
                   "it listens on this computer, offline.", size=missing)
        here = tr("videohelp", "All of it is on this computer. Nothing is sent anywhere.")
        self.words.setText(fetch if missing else here)
        listen = tr("videohelp", "Listen")
        self.go.setText(tr("videohelp", "Fetch {size} MB and listen", size=missing) if missing else listen)

    def _missing(self) -> int:
        """Megabytes that are not here yet."""
        engine, wanted = ENGINES[self.engine.value], self.wanted()
        here = next(each for each in self._hearing.here() if each.engine.id == engine.id)
        model = engine.model(wanted.model)
        needed = 0 if here.installed else engine.bytes
        if model is not None and model.repo and model.id not in here.models:
            needed += model.bytes
        return round(needed / 1_000_000)

    def _ask(self) -> None:
        wanted = self.wanted()
        self.close_with("asked")
        self.asked.emit(wanted)
