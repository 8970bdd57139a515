"""The two halves of drawing Qt's own controls: a generated style sheet, and a proxy style for what QSS does badly.

The proxy style draws the focus ring, check boxes, radios, switches and sliders. Everything else follows
`assets/theme/studio.qss`, filled in from the token table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from studio.ui.tokens import ROLES

if TYPE_CHECKING:
    from studio.ui.theme import Theme

RING_WIDTH, RING_GAP = 2, 2
DEFAULT_RADIUS = 7
_TOKEN = re.compile(r"([@$])([a-z][a-z0-9-]*)")
PE, PM, CE, SH, SF = (
    QStyle.PrimitiveElement, QStyle.PixelMetric, QStyle.ControlElement, QStyle.StyleHint, QStyle.StateFlag,
)  # fmt: skip


def style_sheet(theme: Theme) -> str:
    """The whole style sheet for the theme as it is now."""
    template = theme.resources.read("theme/studio.qss").decode()
    measures = {
        "field": f"{theme.px(30)}px",
        "small": f"{theme.px(26)}px",
        "item": f"{theme.px(28)}px",
        "menu": f"{theme.px(18)}px",
        "popup": "8px" if composited() else "0px",
    }

    def fill(match: re.Match[str]) -> str:
        kind, name = match.groups()
        return qss_colour(theme.css(name)) if kind == "@" else measures[name]

    return _TOKEN.sub(fill, template) + role_rules(theme)


def role_rules(theme: Theme) -> str:
    """Rules that give a widget with the property `role` its size and weight."""
    rules = []
    for name, role in ROLES.items():
        size = theme.font(name).pixelSize()
        family = ", ".join(f'"{family}"' for family in theme.font(name).families())
        rules.append(f'*[role="{name}"] {{ font-family: {family}; font-size: {size}px; font-weight: {role.weight}; }}')
    for weight in (400, 500, 600):
        rules.append(f'*[weight="{weight}"] {{ font-weight: {weight}; }}')
    rules.append(f"QToolTip {{ font-size: {theme.font('small').pixelSize()}px; }}")
    return "\n".join(rules)


def qss_colour(value: str) -> str:
    """A token's value as QSS reads it (QSS takes #AARRGGBB too, but says so nowhere)."""
    colour = QColor(value)
    if colour.alpha() == 255:
        return value
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"


def composited() -> bool:
    """Whether translucent windows are safe here. X11 may run without a compositor, so it gets square corners."""
    return QGuiApplication.platformName() in ("windows", "cocoa", "wayland")


