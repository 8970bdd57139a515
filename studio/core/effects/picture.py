"""The engine's own effects on pictures."""

from __future__ import annotations

from studio.core.effects.spec import EffectSpec, Field
from studio.core.words import Words


def _percent(name: str, label: Words, default: float, least: float, most: float, keyed: bool = True) -> Field:
    return Field(name, label, "percent", default, least, most, keyed=keyed)


STRENGTH = _percent("strength", Words("Strength", "强度", "強度"), 100.0, 0.0, 100.0)
AMOUNT = _percent("amount", Words("Amount", "程度", "程度"), 50.0, 0.0, 100.0)
WIDTH, HEIGHT = Words("Width", "宽度", "寬度"), Words("Height", "高度", "高度")
LEFT, RIGHT = Words("Left", "左", "左"), Words("Right", "右", "右")
TOP, BOTTOM = Words("Top", "上", "上"), Words("Bottom", "下", "下")
COLOUR = Words("Colour", "颜色", "顏色")
SOFTNESS = Words("Softness", "柔和", "柔和")

LOOKS = (
    ("vivid", Words("Vivid", "鲜艳", "鮮豔")), ("warm", Words("Warm", "暖阳", "暖陽")),
    ("cool", Words("Cool", "清冷", "清冷")), ("faded", Words("Faded", "褪色", "褪色")),
    ("vintage", Words("Vintage", "复古", "復古")), ("cinema", Words("Cinema", "电影", "電影")),
    ("teal", Words("Teal and orange", "青橙", "青橙")), ("noir", Words("Noir", "黑白", "黑白")),
    ("sepia", Words("Sepia", "怀旧", "懷舊")),
)

