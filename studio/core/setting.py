"""Every setting, written once as data; dialog, check and manual follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.words import Words

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in files, its default (which gives its type), its choices or range, its words."""

    id: str
    default: Value
    label: Words
    help: Words
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    group: str = "general"

    def check(self, value: object) -> Value:
        """`value` when it fits, Refused with what would fit otherwise."""
        if type(value) is not type(self.default):
            raise self._refused(value)
        assert isinstance(value, str | int | bool)
        if self.choices and value not in self.choices:
            raise self._refused(value)
        if isinstance(value, int) and not isinstance(value, bool) and not self._in_range(value):
            raise self._refused(value)
        return value

    def _in_range(self, value: int) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def _refused(self, value: object) -> Refused:
        wanted = ", ".join(self.choices) or (f"{self.least}..{self.most}" if self.least is not None else "")
        return Refused(error("setting.unfit", self.id, setting=self.id, value=str(value), wanted=wanted))


def _both(en: str, zh_cn: str, zh_tw: str) -> Words:
    return Words(en, zh_cn, zh_tw)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "language", "system", _both("Language", "语言", "語言"),
        _both("The words of the studio", "界面使用的语言", "介面使用的語言"),
        ("system", "en", "zh_CN", "zh_TW"), group="look",
    ),
    Setting(
        "theme", "system", _both("Theme", "主题", "主題"),
        _both("Light, dark, or as the system", "浅色、深色，或跟随系统", "淺色、深色，或跟隨系統"),
        ("system", "light", "dark"), group="look",
    ),
    Setting(
        "density", "comfortable", _both("Row height", "行高", "行高"),
        _both("How close rows stand", "列表每行的疏密", "列表每行的疏密"),
        ("comfortable", "compact"), group="look",
    ),
    Setting(
        "motion", True, _both("Motion", "动效", "動效"),
        _both("Short fades and slides", "短暂的淡入与滑动", "短暫的淡入與滑動"), group="look",
    ),
    Setting(
        "late", "post:15m", _both("If the computer was off", "到点没开机", "到點沒開機"),
        _both("New schedules start with this rule", "新排期默认用这条规则", "新排程預設用這條規則"),
        group="publishing", choices=("post:15m", "post:60m", "ask", "skip"),
    ),
    Setting(
        "zone", "system", _both("Time zone", "时区", "時區"),
        _both("New schedules are read in this zone", "新排期按这个时区理解", "新排程按這個時區理解"),
        group="publishing",
    ),
    Setting(
        "keep_metadata", False, _both("Keep place and camera data", "保留位置与相机信息", "保留位置與相機資訊"),
        _both(
            "Off: GPS and serial numbers are taken out of photos before they are sent",
            "关闭时，发送前会去掉照片里的定位和序列号", "關閉時，傳送前會去掉照片裡的定位和序號",
        ),
        group="publishing",
    ),
    Setting(
        "startup", "off", _both("Start at login", "登录时启动", "登入時啟動"),
        _both(
            "What publishes after a restart without anybody opening the window",
            "电脑重启后，不用打开窗口也能发布", "電腦重新啟動後，不用開視窗也能發布",
        ),
        ("off", "worker", "window"), group="running",
    ),
    Setting(
        "closing", "ask", _both("When the window closes", "关闭窗口时", "關閉視窗時"),
        _both(
            "In the tray, what is scheduled still goes out",
            "留在托盘里，已排期的会继续发布", "留在系統匣裡，已排程的會繼續發布",
        ),
        ("ask", "tray", "quit"), group="running",
    ),
    Setting(
        "notice_published", True, _both("Published", "已发布", "已發布"),
        _both("Not shown while you are using Yigao", "正在使用一稿时不通知", "正在使用一稿時不通知"), group="notices",
    ),
    Setting(
        "notice_failed", True, _both("Not published", "没有发布", "沒有發布"),
        _both("With the reason and the next step", "说明原因和下一步", "說明原因和下一步"), group="notices",
    ),
    Setting(
        "notice_needs_you", True, _both("Needs you", "等你动手", "等你動手"),
        _both(
            "A step by hand, or a send whose outcome is not known",
            "需要手动完成，或发送结果不明", "需要手動完成，或傳送結果不明",
        ),
        group="notices",
    ),
    Setting(
        "notice_missed", True, _both("Missed", "错过", "錯過"),
        _both("Its time passed while nothing was running", "到点时没有运行，错过了", "到點時沒有執行，錯過了"),
        group="notices",
    ),
    Setting(
        "notice_signed_out", True, _both("Sign in again", "需要重新登录", "需要重新登入"),
        _both("An account was signed out", "账号的登录失效了", "帳號的登入失效了"), group="notices",
    ),
    Setting(
        "backups", 14, _both("Daily backups to keep", "保留的每日备份", "保留的每日備份"),
        _both("Older ones are removed", "更早的会被清理", "更早的會被清理"), least=2, most=365, group="data",
    ),
)
BY_ID: Mapping[str, Setting] = {s.id: s for s in SETTINGS}


def setting(id: str) -> Setting:
    """The setting of that name; Refused when there is none."""
    try:
        return BY_ID[id]
    except KeyError:
        raise Refused(error("setting.unknown", id, setting=id)) from None
