"""Milliseconds from a click on the scoping board to its answer, saved and repainted, in a real JupyterLab."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e import find_browser
from tests.e2e.chromium import OFFLINE
from tests.e2e.journey import Learner
from tests.e2e.lab import running_lab

CLICKS = 60

# A dot appears when Python has written it to the file and sent the new view: nothing is shown ahead of that.
_MEASURE = """async (clicks) => {
  const board = [...document.querySelectorAll('.course')].find(each => each.querySelector('[data-card]'));
  const card = board.querySelector('[data-card]').dataset.card;
  const shown = () => board.querySelector(`[data-card="${card}"]`).innerText;
  const times = [];
  for (let i = 0; i < clicks; i++) {
    const before = shown(), start = performance.now();
    board.querySelector(`[data-key="vote${i % 2 ? -1 : 1}:${card}"]`).click();
    while (shown() === before) {
      if (performance.now() - start > 5000) throw new Error(`click ${i} changed nothing`);
      await new Promise(requestAnimationFrame);
    }
    times.push(performance.now() - start);
    await new Promise(done => setTimeout(done, 30));
  }
  return times;
}"""


def measure() -> dict[str, float]:
    """Median and 95th percentile over `CLICKS` clicks on a board of real size."""
    browser = find_browser.installed()
    if browser is None:
        raise SystemExit("There is no Chromium to measure with; `make browser` finds or installs one.")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder) / "work") as lab,
        sync_playwright() as playwright,
    ):
        page = playwright.chromium.launch(executable_path=browser, args=list(OFFLINE)).new_page()
        learner = Learner(lab, page, "recommendation_scoping")
        learner.open()
        learner.run("from curriculum import open_lesson")
        learner.run("lesson.board()")
        page.locator("[data-card]").first.wait_for()
        times = page.evaluate(_MEASURE, CLICKS)
    return {"median_ms": statistics.median(times), "p95_ms": statistics.quantiles(times, n=20)[-1]}
