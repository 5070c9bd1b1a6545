"""Artifacts in the formats of other tools: a backlog for Jira, a RACI as a spreadsheet, design tokens as DTCG JSON."""

from __future__ import annotations

from curriculum.artifacts.base import Artifact
from curriculum.artifacts.board import Board
from curriculum.artifacts.design_handoff import DesignHandoff
from curriculum.artifacts.document import backlog_csv, safe_csv
from curriculum.artifacts.raci import Raci
from curriculum.cases.base import Registry


def exports(artifact: Artifact, registry: Registry) -> dict[str, str]:
    """Further files of an artifact, as texts by their names; empty where no other tool takes it.

    Tokens that do not resolve are left out: what a design tool would refuse is not written.
    """
    if isinstance(artifact, Board):
        return {"backlog.csv": backlog_csv(artifact, registry)}
    if isinstance(artifact, Raci):
        return {"raci.csv": raci_csv(artifact, registry)}
    if isinstance(artifact, DesignHandoff):
        from curriculum.cases.healthcare_platform.kinds import DesignToken
        from curriculum.support.design_tokens import TokenError, dtcg_json, resolve

        tokens = [token for token in registry.entries("tokens").values() if isinstance(token, DesignToken)]
        try:
            return {"tokens.json": dtcg_json(resolve(tokens))} if tokens else {}
        except TokenError:
            return {}
    return {}


def raci_csv(raci: Raci, registry: Registry) -> str:
    """The grid as CSV: a row a deliverable, a column a person, one letter a cell."""
    people = list(dict.fromkeys(each.person for row in raci.rows for each in row.assignments if each.person))
    names = {person: registry.label("people", person) for person in people}
    return safe_csv(
        [
            {
                "Deliverable": registry.label("deliverables", row.deliverable),
                **{names[person]: raci.code(row.deliverable, person) for person in people},
            }
            for row in raci.rows
        ]
    )
