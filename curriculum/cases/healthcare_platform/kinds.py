"""The kinds of things that this lesson's artifacts may name, beyond people and facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from curriculum.cases.base import Entry


@dataclass(frozen=True)
class Clause(Entry):
    """One obligation, guidance or rule of the company, in the version that the table states.

    `label` is instrument and article, `note` what it asks of which document.
    """

    instrument: str = ""
    article: str = ""
    applies_from: dt.date | None = None
    """None: it applied before this table was begun."""
    status: str = "in force"
    """One of in force, adopted (not applicable yet), guidance, standard, company rule, superseded, draft, pending."""
    part: str = ""
    """The document of the release that shows it."""
    uncertain: str = ""
    """What could not be confirmed when the table was verified; blank where nothing is open."""
    source: str = ""
    verified_on: dt.date | None = None
    """The day of what it rests on; None for rules of the company, which are part of the story."""


@dataclass(frozen=True)
class Topic(Entry):
    """Something that the log must decide."""


@dataclass(frozen=True)
class Right(Entry):
    """Who decides a topic in this company, and who has to agree. Its id is the topic's."""

    decider: str = ""
    signers: tuple[str, ...] = ()
    """Ids of the people whose work the decision changes; the one who decides is not among them."""


@dataclass(frozen=True)
class Option(Entry):
    """One way to decide a topic."""

    topic: str = ""


@dataclass(frozen=True)
class Driver(Entry):
    """A measure by which options are compared."""

    topic: str = ""
    unit: str = ""
    side: str = ""
    """accuracy, explainability, speed, load, money, harm or tempting: which concern it speaks for."""
    source: str = ""
    """The tables from which it is worked out."""


@dataclass(frozen=True)
class Model(Entry):
    """A candidate model."""

    version: str = ""
    built_on: dt.date = dt.date.min
    cost: float = 0.0
    """Thousand euros until it is in service, without the wards."""
    returns: tuple[str, ...] = ()
    """Ids of the API fields in its response."""


@dataclass(frozen=True)
class Screen(Entry):
    """A way to show alerts, in the version that is ready."""

    version: str = ""
    built_on: dt.date = dt.date.min
    interrupts: float = 1.0
    """Share of the alerts that interrupt somebody."""


@dataclass(frozen=True)
class Ward(Entry):
    """A type of ward in the two hospitals."""

    beds: int = 0
    monitored: bool = False
    patient_shifts: int = 0
    """Patients times 12-hour shifts in a month."""
    rollout: float = 0.0
    """Thousand euros."""
    min_sensitivity: float = 0.0
    """Percent; asked for by the clinical safety board."""
    min_reasons: float = 0.0
    """Percent of audited alerts whose shown reasons must be the true ones."""


@dataclass(frozen=True)
class Use(Option):
    """An intended use: the wards on which alerts are shown."""

    wards: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReleaseFile(Entry):
    """A file of the release folder."""

    path: str = ""
    """Where it is in the folder."""
    part: str = ""
    version: str = ""
    model: str = ""
    """Id of the model that it belongs to; blank for all."""
    screen: str = ""
    """Id of the screen that it belongs to; blank for all."""
    author: str = ""
    changed_on: dt.date = dt.date.min
    current: bool = True
    sha256: str = ""


@dataclass(frozen=True)
class Signature(Entry):
    """An electronic signature as the quality system recorded it."""

    file: str = ""
    """Id of the file."""
    person: str = ""
    signed_on: dt.date = dt.date.min
    meaning: str = ""
    sha256: str = ""
    """Fingerprint of the file's text at that moment."""


@dataclass(frozen=True)
class Requirement(Entry):
    """Something that the platform must do."""

    clause: str = ""
    control: str = ""
    """Id of the risk control as the requirements list names it; blank where the link was lost."""
    state: str = ""
    """Id of the screen state that shows it."""


@dataclass(frozen=True)
class Control(Entry):
    """A measure against a risk, with the requirement that it serves."""

    requirement: str = ""
    severity: str = ""
    """high, medium or low."""
    made_by: str = ""
    wanted_by: str = ""
    """Who wants the release although the control's test fails."""
    owner: str = ""
    """Who may accept that: neither of the two."""
    could_answer: tuple[str, ...] = ()
    """These three, in no order."""


@dataclass(frozen=True)
class Run(Entry):
    """One execution of the test of a requirement on one build."""

    requirement: str = ""
    model: str = ""
    screen: str = ""
    run_on: dt.date = dt.date.min
    result: str = ""


@dataclass(frozen=True)
class ReleaseRow(Entry):
    """A release that the policy is run against; its columns are in the table `releases`."""

    flaw: str = ""


