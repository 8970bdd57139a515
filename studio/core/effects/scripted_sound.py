"""MoviePy's effects on sound: `moviepy.audio.fx`."""

from __future__ import annotations

from studio.core.effects.scripted_fields import LASTS, number, seconds, whole
from studio.core.effects.spec import EffectSpec, Field
from studio.core.words import Words


def _effect(moviepy: str, label: Words, *fields: Field) -> EffectSpec:
    return EffectSpec(f"moviepy.{moviepy}", label, "sound", "sound", fields, "native", moviepy)


EFFECTS: tuple[EffectSpec, ...] = (
    _effect(
        "AudioDelay", Words("Repeats", "重复回响", "重複迴響"),
        seconds("offset", Words("Every", "间隔", "間隔"), 0.2, 0.001),
        whole("n_repeats", Words("Times", "次数", "次數"), 8, 0, 100),
        number("decay", Words("Loudness of the last", "末次音量", "末次音量"), 1.0, 0.0, 4.0),
    ),
    _effect("AudioFadeIn", Words("Sound fades in", "声音淡入", "聲音淡入"), LASTS),
    _effect("AudioFadeOut", Words("Sound fades out", "声音淡出", "聲音淡出"), LASTS),
    _effect(
        "AudioLoop", Words("Sound loops", "声音循环", "聲音循環"),
        whole("n_loops", Words("Times", "次数", "次數"), 2, 1, 1000),
        seconds("duration", Words("Lasts (0: the clip’s)", "总长（0 为片段时长）", "總長（0 為片段時長）")),
    ),
    _effect("AudioNormalize", Words("Loudest at 0 dB", "峰值归到 0 dB", "峰值歸到 0 dB")),
    _effect(
        "MultiplyStereoVolume", Words("Left and right volume", "左右声道音量", "左右聲道音量"),
        number("left", Words("Left", "左", "左"), 1.0, 0.0, 10.0, keyed=True),
        number("right", Words("Right", "右", "右"), 1.0, 0.0, 10.0, keyed=True),
    ),
    _effect(
        "MultiplyVolume", Words("Volume", "音量", "音量"),
        number("factor", Words("Factor", "倍数", "倍數"), 1.0, 0.0, 10.0, keyed=True),
        seconds("start_time", Words("From", "开始于", "開始於")),
        seconds("end_time", Words("Until (0: the end)", "结束于（0 为结尾）", "結束於（0 為結尾）")),
    ),
)
