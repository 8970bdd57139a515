"""video: a timeline built, looked at and exported by commands. A project is a file of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studio.cli.app import OK, App, pass_app
from studio.cli.lazy import group, option
from studio.core.words import N

if TYPE_CHECKING:
    from studio.core.timeline import Source, Timeline

FILE = click.Path(path_type=Path, dir_okay=False)
Change = Callable[["Timeline"], "Timeline"]


class Seconds(click.ParamType[Fraction]):
    """A moment: 2.5, 1:30.25, 1001/30."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        if isinstance(value, Fraction):
            return value
        try:
            *larger, last = str(value).split(":")
            before = (Fraction(int(part)) * 60 ** (len(larger) - n) for n, part in enumerate(larger))
            return sum(before, Fraction(last))
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is no moment: write 2.5 or 1:30.25", param, ctx)


class Size(click.ParamType[tuple[int, int]]):
    """1080x1920"""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", str(value))
        if found is None:
            self.fail(f"{value!r} is no size: write 1080x1920", param, ctx)
        return int(found[1]), int(found[2])


class Rate(click.ParamType[Fraction]):
    """30, 29.97, 30000/1001"""

    name = "fps"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        from studio.core.rates import exact_rate

        try:
            given = value if isinstance(value, Fraction) else Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is no frame rate: write 30 or 29.97", param, ctx)
        return exact_rate(float(given)) if given.denominator not in (1, 1001) else given


class Joint(click.ParamType[tuple[str, Fraction]]):
    """crossfade:0.5"""

    name = "transition"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Fraction]:
        if isinstance(value, tuple):
            return value
        kind, _, length = str(value).partition(":")
        return kind, Seconds().convert(length or "0.5", param, ctx)


@group("video", "A video: built from files, looked at, exported.")
@pass_app
def video(app: App) -> None:
    """Effects that others brought are known to every command."""
    from studio.services.videos.plugging import load_plugins

    app.remark(load_plugins())


@video.command("new", help="Start an empty project.")
@option("--out", required=True, type=FILE, help="The project's file.")
@option("--size", type=Size(), default="1080x1920", help="Width and height of the picture.")
@option("--fps", type=Rate(), default="30", help="Frames a second, such as 30 or 29.97.")
@pass_app
def new(app: App, out: Path, size: tuple[int, int], fps: Fraction) -> int:
    from studio.services.videos import building

    return _kept(app, out, building.new(*size, fps, out.stem))


@video.command("add", help="Put a film, a picture or a sound on the timeline.")
@click.argument("project", type=FILE)
@click.argument("file", type=FILE)
@option("--in", "start", type=Seconds(), help="Where it begins in the file.")
@option("--out", "end", type=Seconds(), help="Where it ends in the file.")
@option("--at", type=Seconds(), help="When it begins on the timeline; after what is there when left out.")
@option("--track", type=click.IntRange(0, 50), default=0, help="1 is the main track, 2 lies over it, and so on.")
@option("--fit", type=click.Choice(["cover", "contain", "fill", "blur"]), default="cover",
        help="How it fills the picture when its shape differs.")
@option("--transition", type=Joint(), help="How it follows the clip before it, such as crossfade:0.5.")
@pass_app
def add(app: App, /, project: Path, file: Path, **cut: Any) -> int:
    from studio.services.videos import building

    source = _source(file)
    return _changed(app, project, lambda timeline: building.add_file(timeline, source, building.Cut(**cut)))


@video.command("title", help="Put words over the picture.")
@click.argument("project", type=FILE)
@click.argument("text")
@option("--at", required=True, type=Seconds(), help="When they appear.")
@option("--for", "seconds", required=True, type=Seconds(), help="How long they stay.")
@option("--style", default="", help="How they look.")
@pass_app
def title(app: App, project: Path, text: str, at: Fraction, seconds: Fraction, style: str) -> int:
    from studio.services.videos import building

    words = text.replace("\\n", "\n")
    return _changed(app, project, lambda timeline: building.add_title(timeline, words, at, seconds, style))


