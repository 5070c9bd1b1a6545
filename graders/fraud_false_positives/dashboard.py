"""Is the shared dashboard of the incident record one picture that everybody can trust? (A18)"""

from __future__ import annotations

from curriculum.artifacts.incident import Incident, Panel
from curriculum.cases import Case
from curriculum.cases.fraud_false_positives.groups import Group, value_in
from curriculum.cases.fraud_false_positives.metrics import CONTESTED, Days
from curriculum.cases.fraud_false_positives.payments import DAYS
from curriculum.cases.fraud_false_positives.rota import source_of
from graders.common import listed, placed, stated
from graders.fraud_false_positives.base import (
    agrees,
    contested_missing,
    definition_of,
    inner,
    is_sound,
    metric_of,
    misleading,
    misstated,
    rubric,
    values_in_hint,
    who_is,
)
from graders.rubric import Objections, objection

SOURCES = {
    "payments": "the payments",
    "appeals": "the appeals",
    "tickets": "tickets and calls",
    "screens": "what is pressed on the screens",
    "sessions": "what is pressed on the screens",
}
"""What the data behind a panel is called, by its source."""


def whole(incident: Incident) -> list[Panel]:
    """The panels that count everybody."""
    return [panel for panel in incident.panels if not panel.group]


@rubric.criterion(
    points=1, voice="ravi", skill="lead_incidents",
    hints=(
        "How many ways of counting the same thing does your dashboard show?",
        "For everybody, exactly one panel each for good payments stopped, complaints and errors on the alert screen.",
        "Panels for single groups may stand beside them, each group once, counted in the same way as for everybody.",
    ),
    rests_on=("incident.panels[].definition",),
    met="Good payments stopped, complaints and screen errors have one definition each.",
    expected="one way to count each of the three contested metrics",
)  # fmt: skip
def each_metric_has_one_definition(incident: Incident, case: Case) -> Objections:
    """Each contested metric has exactly one panel for everybody, and panels for groups count in the same way."""
    ways: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for place, panel in placed("panels", incident.panels):
        metric = metric_of(panel.definition)
        if metric not in CONTESTED:
            continue
        label = case.registry.label("metrics", metric)
        if (metric, panel.group) in seen:
            yield objection(f"{place}.definition", f"{label}: there are two panels, and they will disagree.")
        elif ways.setdefault(metric, panel.definition) != panel.definition:
            yield objection(f"{place}.definition", f"{label}: this group is counted in another way than the others.")
        seen.add((metric, panel.group))
    if lacking := contested_missing(panel.definition for panel in whole(incident)):
        yield objection("panels", f"There is no panel for everybody on {listed(lacking)}.")


@rubric.criterion(
    points=3, voice="jonas", skill="measure_success", gate=True,
    hints=(
        "Which of your panels would look good today only because something is not known yet, or is not counted?",
        "Read how each definition counts, and how soon it is complete. Labels are final after 30 days.",
        "To be trusted today: {% for it in entries.definitions.values() if it.sound %}{{ it.label }}"
        "{{ '.' if loop.last else '; ' }}{% endfor %}",
    ),
    rests_on=("incident.panels[2]", "incident.panels[].definition"),
    met="Every panel is complete within days and moves with the harm.",
)  # fmt: skip
def panels_can_be_trusted_today(incident: Incident, case: Case) -> Objections:
    """No panel rests on labels that are not final yet, or counts something else than it seems to."""
    for place, panel in placed("panels", incident.panels):
        yield from misleading(f"{place}.definition", panel.definition, case)
    if not any(is_sound(panel.definition, case) for panel in incident.panels):
        yield objection("panels", "There is no panel that can be trusted today.", "panels that are complete in days")


