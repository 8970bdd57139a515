"""startup: for machines that nobody sits at."""

import sys

import pytest

from studio.services.desk import Desk
from tests.servers.systemctl import Machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the recording tool is for Linux")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    return Machine(tmp_path, monkeypatch)


def test_on_and_off(cli, machine, tmp_path):
    assert cli("startup").json == {"startup": "off", "findings": []}
    assert cli("startup", "worker").json == {"startup": "worker", "findings": []}
    assert cli("startup").json["startup"] == "worker" and len(machine.written) == 2
    desk = Desk.open(tmp_path / "w")
    assert desk.settings.get("startup") == "worker"
    desk.close()
    assert cli("startup", "off", as_json=False).out == "Nothing starts at login.\n" and machine.written == []


def test_what_the_system_refuses_is_the_answer(cli, machine, tmp_path):
    machine.refuse("enable")
    answer = cli("startup", "worker")
    assert answer.status == 1 and answer.codes == ["startup.refused"] and machine.written == []
    desk = Desk.open(tmp_path / "w")
    assert desk.settings.get("startup") == "off"
    desk.close()


def test_another_word_is_wrong_usage(cli):
    assert cli("startup", "always").status == 2
