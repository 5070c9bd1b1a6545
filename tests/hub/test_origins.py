"""Each user's pages at an origin of their own: what a page that a learner made can do to whoever opens it, in a real
browser, on a hub with subdomains and on one without."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.hub.running import DEPLOYED, Hub, User, release_welcome, running_hub, wait_until

pytestmark = [pytest.mark.hub, pytest.mark.slow, pytest.mark.browser]

DOMAIN = "hub.localhost"
"""A browser finds every name below `localhost` on this computer."""
STARTED = 180_000

ATTACK = """
async ({hub, server, name, kernel}) => {
    const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    const got = {};
    const attempt = async (what, how) => {
        try { got[what] = await how(); } catch (error) { got[what] = null; }
    };
    // What keeps forged requests out is in a cookie, which another page of the same origin can read.
    const token = async (address) => {
        const page = window.open(address);
        try {
            for (let round = 0; round < 100; round += 1) {
                await wait(100);
                if (page.document.readyState === "complete" && page.location.href !== "about:blank") break;
            }
            return /_xsrf=([^;]*)/.exec(page.document.cookie)[1];
        } finally { page.close(); }
    };
    await attempt("token of the server", () => token(`${server}/api/status`));
    await attempt("token of the hub", () => token(`${hub}/hub/home`));
    const ask = async (address, token, more) => {
        const headers = token ? {"X-XSRFToken": token, "Content-Type": "application/json"} : {};
        const answer = await fetch(address, {credentials: "include", headers, ...more});
        return answer.ok ? await answer.json() : null;
    };
    const [ours, hubs] = [got["token of the server"], got["token of the hub"]];
    await attempt("files", async () => (await ask(`${server}/api/contents`, ours)).content.length + 1);
    await attempt("file written", async () =>
        (await ask(`${server}/api/contents`, ours, {method: "POST", body: '{"type": "file"}'})).name);
    await attempt("file written unseen", async () => {
        await fetch(`${server}/api/contents`, {method: "POST", mode: "no-cors", credentials: "include",
            headers: {"Content-Type": "text/plain"}, body: '{"type": "file"}'});
        return null;  // nobody sees the answer; what is on the disk tells
    });
    await attempt("who it is", async () => (await ask(`${hub}/hub/api/user`, hubs)).name);
    await attempt("key to the hub", async () =>
        (await ask(`${hub}/hub/api/users/${name}/tokens`, hubs, {method: "POST", body: '{"note": "planted"}'})).token);
    await attempt("code run", () => new Promise((done) => {
        const address = `${server}/api/kernels/${kernel}/channels?_xsrf=${ours ?? ""}`;
        const socket = new WebSocket(address.replace(/^http/, "ws"));
        const header = {msg_id: "1", session: "1", username: "", date: "", version: "5.3", msg_type: "execute_request"};
        const content = {code: "open('untitled.code', 'w').close()", silent: false, store_history: false,
            user_expressions: {}, allow_stdin: false};
        socket.onopen = () => socket.send(JSON.stringify(
            {header, content, parent_header: {}, metadata: {}, channel: "shell", buffers: []}));
        socket.onmessage = (message) => JSON.parse(message.data).msg_type === "execute_reply" && done("ran");
        socket.onerror = () => done(null);
        setTimeout(() => done(null), 15000);
    }));
    return got;
}
"""
"""What a script tries with the cookies of whoever opened its page: null for whatever it did not get."""


START_KERNEL = """
async (server) => {
    const token = /_xsrf=([^;]*)/.exec(document.cookie)[1];
    const started = await fetch(`${server}/api/kernels`, {method: "POST", headers: {"X-XSRFToken": token}});
    return (await started.json()).id;
}
"""


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in, in a browser of their own, and whose server runs."""

    hub: Hub
    user: User
    context: BrowserContext
    server: str
    """The address of their server."""
    kernel: str = ""
    """A kernel of theirs, which others happen to know."""

    @property
    def origin(self) -> tuple[str, str]:
        parts = urlsplit(self.server)
        return parts.scheme, parts.netloc

    @property
    def target(self) -> dict[str, str]:
        return {"hub": self.hub.public, "server": self.server, "name": self.user.name, "kernel": self.kernel}

    def page_by(self, other: Visitor) -> Page:
        """Open a page at another learner's address, as that learner could make one with any script in it."""
        page = self.context.new_page()
        # From their server itself: a browser may ask less of a page that a test puts there.
        arrived = page.goto(f"{other.server}/static/favicons/favicon.ico")
        assert arrived is not None and arrived.ok
        return page

    def found(self) -> list[str]:
        """The files in their home that a script could have written there."""
        return sorted(path.name for path in self.user.home.glob("untitled*"))

    def signed_in_as(self) -> str:
        """Whom the hub takes this browser for."""
        page = self.context.new_page()
        page.goto(f"{self.hub.public}/hub/home")
        name = page.evaluate("window.jhdata.user")
        page.close()
        return str(name)


