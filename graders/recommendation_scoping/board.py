"""Criteria for the scoping board (A01): what fits, what belongs together, what votes can and cannot decide."""

from __future__ import annotations

from collections import Counter

from curriculum.artifacts.board import COLUMNS, DOTS, Board
from curriculum.cases import Case
from curriculum.roleplay.engine import State
from graders.common import listed, says_nothing, unheard_facts, unknown_ids, word_count
from graders.recommendation_scoping.layout import RANK, BoardReading, read_board
from graders.recommendation_scoping.phrases import named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import roles
from graders.rubric import Verdict, met, unmet

MOST_OF_ALL_DAYS = 0.6
"""Above about 60 % of the effort in Must-Haves, a plan has no room for surprises (DSDM)."""


@rubric.criterion(
    points=1,
    voice="noor",
    skill="scope_together",
    gate=True,
    hints=(
        "Does every card lie in one of the three columns?",
        "Each card once, none left over; a card that you count with another one is covered by that one.",
    ),
)
def board_is_complete(board: Board, case: Case) -> Verdict:
    """Every card lies in exactly one column, or is counted with its duplicate."""
    reading = read_board(board, case)
    left = [id for id in reading.cards if id not in reading.column and id not in reading.dropped]
    times = Counter(placement.card for placement in board.placements if placement.card)
    twice = [id for id, count in times.items() if count > 1]
    strangers, empty = unknown_ids(board, case), next(says_nothing(board, case), None)
    if left:
        return unmet(f"Not in a column: {named(case, 'cards', left)}.", "every card in one column",
                     *({"card": id, "need": reading.cards[id].label} for id in left))  # fmt: skip
    if twice:
        return unmet(f"Placed more than once: {named(case, 'cards', twice)}.", "every card once")
    if strangers:
        return unmet(f"In {strangers[0].place}, this case does not know “{strangers[0].id}”.", "ids of this case")
    if empty:
        return unmet(empty.found, empty.expected)
    return met(f"All {len(reading.cards)} cards have their place.")


@rubric.criterion(
    points=1,
    voice="wei",
    skill="scope_together",
    gate=True,
    hints=(
        "Look at the bars under the board one by one, not at their sum.",
        "One role has fewer days than its Must-Haves take. Move something that this role builds out of Must-Have.",
    ),
)
def musts_fit_every_role(board: Board, case: Case) -> Verdict:
    """For every role, the Must-Haves take no more days than it has."""
    days = read_board(board, case).must_days()
    rows = [
        {"role": role.label, "days of Must-Haves": days.get(id, 0.0), "days until the launch": role.capacity}
        for id, role in roles(case).items()
    ]
    for id, role in roles(case).items():
        if days.get(id, 0.0) > role.capacity:
            return unmet(
                f"{role.label}: {days[id]:g} days of Must-Haves in {role.capacity:g} days, "
                f"{100 * days[id] / role.capacity:.0f} %.", "at most 100 % for every role", *rows
            )  # fmt: skip
    return met("Every role can carry its Must-Haves.", *rows)


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="scope_together",
    hints=(
        "What happens when one card takes longer than thought?",
        "Count days, not cards: the Must-Haves should take at most 60 % of all days together.",
    ),
)
def musts_leave_room(board: Board, case: Case) -> Verdict:
    """The Must-Haves take at most 60 % of all days, so that surprises do not break the date."""
    taken = sum(read_board(board, case).must_days().values())
    there = sum(role.capacity for role in roles(case).values())
    row = {"days of Must-Haves": taken, "days of all roles": there, "share in %": round(100 * taken / there, 1)}
    if taken == 0:
        return unmet("There are no Must-Haves.", "the smallest set without which the launch fails its goal", row)
    if taken <= MOST_OF_ALL_DAYS * there:
        return met(f"{taken:g} of {there:g} days, {row['share in %']} %.", row)
    return unmet(f"{taken:g} of {there:g} days are Must-Haves, {row['share in %']} %.", "60 % or less", row)


