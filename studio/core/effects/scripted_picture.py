"""MoviePy's effects that change a picture: `moviepy.video.fx`, without those of time.

Sizes and places are in px of the clip's own picture, upright and before it is laid on the canvas.
"""

from __future__ import annotations

from studio.core.effects.scripted_fields import (
    APPLY_TO,
    EDGES,
    LARGEST,
    LASTS,
    SIDES,
    box,
    choice,
    color,
    file,
    number,
    pixels,
    seconds,
    switch,
    whole,
)
from studio.core.effects.spec import EffectSpec, Engine, Field
from studio.core.words import Words


def _effect(moviepy: str, label: Words, group: str, *fields: Field, engine: Engine = "native") -> EffectSpec:
    return EffectSpec(f"moviepy.{moviepy}", label, "picture", group, fields, engine, moviepy)


COLOUR = (
    _effect(
        "BlackAndWhite", Words("Black and white", "黑白", "黑白"), "colour",
        choice("RGB", Words("Weights", "权重", "權重"), "equal",
               ("equal", Words("Equal", "平均", "平均")),
               ("CRT_phosphor", Words("As seen by the eye", "按人眼感受", "依人眼感受")),
               ("own", Words("Own", "自定", "自訂"))),
        number("RGB.red", Words("Red", "红", "紅"), 1.0, 0.0, 2.0),
        number("RGB.green", Words("Green", "绿", "綠"), 1.0, 0.0, 2.0),
        number("RGB.blue", Words("Blue", "蓝", "藍"), 1.0, 0.0, 2.0),
        switch("preserve_luminosity", Words("Keep brightness", "保持亮度", "保持亮度"), True),
    ),
    _effect("InvertColors", Words("Invert colours", "反色", "反色"), "colour"),
    _effect(
        "GammaCorrection", Words("Gamma", "伽马", "伽瑪"), "colour",
        number("gamma", Words("Gamma", "伽马", "伽瑪"), 1.0, 0.05, 10.0, keyed=True),
    ),
    _effect(
        "LumContrast", Words("Brightness and contrast", "亮度和对比度", "亮度和對比度"), "colour",
        number("lum", Words("Brightness", "亮度", "亮度"), 0.0, -255.0, 255.0, 1.0, keyed=True),
        number("contrast", Words("Contrast", "对比度", "對比度"), 0.0, -1.0, 10.0, keyed=True),
        number("contrast_threshold", Words("Middle", "中点", "中點"), 127.0, 0.0, 255.0, 1.0, keyed=True),
    ),
    _effect(
        "MultiplyColor", Words("Multiply light", "亮度倍乘", "亮度倍乘"), "colour",
        number("factor", Words("Factor", "倍数", "倍數"), 1.0, 0.0, 20.0, keyed=True),
    ),
    _effect(
        "Painting", Words("Painting", "油画", "油畫"), "colour",
        number("saturation", Words("Saturation", "饱和度", "飽和度"), 1.4, 0.0, 10.0),
        number("black", Words("Dark edges", "黑边强度", "黑邊強度"), 0.006, 0.0, 1.0, 0.001),
    ),
)
SHAPE = (
    _effect(
        "Crop", Words("Crop by pixels", "按像素裁剪", "依像素裁切"), "shape",
        pixels("x1", EDGES["left"]), pixels("y1", EDGES["top"]),
        pixels("x2", Words("Right (0: the edge)", "右（0 为边缘）", "右（0 為邊緣）")),
        pixels("y2", Words("Bottom (0: the edge)", "下（0 为边缘）", "下（0 為邊緣）")),
        pixels("width", Words("Width (0: not fixed)", "宽（0 为不限）", "寬（0 為不限）")),
        pixels("height", Words("Height (0: not fixed)", "高（0 为不限）", "高（0 為不限）")),
        pixels("x_center", Words("Middle across (0: not fixed)", "水平中点（0 为不限）", "水平中點（0 為不限）")),
        pixels("y_center", Words("Middle down (0: not fixed)", "垂直中点（0 为不限）", "垂直中點（0 為不限）")),
    ),
    _effect("EvenSize", Words("Even size", "偶数尺寸", "偶數尺寸"), "shape"),
    _effect(
        "Margin", Words("Margin", "边框", "邊框"), "shape",
        pixels("margin_size", Words("All sides (0: each its own)", "四边（0 为分别设置）", "四邊（0 為分別設定）"),
               most=4096),
        *(pixels(side, label, most=4096) for side, label in SIDES),
        color("color", Words("Colour", "颜色", "顏色")),
        number("opacity", Words("Opacity", "不透明度", "不透明度"), 1.0, 0.0, 1.0),
    ),
    _effect("MirrorX", Words("Mirror left and right", "左右镜像", "左右鏡像"), "shape", APPLY_TO),
    _effect("MirrorY", Words("Mirror top and bottom", "上下镜像", "上下鏡像"), "shape", APPLY_TO),
    _effect(
        "Resize", Words("Resize", "缩放", "縮放"), "shape",
        number("new_size", Words("Scale", "比例", "比例"), 1.0, 0.01, 16.0, keyed=True),
        pixels("height", Words("Height (0: by scale)", "高（0 为按比例）", "高（0 為依比例）")),
        pixels("width", Words("Width (0: by scale)", "宽（0 为按比例）", "寬（0 為依比例）")),
        switch("apply_to_mask", Words("Transparency, too", "透明度一并处理", "透明度一併處理"), True),
    ),
    _effect(
        "Rotate", Words("Rotate", "旋转", "旋轉"), "shape",
        number("angle", Words("Angle, anticlockwise", "角度（逆时针）", "角度（逆時針）"), 0.0, -3600.0, 3600.0, 1.0,
               keyed=True),
        choice("unit", Words("Unit", "单位", "單位"), "deg",
               ("deg", Words("Degrees", "度", "度")), ("rad", Words("Radians", "弧度", "弧度"))),
        choice("resample", Words("Smoothing", "插值", "插值"), "bicubic",
               ("nearest", Words("None", "无", "無")), ("bilinear", Words("Linear", "双线性", "雙線性")),
               ("bicubic", Words("Cubic", "双三次", "雙三次"))),
        switch("expand", Words("Grow to fit", "扩大画面以容纳", "擴大畫面以容納"), True),
        pixels("center.x", Words("Centre across (0, 0: middle)", "中心 X（0, 0 为正中）", "中心 X（0, 0 為正中）")),
        pixels("center.y", Words("Centre down (0, 0: middle)", "中心 Y（0, 0 为正中）", "中心 Y（0, 0 為正中）")),
        pixels("translate.x", Words("Then right", "再右移", "再右移"), least=-LARGEST),
        pixels("translate.y", Words("Then down", "再下移", "再下移"), least=-LARGEST),
        color("bg_color", Words("Colour outside", "空白处颜色", "空白處顏色"), ""),
    ),
)
MOTION = (
    _effect(
        "Blink", Words("Blink", "闪烁", "閃爍"), "motion",
        seconds("duration_on", Words("Shown for", "显示时长", "顯示時長"), 0.5, 0.01),
        seconds("duration_off", Words("Hidden for", "隐藏时长", "隱藏時長"), 0.5),
    ),
    _effect("CrossFadeIn", Words("Appear", "淡入显现", "淡入顯現"), "motion", LASTS),
    _effect("CrossFadeOut", Words("Disappear", "淡出消失", "淡出消失"), "motion", LASTS),
    _effect(
        "FadeIn", Words("Fade in from a colour", "从颜色淡入", "從顏色淡入"), "motion",
        LASTS, color("initial_color", Words("From", "起始颜色", "起始顏色")),
    ),
    _effect(
        "FadeOut", Words("Fade out to a colour", "淡出到颜色", "淡出到顏色"), "motion",
        LASTS, color("final_color", Words("To", "结束颜色", "結束顏色")),
    ),
    _effect(
        "SlideIn", Words("Slide in", "滑入", "滑入"), "motion",
        LASTS, choice("side", Words("From", "来自", "來自"), "left", *SIDES),
    ),
    _effect(
        "SlideOut", Words("Slide out", "滑出", "滑出"), "motion",
        LASTS, choice("side", Words("To", "去往", "去往"), "left", *SIDES),
    ),
    _effect(
        "Scroll", Words("Scroll", "滚动", "捲動"), "motion",
        pixels("w", Words("Width of the window (0: the clip’s)", "视窗宽（0 为片段宽）", "視窗寬（0 為片段寬）")),
        pixels("h", Words("Height of the window (0: the clip’s)", "视窗高（0 为片段高）", "視窗高（0 為片段高）")),
        pixels("x_speed", Words("Right, px a second", "向右，每秒像素", "向右，每秒像素"), least=-LARGEST),
        pixels("y_speed", Words("Down, px a second", "向下，每秒像素", "向下，每秒像素"), least=-LARGEST),
        pixels("x_start", Words("Starts at, across", "起点 X", "起點 X"), least=-LARGEST),
        pixels("y_start", Words("Starts at, down", "起点 Y", "起點 Y"), least=-LARGEST),
        APPLY_TO,
    ),
)
OTHER = (
    _effect(
        "HeadBlur", Words("Blur a round spot", "圆形区域模糊", "圓形區域模糊"), "blur",
        pixels("fx", Words("Middle, across", "中心 X", "中心 X"), 100.0, keyed=True),
        pixels("fy", Words("Middle, down", "中心 Y", "中心 Y"), 100.0, keyed=True),
        pixels("radius", Words("Radius", "半径", "半徑"), 60.0, 1.0, 4096.0),
        pixels("intensity", Words("Strength (0: by radius)", "强度（0 为按半径）", "強度（0 為依半徑）"), most=1024),
    ),
    _effect(
        "SuperSample", Words("Mean of several frames", "多帧平均", "多格平均"), "blur",
        seconds("d", Words("Before and after", "前后各取", "前後各取"), 0.04),
        whole("n_frames", Words("Frames", "帧数", "影格數"), 5, 1, 64), engine="baked",
    ),
    _effect(
        "MaskColor", Words("Make a colour clear", "去除颜色", "去除顏色"), "key",
        color("color", Words("Colour", "颜色", "顏色")),
        number("threshold", Words("Tolerance", "容差", "容差"), 0.0, 0.0, 442.0, 1.0),
        number("stiffness", Words("Hardness of the edge", "边缘硬度", "邊緣硬度"), 1.0, 0.1, 50.0, 0.1),
    ),
    _effect(
        "MasksAnd", Words("Darker of two pictures", "取较暗者", "取較暗者"), "key",
        file("other_clip", Words("Other picture or film", "另一张图或视频", "另一張圖或影片")), engine="baked",
    ),
    _effect(
        "MasksOr", Words("Lighter of two pictures", "取较亮者", "取較亮者"), "key",
        file("other_clip", Words("Other picture or film", "另一张图或视频", "另一張圖或影片")), engine="baked",
    ),
    _effect(
        "FreezeRegion", Words("Freeze a part", "局部定格", "局部定格"), "motion",
        seconds("t", Words("Moment", "时刻", "時刻")), *box("region"), *box("outside_region"),
        file("mask", Words("Mask (a picture)", "蒙版（图片）", "遮罩（圖片）")), engine="baked",
    ),
)
EFFECTS: tuple[EffectSpec, ...] = (*COLOUR, *SHAPE, *MOTION, *OTHER)