@rubric.criterion(
    points=2, voice="ravi", skill="measure_success",
    hints=(
        "Recompute each panel for the two windows in the table `about`.",
        "The cell on the shared dashboard writes the definitions that you choose, with both values; for one group, "
        "`panels(lesson.tables, login=\"partner\")`.",
        f"The definitions that can be trusted today: {values_in_hint(*CONTESTED)}",
    ),
    rests_on=("incident.panels[2]", "panels_can_be_trusted_today", "incident.panels[].before", "incident.panels[].now"),
    met="Every panel recomputes from the tables.",
)  # fmt: skip
def panels_recompute(incident: Incident, case: Case) -> Objections:
    """Each panel's values before and now are what the tables give, for its group where it names one."""
    for place, panel in placed("panels", incident.panels):
        definition, group = definition_of(panel.definition, case), case.registry.entries("groups").get(panel.group)
        if definition and isinstance(group, Group):
            yield from _in_group(place, panel, group, case)
        elif definition:
            yield from misstated(panel, definition, case, f"{place}.")


def _in_group(place: str, panel: Panel, group: Group, case: Case) -> Objections:
    calendar = case.truth.calendar
    here = Days(case.columns, calendar.start, DAYS, case.truth.scale)
    for name, window in (("before", calendar.before), ("now", calendar.now)):
        said, true = getattr(panel, name), value_in(here, group, panel.definition, window)
        if true is None:
            label = case.registry.label("definitions", panel.definition)
            yield objection(
                f"{place}.group", f"“{inner(label)}” is counted without customers.", "no group, or another measure"
            )
            return None
        if not agrees(said, true):
            row = {"group": group.label, "definition": panel.definition, "stated": stated(said)}
            rule = f"its value {name} in this group as the payments give it, within 5 %"
            yield objection(f"{place}.{name}", f"You state {stated(said)} as its value {name}.", rule, row)
    return None


@rubric.criterion(
    points=1, voice="samir", skill="measure_success",
    hints=(
        "How often does new data come in, and how old may a number be when an update goes out?",
        "`about` says how often each table gets new data. More often shows nothing new; later than that, and later "
        "than your next update, shows something old.",
        "{% for name, minutes in truth.rota.arrives.items() %}{{ name }}: {{ minutes }} minutes"
        "{{ '.' if loop.last else ', ' }}{% endfor %} Updates go out every {{ truth.rota.cadence }} minutes.",
    ),
    rests_on=("incident.panels[2]", "panels_can_be_trusted_today", "incident.panels[].refresh_minutes"),
    met="Each panel is as fresh as its data, and fresh enough for the updates.",
    expected="as often as its data comes in, or as often as updates go out where data comes in faster",
)  # fmt: skip
def panels_are_as_fresh_as_their_data(incident: Incident, case: Case) -> Objections:
    """Each panel is refreshed no more often than its data comes in, and soon enough for the next update."""
    rota = case.truth.rota
    for place, panel in placed("panels", incident.panels):
        arrives, minutes = rota.arrives[source_of(panel.definition)], panel.refresh_minutes
        if minutes is not None and not arrives <= minutes <= max(arrives, rota.cadence):
            label = case.registry.label("definitions", panel.definition)
            row = {"definition": panel.definition, "data": source_of(panel.definition), "look at": "`about`"}
            yield objection(
                f"{place}.refresh_minutes", f"“{inner(label)}” is refreshed every {stated(minutes)} minutes.", "", row
            )


@rubric.criterion(
    points=2, voice="ravi", skill="decision_rights",
    hints=(
        "If a panel stops tomorrow, can whoever keeps it right look into the data behind it?",
        "The table `hands` says who may query what. More than one person may be right.",
        "Find from what each definition counts: payments, appeals, tickets and calls, or what is pressed on the "
        "screens. What is released on appeal is in the appeals.",
    ),
    rests_on=("incident.panels[2]", "panels_can_be_trusted_today", "incident.panels[].owner"),
    met="Whoever keeps a panel right can query its data.",
    expected="somebody whom the table `hands` names for the data behind it",
)  # fmt: skip
def panels_have_owners_who_can_query(incident: Incident, case: Case) -> Objections:
    """Each panel is kept right by somebody who may query the data from which it counts."""
    for place, panel in placed("panels", incident.panels):
        definition = definition_of(panel.definition, case)
        if definition and panel.owner not in case.truth.may_query(definition.id):
            who, what = who_is(panel.owner, case), SOURCES[source_of(definition.id)]
            said = f"“{inner(definition.label)}” is kept right by {who}, with no right to query {what}."
            yield objection(f"{place}.owner", said, "", {"definition": definition.id, "look at": "`hands`"})