@rubric.criterion(
    points=1,
    voice="noor",
    skill="scope_together",
    hints=(
        "What does each Must-Have need before it can work at all?",
        "A card names the cards that it needs; if it is a Must-Have, so are they, and what they need.",
    ),
)
def musts_bring_what_they_need(board: Board, case: Case) -> Verdict:
    """Whatever a Must-Have needs is a Must-Have as well."""
    reading = read_board(board, case)
    broken = [
        {"Must-Have": card, "needs": need, "which is": COLUMNS.get(reading.column.get(need, ""), "not placed")}
        for card in reading.musts
        for need in sorted(reading.closure(card))
        if reading.column.get(need) != "must"
    ]
    if broken:
        first = broken[0]
        return unmet(
            f"{named(case, 'cards', [first['Must-Have']])} needs {named(case, 'cards', [first['needs']])}, which "
            f"is {first['which is']}.", "both in Must-Have, or neither", *broken
        )  # fmt: skip
    return met("Nothing that a Must-Have needs is missing.")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="scope_together",
    gate=True,
    hints=(
        "Is there a card that is not ours to vote on?",
        "One card is marked as mandatory, with the reason. It is a Must-Have whatever the dots say.",
    ),
)
def mandatory_cards_are_musts(board: Board, case: Case) -> Verdict:
    """What the law requires is a Must-Have, however few dots it got."""
    reading = read_board(board, case)
    for id, card in reading.cards.items():
        if card.mandatory and reading.column.get(id) != "must":
            place = COLUMNS.get(reading.column.get(id, ""), "not placed")
            row = {"card": id, "column": place, "dots": reading.dots(id), "why": card.mandatory}
            return unmet(f"“{card.label}” is {place}.", "Must-Have, since it is not a matter of votes", row)
    return met("What has to be done is in Must-Have.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="run_meetings",
    hints=(
        "Does the board hold the dots that people spent, all of them and no others?",
        "The table votes has three dots for each of six people. You may add three of your own, or none.",
    ),
)
def votes_are_as_cast(board: Board, case: Case) -> Verdict:
    """The board holds the three dots of each person as they were spent, and yours, if any, are three."""
    recorded: Counter[tuple[str, str]] = Counter()
    for vote in board.votes:
        if vote.dots:
            recorded[vote.voter, vote.card] += vote.dots
    wrong = []
    for voter in dict.fromkeys([*(v for v, _ in case.truth.votes), *(v for v, _ in recorded)]):
        theirs = {card: dots for (who, card), dots in recorded.items() if who == voter}
        cast = {card: dots for (who, card), dots in case.truth.votes.items() if who == voter}
        fine = sum(theirs.values()) == DOTS if voter == "pm" else theirs == cast
        if not fine:
            wrong.append({"voter": voter or "(blank)", "on the board": _dots(theirs), "as cast": _dots(cast)})
    if wrong:
        row = wrong[0]
        return unmet(
            f"{named(case, 'people', [row['voter']])}: {row['on the board']} on the board.",
            row["as cast"] if row["voter"] != "pm" else f"{DOTS} dots of yours, or none", *wrong
        )  # fmt: skip
    return met(f"{sum(recorded.values())} dots, as they were spent.")


@rubric.criterion(
    points=1,
    voice="ines",
    skill="scope_together",
    hints=(
        "Do two cards ask for the same thing in different words?",
        "The two cards for a row on the product page split four dots between them. Merge them before you count.",
    ),
)
def duplicates_count_as_one(board: Board, case: Case) -> Verdict:
    """The two cards that ask for the same thing are merged before counting, and no others are."""
    pair = case.truth.duplicates
    merges = [frozenset((merge.keep, merge.drop)) for merge in board.merges if merge.keep or merge.drop]
    others = [merge for merge in merges if merge != pair]
    reading = read_board(board, case)
    rows = [{"card": id, "need": reading.cards[id].label, "dots alone": reading.dots_alone(id)} for id in sorted(pair)]
    if others:
        words = named(case, "cards", sorted(others[0]))
        return unmet(f"You count {words} as one; they are different needs.", "only true duplicates merged", *rows)
    if pair not in merges:
        return unmet("Two cards ask for the same thing and split their dots.", "these two merged", *rows)
    return met("The duplicates count as one.", *rows)


@rubric.criterion(
    points=2,
    voice="ruth",
    skill="scope_together",
    hints=(
        "Where does a card with fewer dots lie in a better column than one with more?",
        "Votes inform you; you decide. Where you go against them, cite the fact that speaks for the one card or "
        "against the other.",
        "No evidence is needed for a card that is mandatory, or that another card in its column needs.",
    ),
)
def order_follows_votes_or_evidence(board: Board, case: Case) -> Verdict:
    """Where a card with fewer dots stands above one with more, a cited fact says why."""
    reading = read_board(board, case)
    ranked = reading.ranked
    open_pairs = [
        (above, below)
        for above in ranked
        for below in ranked
        if RANK[ranked[above]] < RANK[ranked[below]]
        and reading.dots(above) < reading.dots(below)
        and not _explained(reading, above, below, case)
    ]
    if not ranked:
        return unmet("No card is in a column yet.", "cards in columns")
    if open_pairs:
        open_pairs.sort(key=lambda pair: reading.dots(pair[0]) - reading.dots(pair[1]))
        above, below = open_pairs[0]
        return unmet(
            f"{named(case, 'cards', [above])} ({reading.dots(above)} dots) stands above "
            f"{named(case, 'cards', [below])} ({reading.dots(below)}), and no fact that you cite says why.",
            "a fact that speaks for the first or against the second, or the other order",
            *(
                {"above": one, "its dots": reading.dots(one), "below": other, "with dots": reading.dots(other)}
                for one, other in open_pairs[:8]
            ),
        )
    return met("The order follows the votes, or says why not.")


