"""The whole job by commands alone: a real keychain, a real PDS, and the post read back from the server."""

import json

from PIL import Image

TEXT = "周末去哪儿 🚲 https://example.com/a?b=1"
# Runs inside the keychain's session: each line of the input is one command and what is typed into it.
SCRIPT = """
import contextlib, io, json, sys
from studio.app import main
for line in json.loads(sys.argv[1]):
    sys.stdin = io.StringIO(line["stdin"])
    out = io.StringIO()
    known = globals().setdefault("known", {})
    words = [word.format(**known) for word in line["words"]]
    with contextlib.redirect_stdout(out):
        status = main(words)
    answer = json.loads(out.getvalue())
    first = answer[0] if isinstance(answer, list) else answer
    known.update({k: v for k, v in first.items() if k in ("account", "post", "delivery")})
    print(json.dumps({"status": status, "answer": answer}))
"""


def test_sign_in_import_publish_and_forget(pds, secret_service, tmp_path):
    person = pds.create_account()
    Image.new("RGB", (600, 400), (180, 90, 40)).save(tmp_path / "a.jpg")
    (tmp_path / "post.md").write_text(
        f"---\nmedia: [{{file: a.jpg, alt: 骑车}}]\n---\n{TEXT}\n", encoding="utf-8")
    login = json.dumps({"identifier": person.handle, "password": person.app_password})

    wrong = login.replace(person.app_password, "wrong-pass")

    def line(*words, stdin=""):
        return {"words": ["--json", "--workspace", str(tmp_path / "w"), *words], "stdin": stdin}

    done = secret_service.run(SCRIPT, json.dumps([
        line("account", "add", "bluesky", "--api-base", pds.url, stdin=wrong),
        line("account", "add", "bluesky", "--api-base", pds.url, stdin=login),
        line("account", "check", "{account}"),
        line("post", "import", str(tmp_path / "post.md")),
        line("post", "check", "{post}", "--account", "{account}"),
        line("publish", "{post}", "--account", "{account}"),
        line("delivery", "show", "{delivery}"),
        line("account", "remove", "{account}"),
        line("backup", "--out", str(tmp_path / "b.zip")),
    ]))
    assert done.returncode == 0, done.stderr
    answers = [json.loads(each) for each in done.stdout.splitlines()]
    assert [a["status"] for a in answers] == [1, 0, 0, 0, 0, 0, 0, 0, 0], answers
    assert answers[1]["answer"]["handle"] == person.handle
    published = answers[5]["answer"]
    assert published["state"] == "published" and published["proof"]["whole"]

    [record] = pds.records(person.did)
    assert record["value"]["text"] == TEXT
    assert [i["alt"] for i in record["value"]["embed"]["images"]] == ["骑车"]

    heard = done.stdout + done.stderr
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert person.app_password not in heard and "accessJwt" not in heard
    assert [p for p in kept if person.app_password.encode() in p.read_bytes()] == []


def test_a_locked_keychain_is_told_and_nothing_is_kept(secret_service, tmp_path):
    login = '{"identifier": "a.test", "password": "hunter2-correct-horse"}'
    words = ["--json", "--workspace", str(tmp_path / "w"), "account", "add", "bluesky", "--api-base",
             "http://127.0.0.1:9"]
    lines = json.dumps([{"words": words, "stdin": login}])
    secret_service.run("import keyring; keyring.set_password('x', 'y', 'z')")
    for locked, code in ((True, "vault.locked"), (None, "vault.none")):
        done = secret_service.run_without(SCRIPT, lines) if locked is None else secret_service.run(
            SCRIPT, lines, locked=True)
        answer = json.loads(done.stdout)
        assert (answer["status"], [f["code"] for f in answer["answer"]["findings"]]) == (1, [code]), done.stderr
        assert "hunter2" not in done.stdout + done.stderr