_COLOUR = (
    EffectSpec("colour", Words("Colour", "调色", "調色"), "picture", "colour", (
        Field("exposure", Words("Exposure", "曝光", "曝光"), "number", 0.0, -3.0, 3.0, 0.1),
        _percent("brightness", Words("Brightness", "亮度", "亮度"), 0.0, -100.0, 100.0),
        _percent("contrast", Words("Contrast", "对比度", "對比度"), 0.0, -100.0, 100.0),
        _percent("highlights", Words("Highlights", "高光", "高光"), 0.0, -100.0, 100.0),
        _percent("shadows", Words("Shadows", "阴影", "陰影"), 0.0, -100.0, 100.0),
        _percent("saturation", Words("Saturation", "饱和度", "飽和度"), 0.0, -100.0, 100.0),
        _percent("temperature", Words("Temperature", "色温", "色溫"), 0.0, -100.0, 100.0),
        _percent("tint", Words("Tint", "色调", "色調"), 0.0, -100.0, 100.0),
    )),
    EffectSpec("hue", Words("Hue", "色相", "色相"), "picture", "colour", (
        Field("angle", Words("Angle", "角度", "角度"), "degrees", 30.0, -180.0, 180.0),)),
    EffectSpec("look", Words("Look", "滤镜", "濾鏡"), "picture", "colour", (
        Field("name", Words("Look", "滤镜", "濾鏡"), "choice", "vivid", choices=LOOKS, keyed=False), STRENGTH)),
    EffectSpec("lut", Words("Colour table (LUT)", "调色文件（LUT）", "調色檔（LUT）"), "picture", "colour", (
        Field("file", Words("File", "文件", "檔案"), "file", "", keyed=False), STRENGTH)),
    EffectSpec("vignette", Words("Vignette", "暗角", "暗角"), "picture", "colour", (
        AMOUNT, _percent("size", Words("Size", "大小", "大小"), 60.0, 10.0, 150.0),
        _percent("softness", SOFTNESS, 60.0, 1.0, 100.0))),
    EffectSpec("grain", Words("Film grain", "胶片颗粒", "膠片顆粒"), "picture", "colour", (
        _percent("amount", Words("Amount", "程度", "程度"), 25.0, 0.0, 100.0),
        Field("size", Words("Size", "大小", "大小"), "pixels", 2.0, 1.0, 8.0, keyed=False))),
)
_BLUR = (
    EffectSpec("blur", Words("Blur", "模糊", "模糊"), "picture", "blur", (
        Field("radius", Words("Radius", "半径", "半徑"), "pixels", 12.0, 0.0, 200.0),)),
    EffectSpec("motion_blur", Words("Motion blur", "运动模糊", "動態模糊"), "picture", "blur", (
        Field("radius", Words("Length", "长度", "長度"), "pixels", 20.0, 0.0, 300.0),
        Field("angle", Words("Angle", "角度", "角度"), "degrees", 0.0, 0.0, 360.0))),
    EffectSpec("mosaic", Words("Mosaic", "马赛克", "馬賽克"), "picture", "blur", (
        Field("size", Words("Size", "大小", "大小"), "pixels", 40.0, 2.0, 400.0),)),
    EffectSpec("sharpen", Words("Sharpen", "锐化", "銳化"), "picture", "blur", (AMOUNT,)),
    EffectSpec("denoise_picture", Words("Remove noise", "降噪", "降噪"), "picture", "blur", (
        AMOUNT, Field("method", Words("Method", "方式", "方式"), "choice", "quick", keyed=False, choices=(
            ("quick", Words("Quick", "快速", "快速")),
            ("thorough", Words("Thorough (slow)", "精细（慢）", "精細（慢）")))))),
)
_SHAPE = (
    EffectSpec("crop", Words("Crop", "裁剪", "裁剪"), "picture", "shape", tuple(
        _percent(name, label, 0.0, 0.0, 95.0)
        for name, label in (("left", LEFT), ("top", TOP), ("right", RIGHT), ("bottom", BOTTOM)))),
    EffectSpec("flip", Words("Flip", "翻转", "翻轉"), "picture", "shape", (
        Field("across", Words("Left to right", "左右", "左右"), "switch", True, keyed=False),
        Field("over", Words("Upside down", "上下", "上下"), "switch", False, keyed=False))),
    EffectSpec("turn", Words("Quarter turn", "旋转 90°", "旋轉 90°"), "picture", "shape", (
        Field("by", Words("Clockwise", "顺时针", "順時針"), "choice", "90", keyed=False, choices=tuple(
            (f"{by}", Words(f"{by}°", f"{by}°", f"{by}°")) for by in (90, 180, 270))),)),
    EffectSpec("mask", Words("Mask", "蒙版", "遮罩"), "picture", "shape", (
        Field("shape", Words("Shape", "形状", "形狀"), "choice", "ellipse", keyed=False, choices=(
            ("ellipse", Words("Ellipse", "椭圆", "橢圓")), ("rectangle", Words("Rectangle", "矩形", "矩形")))),
        _percent("x", Words("Right", "水平位置", "水平位置"), 0.0, -100.0, 100.0),
        _percent("y", Words("Down", "垂直位置", "垂直位置"), 0.0, -100.0, 100.0),
        _percent("width", WIDTH, 80.0, 1.0, 300.0), _percent("height", HEIGHT, 80.0, 1.0, 300.0),
        Field("rotation", Words("Rotation", "旋转", "旋轉"), "degrees", 0.0, -360.0, 360.0),
        _percent("radius", Words("Rounded corners", "圆角", "圓角"), 0.0, 0.0, 100.0),
        _percent("feather", Words("Feather", "羽化", "羽化"), 0.0, 0.0, 100.0),
        Field("invert", Words("Invert", "反转", "反轉"), "switch", False, keyed=False))),
)
_KEY = (
    EffectSpec("chroma_key", Words("Chroma key", "色度抠图", "色度去背"), "picture", "key", (
        Field("color", COLOUR, "color", "#00ff00", keyed=False),
        _percent("similarity", Words("Range", "范围", "範圍"), 18.0, 1.0, 100.0),
        _percent("softness", SOFTNESS, 8.0, 0.0, 100.0),
        _percent("despill", Words("Remove the colour's shine", "去除溢色", "去除溢色"), 50.0, 0.0, 100.0))),
    EffectSpec("luma_key", Words("Luma key", "亮度抠图", "亮度去背"), "picture", "key", (
        _percent("threshold", Words("Brightness", "亮度", "亮度"), 0.0, 0.0, 100.0),
        _percent("tolerance", Words("Range", "范围", "範圍"), 10.0, 0.0, 100.0),
        _percent("softness", SOFTNESS, 5.0, 0.0, 100.0))),
)
_MOTION = (
    EffectSpec("slow_zoom", Words("Slow zoom", "缓慢推拉", "緩慢推拉"), "picture", "motion", (
        _percent("from", Words("From", "从", "從"), 100.0, 10.0, 400.0, keyed=False),
        _percent("to", Words("To", "到", "到"), 115.0, 10.0, 400.0, keyed=False),
        _percent("x", Words("Toward right", "朝向：水平", "朝向：水平"), 0.0, -50.0, 50.0, keyed=False),
        _percent("y", Words("Toward bottom", "朝向：垂直", "朝向：垂直"), 0.0, -50.0, 50.0, keyed=False))),
    EffectSpec("shake", Words("Shake", "抖动", "抖動"), "picture", "motion", (
        Field("amount", Words("Distance", "幅度", "幅度"), "pixels", 20.0, 0.0, 200.0),
        Field("speed", Words("Times a second", "每秒次数", "每秒次數"), "number", 6.0, 0.1, 30.0, 0.5, keyed=False))),
)
EFFECTS: tuple[EffectSpec, ...] = (*_COLOUR, *_BLUR, *_SHAPE, *_KEY, *_MOTION)