def sign_in(browser: Browser, hub: Hub, user: User) -> Visitor:
    """Sign in by hand, and wait until JupyterLab is there."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{hub.public}/hub/login")
    page.get_by_label("Username").fill(user.name)
    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(rf"/user/{user.name}/lab"), timeout=STARTED)
    page.wait_for_selector("#jp-main-dock-panel", timeout=60_000)
    server = page.url.partition("/lab")[0]
    kernel = page.evaluate(START_KERNEL, server)
    page.close()
    return Visitor(hub, user, context, server, kernel)


@pytest.fixture(scope="module")
def apart(browser: Browser) -> Iterator[list[Visitor]]:
    """Ada and Bela on a hub with subdomains."""
    with running_hub(DOMAIN) as hub:
        release_welcome(hub)
        yield [sign_in(browser, hub, user) for user in hub.learners[:2]]


def test_each_server_is_at_an_origin_of_its_own(apart: list[Visitor]) -> None:
    ada, bela = apart
    hub = urlsplit(ada.hub.public)
    assert len({ada.origin, bela.origin, (hub.scheme, hub.netloc)}) == 3
    assert ada.origin[1] == f"{ada.user.name}.{hub.netloc}"


def test_a_learners_page_reaches_nothing_of_its_visitor(apart: list[Visitor]) -> None:
    ada, bela = apart
    got = bela.page_by(ada).evaluate(ATTACK, bela.target)
    assert set(got.values()) == {None}, got
    assert bela.found() == []
    log = bela.hub.log.read_text()
    assert f"403 POST /user/{bela.user.name}/api/contents" in log, "the request was sent, and refused by the server"
    assert "Blocking Cross Origin WebSocket Attempt" in log
    own = bela.context.new_page()
    own.goto(f"{bela.hub.public}/hub/token")
    expect(own.get_by_role("heading", name="API Tokens")).to_be_visible()
    assert "planted" not in own.content()


def test_the_same_script_at_the_visitors_own_origin_reaches_their_server(apart: list[Visitor]) -> None:
    """So what it does not get above is not for want of trying."""
    bela = apart[1]
    got = bela.page_by(bela).evaluate(ATTACK, bela.target)
    assert got["files"] and got["file written"] and got["code run"], got
    assert "untitled.code" in bela.found()
    for name in bela.found():
        (bela.user.home / name).unlink()
    assert got["who it is"] is got["key to the hub"] is None, "the hub is another origin still"


def test_a_learners_page_signs_nobody_in_as_somebody_else(apart: list[Visitor]) -> None:
    """Ada's page hands Ada's own cookies to the browser, for all names below the hub's: what Bela does from then on
    would be done in Ada's name."""
    ada, bela = apart
    page = bela.page_by(ada)
    for cookie in ada.context.cookies(f"{ada.hub.public}/hub/"):
        for name in (cookie["name"], cookie["name"].removeprefix("__Host-")):
            for path in ("/", "/hub/", "/hub/home"):
                text = f"{name}={cookie['value']}; domain={DOMAIN}; path={path}; secure"
                page.evaluate("(text) => { document.cookie = text; }", text)
    assert bela.signed_in_as() == bela.user.name


def test_the_lesson_opens_and_runs_there(apart: list[Visitor]) -> None:
    """Fetched, opened, written in and reviewed, by hand."""
    ada = apart[0]
    page = ada.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{ada.server}/lab")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    page.get_by_role("button", name="Fetch").click()
    folder = ada.user.home / "welcome"
    wait_until((folder / "welcome.ipynb").exists, "the lesson is fetched", 60)
    page.goto(f"{ada.server}/doc/tree/welcome/welcome.ipynb")
    page.wait_for_selector(".jp-NotebookPanel.course-ready", timeout=STARTED)
    box = page.get_by_role("textbox", name="Your ask, in one sentence", exact=True).last
    box.scroll_into_view_if_needed()
    box.fill("Could you say by Thursday?")
    answer = folder / "answers" / "ask.yaml"
    wait_until(partial(says, answer, "ask", "Could you say by Thursday?"), "the form's words are in the file", 60)
    check = page.locator('.jp-CodeCell[data-cell="check_ask"]')
    check.locator(".course-bar-button").first.click()
    expect(check.locator(".course-review")).to_be_visible(timeout=60_000)
    assert errors == []


def says(path: Path, field: str, words: str) -> bool:
    """Whether an answer is there and says this."""
    return path.exists() and (yaml.safe_load(path.read_text("utf-8")) or {}).get(field) == words


def test_without_subdomains_a_learners_page_can_do_all_that(browser: Browser) -> None:
    with running_hub() as hub:
        ada, bela = (sign_in(browser, hub, user) for user in hub.learners[:2])
        assert ada.origin == bela.origin
        got: dict[str, Any] = bela.page_by(ada).evaluate(ATTACK, bela.target)
        assert got["who it is"] == bela.user.name, json.dumps(got)
        assert got["files"] and got["key to the hub"] and got["code run"], json.dumps(got)
        assert got["file written"] in bela.found()


def test_without_encryption_the_hub_says_why_it_does_not_start(tmp_path: Path) -> None:
    names = {"CURRICULUM_HUB_SUBDOMAINS": f"http://{DOMAIN}", "CURRICULUM_HUB_STATE": str(tmp_path / "state")}
    command = [sys.executable, "-m", "jupyterhub", "-f", str(DEPLOYED / "jupyterhub_config.py")]
    done = subprocess.run(
        command, env={**os.environ, **names}, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "must begin with https://" in done.stderr
    assert not (tmp_path / "state").exists()
