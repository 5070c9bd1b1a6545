"""Running code in a kernel of a Jupyter server, over HTTP and a web socket, as a notebook does it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import uuid4

import requests
import websocket

SECONDS = 180.0


@dataclass(frozen=True)
class Printed:
    """What the code wrote to its two streams."""

    output: str
    errors: str


def run_code(server: str, token: str, code: str, folder: str = "") -> Printed:
    """Run code in a new kernel of the server at address `server`, in a folder given by its path there; fails the test
    with the traceback where the code raises."""
    header = {"Authorization": f"token {token}"}
    started = requests.post(f"{server}/api/sessions", headers=header, timeout=120, json={
        "path": f"{folder}/scratch-{uuid4().hex}.ipynb", "type": "notebook", "name": "", "kernel": {"name": "python3"},
    })  # fmt: skip
    assert started.status_code == 201, started.text
    try:
        return _execute(server, token, started.json()["kernel"]["id"], code)
    finally:
        requests.delete(f"{server}/api/sessions/{started.json()['id']}", headers=header, timeout=120)


def _execute(server: str, token: str, kernel: str, code: str) -> Printed:
    address = f"{server}/api/kernels/{kernel}/channels".replace("http://", "ws://")
    message = {
        "header": {"msg_id": uuid4().hex, "username": "", "session": uuid4().hex, "msg_type": "execute_request",
                   "version": "5.3", "date": ""},
        "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
        "content": {"code": code, "silent": False, "store_history": False, "user_expressions": {},
                    "allow_stdin": False, "stop_on_error": True},
    }  # fmt: skip
    printed = {"stdout": "", "stderr": ""}
    channel = websocket.create_connection(
        address, header=[f"Authorization: token {token}"], timeout=SECONDS, http_no_proxy=["127.0.0.1"]
    )
    try:
        channel.send(json.dumps(message))
        while True:
            heard = json.loads(channel.recv())
            if heard["parent_header"].get("msg_id") != message["header"]["msg_id"]:  # type: ignore[index]
                continue
            content, kind = heard["content"], heard["msg_type"]
            if kind == "stream":
                printed[content["name"]] += content["text"]
            if kind == "error":
                raise AssertionError("\n".join(content["traceback"]))
            if kind == "status" and content["execution_state"] == "idle":
                return Printed(printed["stdout"], printed["stderr"])
    finally:
        channel.close()
