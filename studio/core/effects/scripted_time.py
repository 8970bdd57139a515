"""MoviePy's effects that change when a clip's frames are seen, and what they mean on a timeline.

The clip's duration stays the editor's: an effect says which moment of the clip is shown at each moment, and where it
asks for more than the clip's range, the source is read on beyond it (its last frame stays when it ends).

AccelDecel, MultiplySpeed, Freeze   as in MoviePy, cut off at the clip's end
Loop            the first nth of the clip, n times over
TimeMirror      backwards
TimeSymmetrize  the first half forwards, then backwards
MakeLoopable    begins `overlap_duration` later, and its end is blended over into what lay before its beginning
"""

from __future__ import annotations

from studio.core.effects.scripted_fields import number, seconds, switch, whole
from studio.core.effects.spec import EffectSpec, Engine, Field
from studio.core.words import Words


def _effect(moviepy: str, label: Words, *fields: Field, engine: Engine = "native") -> EffectSpec:
    return EffectSpec(f"moviepy.{moviepy}", label, "picture", "time", fields, engine, moviepy)


EFFECTS: tuple[EffectSpec, ...] = (
    _effect(
        "AccelDecel", Words("Speed up and slow down", "加速再减速", "加速再減速"),
        seconds("new_duration", Words("Duration (0: the clip’s)", "时长（0 为片段时长）", "時長（0 為片段時長）")),
        number("abruptness", Words("Abruptness", "突变程度", "突變程度"), 1.0, -0.99, 20.0),
        number("soonness", Words("Soonness", "提前程度", "提前程度"), 1.0, 0.01, 20.0),
    ),
    _effect(
        "Freeze", Words("Freeze frame", "定格", "定格"),
        seconds("t", Words("Moment", "时刻", "時刻")),
        switch("t.end", Words("At the end", "在结尾", "在結尾"), False),
        seconds("freeze_duration", Words("For", "持续", "持續"), 1.0),
        seconds("total_duration", Words("Or until the whole lasts (0: not used)", "或使总长为（0 为不用）",
                                        "或使總長為（0 為不用）")),
        seconds("padding_end", Words("Before the end", "距结尾", "距結尾")),
        switch("update_start_end", Words("Keep start and end", "保留起止时间", "保留起訖時間"), True),
    ),
    _effect(
        "Loop", Words("Loop", "循环", "循環"), whole("n", Words("Times", "次数", "次數"), 2, 1, 1000),
        seconds("duration", Words("Lasts (0: the clip’s)", "总长（0 为片段时长）", "總長（0 為片段時長）")),
    ),
    _effect(
        "MakeLoopable", Words("Seamless loop", "无缝循环", "無縫循環"),
        seconds("overlap_duration", Words("Overlap", "重叠", "重疊"), 0.5, 0.01), engine="baked",
    ),
    _effect(
        "MultiplySpeed", Words("Speed", "变速", "變速"),
        number("factor", Words("Factor", "倍数", "倍數"), 1.0, 0.01, 100.0),
        seconds("final_duration", Words("Or lasts (0: not used)", "或时长为（0 为不用）", "或時長為（0 為不用）")),
    ),
    _effect("TimeMirror", Words("Backwards", "倒放", "倒放")),
    _effect("TimeSymmetrize", Words("Forwards and back", "正放再倒放", "正放再倒放")),
)