@rubric.criterion(
    points=1,
    voice="noor",
    skill="listen_and_synthesise",
    gate=True,
    hints=(
        "Did somebody tell you each fact that you cite, and does it speak for the place where you cite it?",
        "One of your facts was not told in your kick-off, or it says the opposite of what you do with the card.",
    ),
)
def board_evidence_holds(board: Board, case: Case, conversation: State) -> Verdict:
    """Every fact on the board was told to you, and none contradicts the place of its card."""
    unheard = unheard_facts(board, conversation, case)
    if unheard:
        rows = [{"fact": id, "only known to": case.people[case.facts[id].held_by or ""].label} for id in unheard]
        return unmet(f"Nobody has told you {listed(unheard)}.", "facts from your kick-off or the brief", *rows)
    against = []
    for placement in board.placements:
        claim = {"must": f"for:{placement.card}", "deferred": f"against:{placement.card}"}.get(placement.column)
        against += [
            {"card": placement.card, "column": COLUMNS[placement.column], "fact": id}
            for id in placement.evidence
            if id in case.facts and claim in case.facts[id].contradicts
        ]
    if against:
        row = against[0]
        return unmet(
            f"{named(case, 'cards', [row['card']])} is {row['column']}, and {row['fact']} says the opposite.",
            "a fact that supports the place, or another place", *against
        )  # fmt: skip
    return met("No fact speaks against the place of its card.")


@rubric.criterion(
    points=1,
    voice="ruth",
    skill="scope_together",
    hints=(
        "What would have to happen for a deferred card to come back?",
        "Give every Deferred card a date, or an event that anybody can notice.",
    ),
)
def deferred_cards_have_a_way_back(board: Board, case: Case) -> Verdict:
    """Every Deferred card says when, or by what, it comes back."""
    reading = read_board(board, case)
    lost = [id for id in reading.deferred if word_count(reading.placement[id].revisit) < 2]
    if lost:
        rows = [{"card": id, "comes back": reading.placement[id].revisit or "(blank)"} for id in lost]
        return unmet(
            f"No way back for {named(case, 'cards', lost)}.", "a date or an event for each Deferred card", *rows
        )
    return met(f"Deferred cards with a way back: {len(reading.deferred)}.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="listen_and_synthesise",
    hints=(
        "What would you tell the person who raised a card that waits?",
        "Every card that is not a Must-Have needs a sentence on why it is where it is.",
    ),
)
def a_no_comes_with_a_reason(board: Board, case: Case) -> Verdict:
    """Every Deferred card says why, so that whoever raised it can understand the answer."""
    reading = read_board(board, case)
    bare = [id for id in reading.deferred if word_count(reading.placement[id].reason) < 3]
    if bare:
        return unmet(f"No reason with {named(case, 'cards', bare)}.", "a short reason with each Deferred card",
                     *({"card": id, "raised by": reading.cards[id].team} for id in bare))  # fmt: skip
    return met("Everybody who waits knows why.")


def _explained(reading: BoardReading, above: str, below: str, case: Case) -> bool:
    if reading.cards[above].mandatory:
        return True
    needed_by = (
        other for other in reading.column
        if other != above and RANK[reading.column[other]] <= RANK[reading.column[above]]
    )  # fmt: skip
    if any(above in reading.closure(other) for other in needed_by):
        return True
    return _speaks(reading, above, "for", case) or _speaks(reading, below, "against", case)


def _speaks(reading: BoardReading, card: str, side: str, case: Case) -> bool:
    claims = {f"{side}:{id}" for id in reading.counted_with(card)}
    cited = reading.placement[card].evidence if card in reading.placement else ()
    return any(id in case.facts and claims & case.facts[id].supports for id in cited)


def _dots(dots: dict[str, int]) -> str:
    return listed([f"{card} {count}" for card, count in sorted(dots.items())], 6)