@video.command("music", help="Put music under the whole.")
@click.argument("project", type=FILE)
@click.argument("file", type=FILE)
@option("--gain", type=click.FloatRange(-60, 20), default=0.0, metavar="DB", help="Louder or quieter, in decibels.")
@option("--duck", is_flag=True, help="Quieter while somebody speaks.")
@pass_app
def music(app: App, project: Path, file: Path, gain: float, duck: bool) -> int:
    from studio.services.videos import building

    source = _source(file)
    return _changed(app, project, lambda timeline: building.add_music(timeline, source, gain, duck))


@video.command("captions", help="Take captions from an SRT, VTT or ASS file.")
@click.argument("project", type=FILE)
@click.argument("file", type=FILE)
@pass_app
def captions(app: App, project: Path, file: Path) -> int:
    from studio.services.videos import building

    return _changed(app, project, lambda timeline: building.add_captions(timeline, file))


@video.command("effect", help="Put an effect on a clip, with its parameters as name=value.")
@click.argument("project", type=FILE)
@click.argument("clip")
@click.argument("name")
@click.argument("values", nargs=-1)
@pass_app
def effect(app: App, project: Path, clip: str, name: str, values: tuple[str, ...]) -> int:
    from studio.services.videos import building

    if wrong := [each for each in values if "=" not in each]:
        raise click.BadParameter(f"{wrong[0]!r}: write name=value", param_hint="values")
    given = dict(each.split("=", 1) for each in values)
    return _changed(app, project, lambda timeline: building.put_effect(timeline, clip, name, given))


@video.command("effects", help="Every effect with its parameters.")
@pass_app
def effects(app: App) -> int:
    from studio.core.effects import EFFECTS

    app.answer([{
        "name": each.name, "label": each.label.say(app.language), "domain": each.domain, "engine": each.engine,
        "moviepy": each.moviepy,
        "fields": [{"name": f.name, "kind": f.kind, "default": f.default, "least": f.least, "most": f.most,
                    "choices": [value for value, _ in f.choices]} for f in each.fields],
    } for each in EFFECTS.values()])
    app.table([app.t("Name"), app.t("What it is"), app.t("Parameters")],
              [[each.name, each.label.say(app.language), ", ".join(f.name for f in each.fields)]
               for each in EFFECTS.values()])
    return OK


@video.command("show", help="What is on the timeline.")
@click.argument("project", type=FILE)
@pass_app
def show(app: App, project: Path) -> int:
    from studio.services.videos import files

    return _told(app, project, files.read(project))


@video.command("presets", help="The ways to export.")
@pass_app
def presets(app: App) -> int:
    from studio.services.videos.ways import every_preset

    found = every_preset()
    app.answer([{"id": p.id, "name": p.label.say(app.language), "container": p.container, "video": p.video,
                 "audio": p.audio, "width": p.width, "height": p.height} for p in found])
    app.table([app.t("Preset"), app.t("Name"), app.t("Kind")],
              [[p.id, p.label.say(app.language), f"{p.container} {p.video} {p.audio}"] for p in found])
    return OK


@video.command("render", help="Export the project to a file.")
@click.argument("project", type=FILE)
@option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
@option("--preset", default="", help="How; see video presets.")
@pass_app
def render(app: App, project: Path, out: Path, preset: str) -> int:
    from studio.services.videos.rendering import render_file

    made = app.work(N("job", "Exporting"), lambda task: render_file(project, out, preset, task))
    app.remark(made.findings)
    return _made(app, made.file, made.width, made.height, float(made.fps), float(made.duration), made.frames,
                 made.bytes, made.seconds)


@video.command("frame", help="One frame as a picture, exactly as it will be exported.")
@click.argument("project", type=FILE)
@option("--at", required=True, type=Seconds(), help="The moment.")
@option("--out", required=True, type=FILE, help="The picture to write: PNG, JPEG or WebP.")
@option("--size", type=Size(), help="Width and height of the picture.")
@pass_app
def frame(app: App, project: Path, at: Fraction, out: Path, size: tuple[int, int] | None) -> int:
    from studio.services.videos.rendering import frame_file

    made = frame_file(project, at, out, size)
    return _made(app, out, made.width, made.height, made.fps, made.duration, 1, made.bytes, made.seconds)


