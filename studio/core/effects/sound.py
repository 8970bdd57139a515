"""The engine's own effects on sound."""

from __future__ import annotations

from studio.core.effects.spec import EffectSpec, Field, FieldKind
from studio.core.words import Words


def _number(
    name: str, label: Words, default: float, least: float, most: float, kind: FieldKind = "number", *,
    step: float = 1.0, keyed: bool = True,
) -> Field:
    return Field(name, label, kind, default, least, most, step, keyed=keyed)


def _effect(name: str, label: Words, *fields: Field) -> EffectSpec:
    return EffectSpec(name, label, "sound", "sound", fields)


AMOUNT = Words("Amount", "强度", "強度")
HERTZ = Words("Frequency in Hz", "频率（Hz）", "頻率（Hz）")
THRESHOLD = Words("Threshold", "阈值", "臨界值")
RELEASE = Words("Release in ms", "释放（毫秒）", "釋放（毫秒）")
STEEP = Field("steep", Words("Steep", "陡峭", "陡峭"), "switch", False)

EFFECTS: tuple[EffectSpec, ...] = (
    _effect(
        "denoise", Words("Noise reduction", "降噪", "降噪"),
        _number("reduction", Words("Reduction", "降低", "降低"), 12.0, 0.01, 60.0, "decibels", keyed=False),
        _number("floor", Words("Noise level", "噪声电平", "噪音電平"), -50.0, -80.0, -20.0, "decibels", keyed=False),
        Field("follow", Words("Measure the noise level", "自动测量噪声", "自動測量噪音"), "switch", True),
    ),
    _effect(
        "clear_voice", Words("Clear voice", "人声清晰", "人聲清晰"),
        _number("amount", AMOUNT, 60.0, 0.0, 100.0, "percent"),
    ),
    _effect(
        "equalizer", Words("Equaliser", "均衡器", "等化器"),
        _number("bass", Words("Bass", "低音", "低音"), 0.0, -24.0, 24.0, "decibels"),
        _number("middle", Words("Middle", "中音", "中音"), 0.0, -24.0, 24.0, "decibels"),
        _number("hertz", Words("Middle at Hz", "中音频率（Hz）", "中音頻率（Hz）"), 1200.0, 200.0, 6000.0, step=50.0),
        _number("treble", Words("Treble", "高音", "高音"), 0.0, -24.0, 24.0, "decibels"),
    ),
    _effect("highpass", Words("Cut low tones", "切除低频", "切除低頻"),
            _number("hertz", HERTZ, 90.0, 10.0, 10_000.0, step=10.0), STEEP),
    _effect("lowpass", Words("Cut high tones", "切除高频", "切除高頻"),
            _number("hertz", HERTZ, 8000.0, 50.0, 20_000.0, step=100.0), STEEP),
    _effect(
        "compressor", Words("Compressor", "压缩器", "壓縮器"),
        _number("threshold", THRESHOLD, -20.0, -60.0, 0.0, "decibels"),
        _number("ratio", Words("Ratio", "比率", "比率"), 3.0, 1.0, 20.0, step=0.5),
        _number("attack", Words("Attack in ms", "启动（毫秒）", "啟動（毫秒）"), 10.0, 0.1, 500.0),
        _number("release", RELEASE, 200.0, 10.0, 3000.0, step=10.0),
        _number("makeup", Words("Make-up gain", "补偿增益", "補償增益"), 0.0, 0.0, 24.0, "decibels"),
    ),
    _effect(
        "gate", Words("Noise gate", "噪声门", "噪音閘門"),
        _number("threshold", THRESHOLD, -45.0, -80.0, 0.0, "decibels"),
        _number("reduction", Words("Quieter by", "降低", "降低"), 30.0, 0.0, 90.0, "decibels"),
        _number("release", RELEASE, 200.0, 10.0, 3000.0, step=10.0),
    ),
    _effect("deesser", Words("De-esser", "去齿音", "去齒音"),
            _number("amount", AMOUNT, 40.0, 0.0, 100.0, "percent", keyed=False)),
    _effect("telephone", Words("Telephone", "电话音", "電話音")),
    _effect(
        "echo", Words("Echoes", "回声", "回聲"),
        _number("delay", Words("Every", "间隔", "間隔"), 0.3, 0.02, 2.0, "seconds", step=0.05, keyed=False),
        _number("feedback", Words("Feedback", "反馈", "回授"), 40.0, 0.0, 90.0, "percent", keyed=False),
        _number("level", Words("Loudness", "音量", "音量"), 50.0, 0.0, 100.0, "percent", keyed=False),
    ),
    _effect(
        "reverb", Words("Reverb", "混响", "殘響"),
        _number("seconds", Words("Room in seconds", "空间（秒）", "空間（秒）"), 1.2, 0.1, 4.0, "seconds", step=0.1,
                keyed=False),
        _number("dull", Words("Soft walls", "墙面吸音", "牆面吸音"), 40.0, 0.0, 100.0, "percent", keyed=False),
        _number("mix", Words("Mix", "混合", "混合"), 25.0, 0.0, 100.0, "percent"),
    ),
    _effect(
        "pitch", Words("Pitch", "变调", "變調"),
        _number("semitones", Words("Semitones", "半音", "半音"), 0.0, -12.0, 12.0, keyed=False),
    ),
    _effect("balance", Words("Left or right", "左右平衡", "左右平衡"),
            _number("side", Words("Side", "偏向", "偏向"), 0.0, -100.0, 100.0, "percent", step=5.0)),
    _effect("width", Words("Stereo width", "立体声宽度", "立體聲寬度"),
            _number("width", Words("Width", "宽度", "寬度"), 100.0, 0.0, 300.0, "percent", step=5.0)),
    _effect(
        "channels", Words("Channels", "声道", "聲道"),
        Field("take", Words("Take", "取用", "取用"), "choice", "both", choices=(
            ("both", Words("Both", "两个声道", "兩個聲道")), ("left", Words("Left only", "仅左声道", "僅左聲道")),
            ("right", Words("Right only", "仅右声道", "僅右聲道")), ("swap", Words("Swapped", "左右互换", "左右互換")),
            ("mono", Words("Mixed to one", "混为单声道", "混為單聲道")),
        )),
    ),
)