class StudioStyle(QProxyStyle):
    """Fusion underneath; our focus ring, marks, switch and slider on top."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def follow(self, theme: Theme) -> None:
        """Draw with this theme from now on."""
        self._theme = theme

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Our measures for indicators, splitters, icons and the focus frame."""
        if metric in _INDICATOR:
            return self._indicator(metric, widget)
        if metric in _METRICS:
            return _METRICS[metric]
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        """No underlined letters, no etched text, combos open below, the ring lies above."""
        if hint in _HINTS:
            return _HINTS[hint]
        return super().styleHint(hint, option, widget, data)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Check boxes, switches and radios; Qt's dotted focus rectangle is never drawn."""
        if element == PE.PE_FrameFocusRect:
            return
        if element == PE.PE_IndicatorCheckBox:
            is_switch = widget is not None and widget.property("kind") == "switch"
            (self._draw_switch if is_switch else self._draw_check)(option, painter)
        elif element == PE.PE_IndicatorRadioButton:
            self._draw_radio(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """The focus ring."""
        if element == CE.CE_FocusFrame:
            self._draw_ring(option, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """The slider."""
        if control == QStyle.ComplexControl.CC_Slider and isinstance(option, QStyleOptionSlider) and widget:
            self._draw_slider(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _indicator(self, metric: QStyle.PixelMetric, widget: QWidget | None) -> int:
        wide = metric == PM.PM_IndicatorWidth and widget is not None and widget.property("kind") == "switch"
        return self._theme.icon_size(28 if wide else 16)

    def _draw_ring(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
        radius = float((widget.property("ring") if widget is not None else None) or DEFAULT_RADIUS) + RING_GAP
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("focus"), RING_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, min(radius, rect.height() / 2), min(radius, rect.height() / 2))
        painter.restore()

    def _begin(self, option: QStyleOption, painter: QPainter) -> tuple[bool, bool]:
        """Shared start of the marks: (is on, is enabled)."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        enabled = bool(state & SF.State_Enabled)
        painter.setOpacity(1.0 if enabled else 0.5)
        return bool(state & SF.State_On), enabled

    def _draw_check(self, option: QStyleOption, painter: QPainter) -> None:
        on, _ = self._begin(option, painter)
        partly = bool(option.state & SF.State_NoChange)
        rect = QRectF(option.rect).adjusted(0.75, 0.75, -0.75, -0.75)
        filled = on or partly
        painter.setPen(QPen(self._theme.color("accent" if filled else "control"), 1.5))
        painter.setBrush(self._theme.color("accent" if filled else "surface"))
        painter.drawRoundedRect(rect, 4, 4)
        if filled:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_round_pen(self._theme.color("on-accent"), 1.8))
            painter.drawPath(_tick(rect) if on else _dash(rect))
        painter.restore()

    def _draw_radio(self, option: QStyleOption, painter: QPainter) -> None:
        on, _ = self._begin(option, painter)
        rect = QRectF(option.rect).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(self._theme.color("accent" if on else "control"), 1.5))
        painter.setBrush(self._theme.color("accent" if on else "surface"))
        painter.drawEllipse(rect)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("on-accent"))
            painter.drawEllipse(rect.center(), rect.width() * 0.2, rect.width() * 0.2)
        painter.restore()

    def _draw_switch(self, option: QStyleOption, painter: QPainter) -> None:
        on, _ = self._begin(option, painter)
        rect = QRectF(option.rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent" if on else "control"))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        side = rect.height() - 4
        left = rect.right() - side - 2 if on else rect.left() + 2
        painter.setBrush(self._theme.color("on-accent"))
        painter.drawEllipse(QRectF(left, rect.top() + 2, side, side))
        painter.restore()

    def _draw_slider(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget) -> None:
        handle = QRectF(self.subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, widget
        ))  # fmt: skip
        self._begin(option, painter)
        whole, middle = QRectF(option.rect), handle.center()
        across = option.orientation == Qt.Orientation.Horizontal
        groove = (
            QRectF(whole.left() + 2, middle.y() - 2, whole.width() - 4, 4)
            if across
            else QRectF(middle.x() - 2, whole.top() + 2, 4, whole.height() - 4)
        )
        done = QRectF(groove)
        done.setRight(middle.x()) if across else done.setTop(middle.y())
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, token in ((groove, "press"), (done, "accent")):
            painter.setBrush(self._theme.color(token))
            painter.drawRoundedRect(rect, 2, 2)
        painter.setBrush(self._theme.color("surface"))
        painter.setPen(QPen(self._theme.color("control"), 1.5))
        painter.drawEllipse(middle, 7, 7)
        painter.restore()


def dress_application(app: QApplication, theme: Theme) -> None:
    """Give the application our style, once in its life: Qt frees the old one while widgets may still hold it."""
    style = getattr(app, "studio_style", None)
    if isinstance(style, StudioStyle):
        style.follow(theme)
        return
    style = StudioStyle(theme)
    app.setStyle(style)
    app.studio_style = style  # type: ignore[attr-defined]


_INDICATOR = frozenset({
    PM.PM_IndicatorWidth, PM.PM_IndicatorHeight, PM.PM_ExclusiveIndicatorWidth, PM.PM_ExclusiveIndicatorHeight,
})  # fmt: skip
_METRICS = {
    PM.PM_FocusFrameHMargin: RING_WIDTH + RING_GAP,
    PM.PM_FocusFrameVMargin: RING_WIDTH + RING_GAP,
    PM.PM_SmallIconSize: 16,
    PM.PM_ButtonIconSize: 16,
    PM.PM_SplitterWidth: 1,
    PM.PM_CheckBoxLabelSpacing: 8,
    PM.PM_RadioButtonLabelSpacing: 8,
    PM.PM_SliderThickness: 20,
    PM.PM_SliderControlThickness: 16,
    PM.PM_SliderLength: 16,
    PM.PM_ToolTipLabelFrameWidth: 6,
}
_HINTS = {
    SH.SH_UnderlineShortcut: 0,
    SH.SH_EtchDisabledText: 0,
    SH.SH_DitherDisabledText: 0,
    SH.SH_ComboBox_Popup: 0,
    SH.SH_FocusFrame_AboveWidget: 1,
    SH.SH_FocusFrame_Mask: 0,
    SH.SH_ItemView_ShowDecorationSelected: 1,
    SH.SH_ToolTip_WakeUpDelay: 500,
    SH.SH_Menu_SloppySubMenus: 1,
}


def _round_pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _tick(rect: QRectF) -> QPainterPath:
    path = QPainterPath(_at(rect, 0.24, 0.52))
    path.lineTo(_at(rect, 0.43, 0.71))
    path.lineTo(_at(rect, 0.77, 0.31))
    return path


def _dash(rect: QRectF) -> QPainterPath:
    path = QPainterPath(_at(rect, 0.27, 0.5))
    path.lineTo(_at(rect, 0.73, 0.5))
    return path


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y)


