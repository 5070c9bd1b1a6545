"""A learner at work in a real JupyterLab: opens a notebook, runs it, talks, writes, asks for reviews."""

from __future__ import annotations

import json
import re
import shutil
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, Page, expect

from curriculum.cases import Case, load_case
from curriculum.course.catalog import load_catalog
from curriculum.course.templates import render
from curriculum.learner.progress import Progress
from curriculum.learner.variant import read_stated
from curriculum.roleplay.read_back import SaidBack
from curriculum.roleplay.script import load_script
from curriculum.roleplay.transcript import read_transcript
from curriculum.widgets.form_spec import form_spec
from graders import load_rubric
from tests.e2e.filling import Filler, unsaid
from tests.e2e.lab import Lab, wait_until

SIGNED_OFF = re.compile("Everybody signs off|Signed off on what can be checked|This waits for a person")
"""What a review with full points says: nothing to read, texts that nobody read, or the words of an example."""


def runs(cell: Locator) -> int:
    """How often a cell has run on this page."""
    return int(cell.get_attribute("data-runs") or 0)


@dataclass
class Learner:
    """One learner in one lesson, with a page of their own."""

    lab: Lab
    page: Page
    slug: str

    @property
    def notebook(self) -> str:
        return f"{load_catalog().lesson(self.slug).level}/{self.slug}/{self.slug}.ipynb"

    @property
    def answers(self) -> Path:
        return (self.lab.workspace / self.notebook).parent / "answers"

    @property
    def case(self) -> Case:
        """The world that the lesson dealt to this learner."""
        stated = read_stated(self.answers, self.slug)
        assert stated is not None, "the lesson has not stated its variant"
        return load_case(self.slug, stated.variant)

    def open(self) -> None:
        """Open the notebook and wait until it is ready: its showing cells have run."""
        self.page.goto(self.lab.page(self.notebook))
        self.page.wait_for_selector(".jp-NotebookPanel.course-ready")
        self.lab.wait_for_kernel(self.notebook)

    def begin_anew(self) -> None:
        """Take away what other tests wrote in this lesson: they share the Lab and its workspace."""
        shutil.rmtree(self.answers, ignore_errors=True)
        Progress(self.lab.workspace).forget(self.slug)
        own = load_catalog().lesson(self.slug).folder / f"{self.slug}.ipynb"
        shutil.copyfile(own, self.lab.workspace / self.notebook)

    def run_all(self) -> None:
        """Run every cell, as from the menu, and wait until the last one is done."""
        last = self.page.locator(".jp-CodeCell").last
        before = runs(last)
        self.page.click(".lm-MenuBar-item:has-text('Run')")
        self.page.locator(".lm-Menu-item", has_text="Run All Cells").first.click()
        wait_until(lambda: runs(last) > before, "the last cell has run")
        self.lab.wait_for_kernel(self.notebook)

    def run(self, source: str) -> Locator:
        """Run the last cell that has this line, and return its output once it is done."""
        cell = self.cell(source)
        before = runs(cell)
        if cell.locator(".course-bar").count():
            cell.locator(".course-bar-button").first.click()
        else:
            cell.locator(".cm-content").click()
            self.page.keyboard.press("Control+Enter")
        wait_until(lambda: runs(cell) > before, f"the cell {source} has run")
        return cell.locator(".jp-Cell-outputArea")

    def cell(self, source: str) -> Locator:
        """The last code cell that has a line that begins so, whether its code is shown or folded."""
        # The course's own copy: the learner's is being saved now and then.
        notebook = load_catalog().lesson(self.slug).folder / f"{self.slug}.ipynb"
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        found = [
            each["id"]
            for each in cells
            if each["cell_type"] == "code"
            and any(line.startswith(source) for line in "".join(each["source"]).splitlines())
        ]
        assert found, f"no cell of {self.slug} has the line {source}"
        return self.page.locator(f'.jp-CodeCell[data-cell="{found[-1]}"]')

    def code_of(self, cell: Locator) -> Locator:
        """The code of a cell, opened where it is folded."""
        if not cell.locator(".cm-content").count():
            cell.get_by_role("button", name=re.compile("^Code of")).click()
        return cell.locator(".cm-content")

    def say(self, choice: str) -> None:
        """Say it in other words, confirm the choice that was meant, and wait until it is in the file."""
        script = load_script(self.slug)
        file = self.answers / f"{script.id}.yaml"
        words = " ".join(render(script.choices[choice].text, self.case).split())
        talk = self.cell("lesson.talk()").locator(".jp-Cell-outputArea")
        expect(talk.locator(".say-box, .next .choice").first).to_be_visible()
        expect(talk.locator("[aria-disabled=true]")).to_have_count(0)
        moment = None
        if talk.locator(".say-box").count():
            moment = talk.locator(".say-box").get_attribute("data-key")
            talk.locator(".say-box").fill(script.choices[choice].also[0])
            talk.locator(".say-box").press("Enter")
        button = talk.get_by_role("button").filter(has_text=words)
        button.first.click()
        wait_until(lambda: file.exists() and choice in file.read_text(), f"the choice {choice} is saved")
        if moment:  # the next words belong to the next moment
            expect(talk.locator(f'[data-key="{moment}"]')).to_have_count(0)

    def say_back(self, kind: str, said: SaidBack) -> None:
        """Write one version for a person in the read-back's form, say it, and wait until it is in the file."""
        script, model = load_script(self.slug), load_rubric(self.slug).artifacts[kind]
        form = self.cell(f'lesson.read_back("{kind}")').locator(".jp-Cell-outputArea")
        form.locator(".course-form").wait_for()
        version = {field: getattr(said, field) for field in ("claims", "number", "firmness", "sentence")}
        wanted = {said.person: {**version, "claims": list(said.claims)}}
        Filler(self.page, form).fill(form_spec(model), unsaid(wanted, self.answers / f"{kind}.yaml"))
        first = self.case.people[said.person].first_name
        form.get_by_role("button", name=f"Say it back to {first}").click()
        file = self.answers / f"{script.id}.yaml"

        def rounds() -> list[SaidBack]:
            steps = read_transcript(file).current
            return [each for each in steps if isinstance(each, SaidBack) and each.person == said.person]

        wait_until(
            lambda: any(set(each.claims) == set(said.claims) for each in rounds()), f"what {first} heard is saved"
        )
        talk = self.cell("lesson.talk()").locator(".jp-Cell-outputArea")
        expect(talk.get_by_text(f"Said back to {first}")).to_have_count(len(rounds()))

    def pick(self, form: Locator, field: str, words: str) -> None:
        """Pick an entry by its words from the searchable list of a form's field, with the keyboard."""
        form.locator(f'[data-do="panel"][data-path="{field}"]').click()
        search = form.get_by_role("combobox", name=re.compile("^Search"))
        search.fill(words)
        expect(form.get_by_role("option")).to_have_count(1)
        self.page.keyboard.press("Enter")
        expect(search).to_have_count(0)

    def use_theme(self, theme: Literal["light", "dark"]) -> None:
        """Let the computer ask for light or dark, which JupyterLab follows here, and wait until it has."""
        self.page.emulate_media(color_scheme=theme)
        self.page.wait_for_selector(
            f'body[data-jp-theme-light="{"true" if theme == "light" else "false"}"]', state="attached"
        )

    def restart_kernel(self) -> None:
        """Restart the notebook's kernel, as from the menu; widgets lose the process behind them."""
        session = next(each for each in self.lab.get("api/sessions") if each["path"] == self.notebook)
        request = urllib.request.Request(
            f"{self.lab.base}/api/kernels/{session['kernel']['id']}/restart",
            data=b"",
            headers={"Authorization": f"token {self.lab.token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert json.load(answer)["id"] == session["kernel"]["id"]
        self.lab.wait_for_kernel(self.notebook)
