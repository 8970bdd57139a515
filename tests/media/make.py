"""Makes the odd files the media tests read: every one is built here, byte by byte where no library writes it."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

SERIAL = "SN-4711-0815-YG"
MAKER = "Kamera Obskura"
LATITUDE = (48.0, 51.0, 29.6113)
#: How LATITUDE's seconds are stored: a fraction as two 32-bit numbers, either way round.
LATITUDE_BYTES = tuple(struct.pack(order + "II", 296113, 10000) for order in "<>")


def photo(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """Soft colours with a little grain: compresses like a photo. The top left corner is red, so turns can be seen."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    grain = np.random.default_rng(seed).normal(0, 6, (height, width, 3))
    waves = np.stack([np.sin(x / 37 + y / 91), np.cos(x / 53 - y / 29), np.sin((x + y) / 71)], axis=2)
    picture = Image.fromarray(np.clip(128 + 70 * waves + grain, 0, 255).astype(np.uint8))
    picture.paste((230, 20, 20), (0, 0, max(1, width // 4), max(1, height // 4)))
    return picture


def cutout(width: int = 300, height: int = 200) -> Image.Image:
    """RGBA, transparent outside a band."""
    picture = photo(width, height).convert("RGBA")
    mask = Image.new("L", picture.size, 0)
    mask.paste(255, (0, 0, width, height // 2))
    picture.putalpha(mask)
    return picture


def exif(orientation: int = 1) -> bytes:
    """EXIF with a place, a serial number and a maker."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = MAKER
    made.get_ifd(0x8769)[0xA431] = SERIAL
    made.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: (2.0, 17.0, 40.2)})
    return made.tobytes()


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="48,51.49N" '
    b'xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" aux:SerialNumber="' + SERIAL.encode() + b'"/></rdf:RDF></x:xmpmeta>'
)


def save(picture: Image.Image, path: Path, **options: object) -> Path:
    """`picture` at `path`; the format by its ending unless `format` is given."""
    picture.save(path, **options)  # type: ignore[arg-type]
    return path


def telltale_jpeg(path: Path, orientation: int = 1, size: tuple[int, int] = (640, 480)) -> Path:
    """A JPEG that tells everything: EXIF, XMP, IPTC, a comment, and a "live" clip behind the end."""
    out = io.BytesIO()
    photo(*size).save(out, "JPEG", quality=90, exif=exif(orientation), xmp=XMP, comment=SERIAL, progressive=True)
    data = out.getvalue()
    iptc = b"Photoshop 3.0\0" + SERIAL.encode()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    path.write_bytes(data[:2] + segment + data[2:] + b"\0\0\0\x18ftypmp42" + SERIAL.encode())
    return path


def png_with_chunks(path: Path) -> Path:
    """A PNG with EXIF before the pixels, text, time and a private chunk after them, and bytes behind its end."""
    out = io.BytesIO()
    photo(200, 150).save(out, "PNG", exif=exif())
    data = out.getvalue()
    extra = chunk(b"tEXt", b"Serial\0" + SERIAL.encode()) + chunk(b"prVt", SERIAL.encode())
    path.write_bytes(data[:-12] + extra + data[-12:] + SERIAL.encode())
    return path


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(path: Path, side: int = 60_000) -> Path:
    """A few bytes that claim side x side pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def huge_jpeg(path: Path, side: int = 60_000) -> Path:
    """A small JPEG whose frame header claims side x side."""
    out = io.BytesIO()
    photo(64, 64).save(out, "JPEG")
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", side, side)
    path.write_bytes(data)
    return path


def huge_gif(path: Path) -> Path:
    """A small GIF whose picture claims 65,535 x 65,535 on a small screen."""
    out = io.BytesIO()
    photo(64, 64).convert("P").save(out, "GIF")
    data = bytearray(out.getvalue())
    at = data.index(b"\x2c\0\0\0\0\x40\0\x40\0")
    data[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    return path


def animation(path: Path, count: int = 4, size: tuple[int, int] = (120, 80), **options: object) -> Path:
    """A GIF, WebP or APNG of `count` frames, by the ending."""
    frames = [Image.new("RGB", size, colour) for colour in ("red", "green", "blue", "yellow", "white")[:count]]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=80, loop=0, **options)  # type: ignore[arg-type]
    return path


def deep_grey(path: Path) -> Path:
    """16-bit grey, black on the left, white on the right."""
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)
    Image.fromarray(np.tile(ramp, (64, 1))).save(path)
    return path


def palette_with_transparency(path: Path) -> Path:
    """A palette PNG in which colour 0 is clear."""
    picture = Image.new("P", (80, 60), 1)
    picture.putpalette([0, 0, 0, 200, 30, 30] + [0] * 762)
    picture.paste(0, (0, 0, 40, 60))
    picture.save(path, transparency=0)
    return path


def display_p3() -> bytes:
    """A small ICC v2 profile with Display P3's primaries (adapted to D50) and gamma 2.2."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    name = b"Wide test\0"
    parts = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 78,
        b"cprt": b"text\0\0\0\0free\0", b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.5151, 0.2412, -0.0011), b"gXYZ": xyz(0.2920, 0.6922, 0.0419),
        b"bXYZ": xyz(0.1571, 0.0666, 0.7841),
    }
    parts |= {kind: b"curv\0\0\0\0" + struct.pack(">IH", 1, 563) for kind in (b"rTRC", b"gTRC", b"bTRC")}
    table, body, at = b"", b"", 128 + 4 + 12 * len(parts)
    for kind, data in parts.items():
        data += b"\0" * (-len(data) % 4)
        table += kind + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 11, 23, 0, 0, 0) + b"acsp" + b"\0" * 28 + xyz(0.9642, 1.0, 0.8249)[8:]
    return head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + body


# --- HEIC: no library here writes it, so: one H.265 picture in the boxes of ISO/IEC 23008-12 ---------------------


def heic(path: Path, width: int = 128, height: int = 96, with_exif: bool = True) -> Path:
    """A HEIC still of `photo`, with EXIF as its second item."""
    config, picture = _hevc(photo(width, height))
    tiff = b"\0\0\0\x06" + b"Exif\0\0" + exif().removeprefix(b"Exif\0\0")
    items = [(1, b"hvc1", picture), (2, b"Exif", tiff)][: 2 if with_exif else 1]
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    meta = _meta(items, config, width, height, 0)
    meta = _meta(items, config, width, height, len(ftyp) + len(meta) + 8)
    path.write_bytes(ftyp + meta + box(b"mdat", b"".join(data for _, _, data in items)))
    return path


def box(kind: bytes, body: bytes) -> bytes:
    """An ISO base media box."""
    return struct.pack(">I", len(body) + 8) + kind + body


def _meta(items: Sequence[tuple[int, bytes, bytes]], config: bytes, width: int, height: int, start: int) -> bytes:
    entries = b"".join(box(b"infe", struct.pack(">BxxxHH4sx", 2, n, 0, kind)) for n, kind, _ in items)
    places, at = b"", start
    for n, _kind, data in items:
        places += struct.pack(">HHHII", n, 0, 1, at, len(data))
        at += len(data)
    shape = box(b"ispe", struct.pack(">III", 0, width, height))
    uses = box(b"ipma", struct.pack(">IIHBBB", 0, 1, 1, 2, 0x81, 0x02))
    refs = box(b"iref", b"\0\0\0\0" + box(b"cdsc", struct.pack(">HHH", 2, 1, 1))) if len(items) > 1 else b""
    return box(b"meta", b"\0\0\0\0"
               + box(b"hdlr", b"\0" * 8 + b"pict" + b"\0" * 13)
               + box(b"pitm", struct.pack(">IH", 0, 1))
               + box(b"iloc", struct.pack(">IBBH", 0, 0x44, 0, len(items)) + places)
               + box(b"iinf", struct.pack(">IH", 0, len(items)) + entries) + refs
               + box(b"iprp", box(b"ipco", config + shape) + uses))


def _hevc(picture: Image.Image) -> tuple[bytes, bytes]:
    """The hvcC box (ISO/IEC 14496-15, 8.3.3.1.2) and the length-prefixed slice of one H.265 key picture."""
    encoder = av.CodecContext.create("libx265", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = *picture.size, "yuv420p"
    encoder.time_base = Fraction(1, 1)
    encoder.options = {"x265-params": "log-level=none:repeat-headers=1:info=0"}
    packets = encoder.encode(av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")) + encoder.encode(None)
    stream = b"".join(bytes(packet) for packet in packets)
    units = [unit for unit in re.split(b"\0\0\0?\x01", stream) if unit]
    by_kind = {(unit[0] >> 1) & 63: unit for unit in units}
    sps = by_kind[33].replace(b"\0\0\x03", b"\0\0")
    config = b"\x01" + sps[3:15] + b"\xf0\0\xfc\xfd\xf8\xf8\0\0\x0f\x03"
    for kind in (32, 33, 34):
        config += struct.pack(">BHH", 0x80 | kind, 1, len(by_kind[kind])) + by_kind[kind]
    slices = [unit for unit in units if (unit[0] >> 1) & 63 < 32]
    return box(b"hvcC", config), b"".join(struct.pack(">I", len(unit)) + unit for unit in slices)


# --- clips ------------------------------------------------------------------------------------------------------


def clip(
    path: Path, *, seconds: float = 1.0, size: tuple[int, int] = (160, 96), codec: str = "libx264", sound: bool = True,
    times: Sequence[float] = (), options: dict[str, str] | None = None, metadata: dict[str, str] | None = None,
) -> Path:
    """A film from black to red with a white top left corner; 10 pictures a second, or one at each of `times` (s)."""
    times = times or [n / 10 for n in range(round(seconds * 10))]
    with av.open(str(path), "w", options=options or {}) as file:
        file.metadata.update(metadata or {})
        video = file.add_stream(codec, 10, options={"bf": "0"} if codec == "libx264" else {})  # no frame out of order
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.codec_context.time_base = Fraction(1, 1000)
        tone = file.add_stream("libopus" if path.suffix == ".webm" else "aac", 48_000, layout="mono") if sound else None
        assert tone is None or isinstance(tone, av.AudioStream)
        for n, at in enumerate(times):
            pixels = np.zeros((size[1], size[0], 3), np.uint8)
            pixels[..., 0] = 255 * n // max(1, len(times) - 1)
            pixels[: size[1] // 3, : size[0] // 3] = 255
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = round(at * 1000), Fraction(1, 1000)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        if tone is not None:
            for block in silence(times[-1]):
                file.mux(tone.encode(block))
            file.mux(tone.encode(None))
    return path


def silence(seconds: float) -> list[av.AudioFrame]:
    """Blocks of 960 samples at 48 kHz, mono."""
    blocks = []
    for n in range(max(1, round(seconds * 50))):
        block = av.AudioFrame.from_ndarray(np.zeros((1, 960), np.float32), "flt", "mono")
        block.sample_rate, block.pts, block.time_base = 48_000, n * 960, Fraction(1, 48_000)
        blocks.append(block)
    return blocks


def turned(path: Path) -> Path:
    """Rewrites the first track's matrix of an MP4 so that it must be shown turned by 90 degrees clockwise."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    data[at : at + 36] = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
    path.write_bytes(data)
    return path


def song(path: Path, codec: str = "libmp3lame") -> Path:
    """A second of silence."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, 48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for block in silence(1.0):
            file.mux(stream.encode(block))
        file.mux(stream.encode(None))
    return path