@dataclass(frozen=True)
class Authorisation(Entry):
    """A paper about a change of the device: what an authority said, or what only looks so."""

    what: str = ""
    region: str = ""
    """eu, us or both."""
    model: str = ""
    version: str = ""
    wards: tuple[str, ...] = ()
    dated: dt.date = dt.date.min
    way: str = ""
    """released or investigation: what it allows; blank for nothing."""
    older: bool = False
    """Whether it is about a version of earlier months."""


@dataclass(frozen=True)
class Companion(Entry):
    """A small product that ships along; `note` says what it does."""

    high_risk: str = ""
    """annex_i, annex_iii or not_high_risk: where the AI Act puts it."""
    us: frozenset[str] = frozenset()
    """Each of these is a right reason why it is a device in the United States, or why it is none."""


@dataclass(frozen=True)
class Request(Entry):
    """Somebody asks that a release may pass although a rule stops it."""

    release: str = ""
    clause: str = ""
    """Id of the clause whose rule it would lift."""
    about: str = ""
    asked_by: str = ""
    made_by: str = ""
    """Who made the thing that falls short."""
    owner: str = ""
    """Who may answer for it: neither of the two."""
    could_answer: tuple[str, ...] = ()
    """These three, in no order."""
    asked_until: dt.date = dt.date.min
    latest: dt.date = dt.date.min
    """The last day on which a waiver may end."""
    extent: int = 0
    """How far the release is from the company's limit: participants that are missing, or days too many."""
    reason: str = ""


@dataclass(frozen=True)
class Record(Entry):
    """An accepted decision of earlier months."""

    number: int = 0
    topic: str = ""
    option: str = ""
    accepted_on: dt.date = dt.date.min
    supersedes: int | None = None
    """The number of the record on the same topic that it replaced; None for the first."""
    seal: str = ""


@dataclass(frozen=True)
class Change(Entry):
    """A kind of change to a released model, and whether the authorised change plan covers it."""

    inside: bool = False


@dataclass(frozen=True)
class Discovery(Entry):
    """A question of the discovery track."""

    ended: int | None = None
    """Sprint in which it ended, 0 the one before the plan begins; None: not done yet."""
    outcome: str = "open"
    """confirmed, refuted or open."""
    days: Mapping[str, float] = field(default_factory=dict)
    """Person-days by role."""


@dataclass(frozen=True)
class Delivery(Entry):
    """Work of the delivery track."""

    needs: tuple[str, ...] = ()
    """Ids of discovery questions on which it may rest."""
    days: Mapping[str, float] = field(default_factory=dict)
    requirements: tuple[str, ...] = ()
    """Ids of the requirements that it builds; blank for work that no clause asks for."""
    built: bool = False
    """Whether it is in service already."""


@dataclass(frozen=True)
class ApiField(Entry):
    """A field of a model's response."""

    type: str = ""
    p99_characters: int = 0


@dataclass(frozen=True)
class Sample(Entry):
    """A real response, kept for the design."""

    risk: float = 0.0
    confidence: float = 0.0
    vitals_age_min: float = 0.0
    latency_ms: float = 0.0
    characters: int = 0
    """Length of the longest reason."""
    wrong: bool = False
    """Whether the model was wrong about the patient."""


@dataclass(frozen=True)
class Colour(Entry):
    """A colour of the brand."""

    value: str = ""


@dataclass(frozen=True)
class DesignToken(Entry):
    """A named value of the brand's token file; `label` is its name, as `color.alarm`."""

    value: str = ""
    type: str = "color"

    @property
    def name(self) -> str:
        """What design tools call it."""
        return self.label


@dataclass(frozen=True)
class Look(Entry):
    """A pair of tokens that a state can wear."""

    text: str = ""
    """Name of the token of the text."""
    background: str = ""


@dataclass(frozen=True)
class Advice(Entry):
    """What the screen may ask people to do."""

    unsafe: str = ""
    """Why no screen of this kind may say it; blank where it may, in the right state."""


@dataclass(frozen=True)
class Blocker(Entry):
    """Something that keeps work from going on."""

    raised_on: dt.date = dt.date.min
    reviews_seen: int = 0
    owner: str = ""
    holds_up: str = ""
    """What cannot go on, in words."""
    release: bool = False
    """Whether that is the pilot release."""
    needed_by: dt.date = dt.date.min
    days_to_remove: int = 0
    needs_sponsor: bool = False
    """Whether it needs money or hours that its owner cannot give."""
    slack: int = 0
    """Days to spare until it is needed; below zero where its removal comes too late."""


@dataclass(frozen=True)
class Build(Entry):
    """A build that could be shown."""

    made_on: dt.date = dt.date.min
    integrated: bool = False
    screen: str = ""
    model: str = ""