@video.command("otio", help="The timeline as OpenTimelineIO, for other editors.")
@click.argument("project", type=FILE)
@option("--out", required=True, type=FILE, help="The file to write.")
@pass_app
def otio(app: App, project: Path, out: Path) -> int:
    import time

    from studio.services.videos import files
    from studio.services.videos.interchange import write_otio

    began, timeline = time.monotonic(), files.read(project)
    files.keep_apart(out, project, timeline)
    write_otio(timeline, out, files.where_from(project.absolute().parent))
    return _made(app, out, timeline.width, timeline.height, float(timeline.rate), float(timeline.duration),
                 timeline.frames, out.stat().st_size, time.monotonic() - began)


@video.command("import", help="A timeline of another editor (.otio) or a package as a project.")
@click.argument("file", type=FILE)
@option("--out", required=True, type=click.Path(path_type=Path), help="The project's file; for a package its folder.")
@pass_app
def import_(app: App, file: Path, out: Path) -> int:
    from studio.services.videos import files, packing
    from studio.services.videos.interchange import read_otio

    if file.suffix.lower() == ".otio":
        timeline, findings = read_otio(file)
        app.remark(findings)
        return _kept(app, out, timeline)
    project = app.work(N("job", "Unpacking"), lambda task: packing.unpack(file, out.absolute(), task))
    return _told(app, project, files.read(project))


@video.command("pack", help="The project with its media in one file.")
@click.argument("project", type=FILE)
@option("--out", required=True, type=FILE, help="The package to write.")
@pass_app
def pack(app: App, project: Path, out: Path) -> int:
    from studio.services.videos import files, packing

    timeline, where = files.read(project), files.where_from(project.absolute().parent)
    files.keep_apart(out, project, timeline)
    app.work(N("job", "Packing"), lambda task: packing.pack(timeline, where, out, task))
    app.answer({"file": str(out), "bytes": out.stat().st_size})
    app.say(str(out))
    return OK


@video.command("relink", help="Find moved media again below a folder.")
@click.argument("project", type=FILE)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@pass_app
def relink(app: App, project: Path, folder: Path) -> int:
    from studio.services.videos import files
    from studio.services.videos.relinking import missing, relinked

    timeline = files.read(project)
    lost = missing(timeline, files.where_from(project.absolute().parent))
    found, findings = app.work(
        N("job", "Looking for media"), lambda task: relinked(timeline, lost, folder.absolute(), task))
    app.remark(findings)
    return _kept(app, project, found, findings=app.described(findings))


def _source(file: Path) -> Source:
    from studio.services.videos.rendering import file_source

    return file_source(file)


def _changed(app: App, project: Path, change: Change) -> int:
    from studio.services.videos import files

    return _kept(app, project, change(files.read(project)))


def _kept(app: App, project: Path, timeline: Timeline, **also: Any) -> int:
    from studio.services.videos import files

    files.write(project, timeline)
    return _told(app, project, timeline, **also)


def _told(app: App, project: Path, timeline: Timeline, **also: Any) -> int:
    rows: list[dict[str, Any]] = [{
        "id": p.clip.id, "track": track.role, "name": p.clip.name or (p.clip.title.text if p.clip.title else ""),
        "at": float(p.begin), "duration": float(p.clip.duration), "in": float(p.clip.start),
    } for track, p in timeline.clips()]
    app.answer({"project": str(project), "duration": float(timeline.duration), "clips": len(rows),
                "size": f"{timeline.width}x{timeline.height}", "fps": float(timeline.rate), "items": rows, **also})
    app.table([app.t("Clip"), app.t("Track"), app.t("Begins"), app.t("Length"), app.t("Name")],
              [[r["id"], r["track"], f"{r['at']:.2f}", f"{r['duration']:.2f}", r["name"][:40]] for r in rows])
    app.say(app.t("{project}: {seconds} s, {count} clips.", project=project, seconds=f"{float(timeline.duration):.2f}",
                  count=len(rows)))
    return OK


def _made(
    app: App, file: Path, width: int, height: int, fps: float, duration: float, frames: int, size: int, seconds: float
) -> int:
    app.answer({"file": str(file), "width": width, "height": height, "fps": fps, "duration": duration,
                "frames": frames, "bytes": size, "seconds": round(seconds, 3)})
    app.say(app.t("{file}: {width} × {height}, {length} s, made in {seconds} s.", file=file, width=width,
                  height=height, length=f"{duration:.2f}", seconds=f"{seconds:.1f}"))
    return OK
