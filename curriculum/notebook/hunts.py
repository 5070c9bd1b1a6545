"""The three flaw hunts around a lesson, as a notebook shows them: before it, after it, and a month later."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from curriculum.course.flaws import FlawScore, score
from curriculum.course.lesson_plan import load_plan
from curriculum.course.parallel_hunts import HuntForm, hunt_form, worlds_for
from curriculum.learner import hunts
from curriculum.learner.progress import Handed, Progress
from curriculum.notebook.twins import settled
from curriculum.pages import page as pages
from curriculum.pages.exemplars import OPENS_AT, solved
from curriculum.pages.gain import gain_page
from curriculum.pages.page import Page, designed
from curriculum.support.dates import full_day
from curriculum.widgets.hunt import HuntWidget

if TYPE_CHECKING:
    from curriculum.notebook.lesson import Lesson

TITLES = {
    "before": "Before you begin: what do you see already?",
    "after": "And now? The same exercise in another world",
    "later": "A month later: what has stayed?",
}
INTROS = {
    "before": "Optional, five minutes at most. A colleague in a company like yours wrote a draft with flaws. What you "
    "find now is compared with what you find after the lesson, so nothing is told until then.",
    "after": "Another world, another draft, other flaws. Take five minutes.",
    "later": "Another world again. Take five minutes, and do not look anything up.",
}
HANDED = {
    "before": "Handed in. What you found is told after the lesson, beside what you find then.",
    "after": "Handed in. Run this cell again for what you found.",
    "later": "Handed in. Run this cell again for what you found.",
}


class Hunts:
    """The hunts of one lesson. What they need of the lesson is its files, its world and its record."""

    def __init__(self, lesson: Lesson, progress: Progress):
        self._lesson, self._progress = lesson, progress
        self._slug = lesson._files.slug

    def before(self) -> Any:
        """The hunt before the lesson; once the lesson is begun, why there is none."""
        handed = self._handed()
        if "before" in handed:
            return Page(f"Handed in on {_day(handed['before'].at)}. {HANDED['before'].removeprefix('Handed in. ')}")
        if self._progress.standings(self._slug):
            return Page("This is for before the lesson, and something of yours here is checked already. Go on.")
        return self.hunt("before")

    def helped(self) -> Any:
        """The hunt after the lesson; then what was found, and a month later the last one."""
        from IPython.display import display

        handed = self._handed()
        if "after" not in handed:
            if (best := self._lesson._best(self._kind)) is None or best < OPENS_AT - 1e-9:
                title = self._lesson._title(self._kind)
                return Page(f"This opens once a checked version of your {title} earns a third of its points.")
            return self.hunt("after")
        for moment, one in handed.items():
            display(self._told(moment, one))
        display(gain_page(hunts.lesson_hunts(self._progress)))
        if "later" in handed:
            return None
        opens = hunts.later_from(handed["after"])
        if dt.datetime.now(dt.UTC) < opens:
            return Page(f"From {full_day(opens.astimezone().date())} on, a last hunt here shows what has stayed.")
        return self.hunt("later")

    def hunt(self, moment: str) -> HuntWidget:
        """The draft and the statements of one hunt."""
        from IPython.display import display

        form = hunt_form(self._slug, worlds_for(self._slug, self._lesson._case.seed)[moment])
        display(self._page(moment, form))
        files = self._lesson._files
        widget = HuntWidget(
            files.artifact(f"hunt_{moment}"),
            form.draft.options,
            len(form.planted),
            lambda ticked: self._progress.hand_in(self._slug, moment, form.world, ticked),
            HANDED[moment],
            handed=moment in self._handed(),
        )
        return settled(widget, files.slug, files.folder, ("hunt_before" if moment == "before" else "did_it_help",))

    @property
    def _kind(self) -> str:
        """The kind of artifact that the draft is."""
        plan = load_plan(self._slug).flaws
        if plan is None:
            raise LookupError("There is no draft with flaws in this lesson.")
        return plan.artifact

    def _handed(self) -> dict[str, Handed]:
        return {one.moment: one for one in self._progress.hunts() if one.lesson == self._slug}

    def _page(self, moment: str, form: HuntForm) -> Page:
        draft, case = form.draft, form.case
        author = case.registry.label("people", draft.plan.author)
        artifact = solved(self._lesson._rubric, case, draft.files, draft.plan.artifact)
        sheet = pages.document(artifact, case.registry, lead=f"A draft by {author}, at {case.company}.")
        situation = Page(case.brief.strip(), designed("memo.html", case=case))
        html = designed(
            "hunt.html",
            title=TITLES[moment],
            intro=INTROS[moment],
            brief=situation.html,
            draft=sheet.html,
            flaws=len(form.planted),
            unfolded=moment != "before",
        )
        return Page(f"**{TITLES[moment]}**\n\n{INTROS[moment]}\n\n{situation.text}\n\n{sheet.text}", html)

    def _told(self, moment: str, handed: Handed) -> Page:
        """What was found, with what was there and overlooked: nothing of it is asked again."""
        result: FlawScore = score(hunt_form(self._slug, handed.world).draft, handed.ticked)
        page = pages.flaws_found(result, overlooked=True)
        label = {"before": "Before the lesson", "after": "After the lesson", "later": "A month later"}[moment]
        return Page(f"**{label}.** {page.text}", f"<p><strong>{label}</strong></p>{page.html}")


def _day(at: str) -> str:
    return full_day(dt.datetime.fromisoformat(at).astimezone().date())
