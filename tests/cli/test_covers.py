"""`post check` looks at a film before it says what a platform covers of it."""

from tests.media.drawn import film


def test_a_face_under_the_buttons_is_told(cli, tmp_path):
    film(tmp_path / "f.mp4", (230, 400), size=(360, 640), seconds=3)
    (tmp_path / "p.md").write_text("---\ntitle: 老城慢走\nmedia:\n  - f.mp4\n---\n桂花\n", "utf-8")
    post = cli("post", "import", str(tmp_path / "p.md")).json["post"]
    for _ in range(2):
        answer = cli("post", "check", post, "--platform", "douyin")
        (found,) = [f for f in answer.json["findings"] if f["code"].startswith("covered.")]
        assert (found["code"], found["field"], answer.status) == ("covered.face.buttons", "media[0]", 0)
    said = cli("post", "check", post, "--platform", "douyin", as_json=False, language="zh_CN")
    assert "有一张脸从 0:00 起被抖音的按钮挡住。" in said.out + said.err
