"""Criteria for the scoping board (A01): what fits, what belongs together, what votes can and cannot decide."""

from __future__ import annotations

from collections import Counter

from curriculum.artifacts.board import COLUMNS, DOTS, ROOM, Board, Placement
from curriculum.cases import Case
from curriculum.cases.base import Fact
from curriculum.roleplay.engine import State
from graders.common import heard, incomplete, near, uncited, word_count
from graders.recommendation_scoping.layout import RANK, BoardReading, read_board
from graders.recommendation_scoping.phrases import amount, day, named
from graders.recommendation_scoping.register import rubric
from graders.recommendation_scoping.world import events, roles
from graders.rubric import Objections, met, objection


@rubric.criterion(
    points=1,
    voice="noor",
    skill="scope_together",
    gate=True,
    hints=(
        "Does every card lie in one of the three columns, and is the tightest kind of work named?",
        "Each card once, none left over; a card that you count with another one is covered by that one. The "
        "fields under the bars ask for the tightest role and its days.",
    ),
    expected="every card once, in one of the three columns",
)
def board_is_complete(board: Board, case: Case) -> Objections:
    """Every card lies in exactly one column, or is counted with its duplicate, and the tightest work is named."""
    reading = read_board(board, case)
    for id in reading.cards:
        if id not in reading.column and id not in reading.dropped:
            row = {"card": id, "need": reading.cards[id].label}
            yield objection(reading.place(id, "column"), f"Not in a column: {named(case, 'cards', id)}.", "", row)
    seen: set[str] = set()
    for number, placement in enumerate(board.placements, start=1):
        if placement.card and placement.card in seen:
            yield objection(f"placements[{number}]", f"Placed more than once: {named(case, 'cards', placement.card)}.")
        seen.add(placement.card)
    yield from incomplete(board, case, "tightest", "days_taken")
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
    rests_on=("board.placements", "board_is_complete"),
    expected="at most 100 % for every role",
)
def musts_fit_every_role(board: Board, case: Case) -> Objections:
    """For every role, the Must-Haves take no more days than it has."""
    days = read_board(board, case).must_days()
    rows = {
        id: {"role": role.label, "days of Must-Haves": days.get(id, 0.0), "days until the launch": role.capacity}
        for id, role in roles(case).items()
    }
    for id, role in roles(case).items():
        if days.get(id, 0.0) > role.capacity:
            share = f"{100 * days[id] / role.capacity:.0f} %"
            found = f"{role.label}: {days[id]:g} days of Must-Haves in {role.capacity:g} days, {share}."
            yield objection("placements", found, "", rows[id])
    return met("Every role can carry its Must-Haves.", *rows.values())


@rubric.criterion(
    points=1,
    voice="tomas",
    skill="scope_together",
    hints=(
        "What happens when one card takes longer than thought?",
        "Count days, not cards: the Must-Haves should take at most 60 % of all days together.",
    ),
    rests_on=("board.placements", "board_is_complete"),
    expected="the smallest set without which the launch fails its goal, with room for surprises",
)
def musts_leave_room(board: Board, case: Case) -> Objections:
    """The Must-Haves take at most 60 % of all days, so that surprises do not break the date."""
    taken = sum(read_board(board, case).must_days().values())
    there = sum(role.capacity for role in roles(case).values())
    found = f"Must-Haves take {taken:g} of {there:g} days, {100 * taken / there:.1f} %."
    if not 0 < taken <= ROOM * there:
        yield objection("placements", found)
    return met(found)


@rubric.criterion(
    points=1,
    voice="noor",
    skill="scope_together",
    hints=(
        "What does each Must-Have need before it can work at all?",
        "A card names the cards that it needs; if it is a Must-Have, so are they, and what they need.",
    ),
    rests_on=("board.placements", "board_is_complete"),
    met="Nothing that a Must-Have needs is missing.",
    expected="both in Must-Have, or neither",
)
def musts_bring_what_they_need(board: Board, case: Case) -> Objections:
    """Whatever a Must-Have needs is a Must-Have as well."""
    reading = read_board(board, case)
    for card in reading.musts:
        for need in sorted(reading.closure(card)):
            if (column := reading.column.get(need, "")) != "must":
                words = f"{named(case, 'cards', card)} needs {named(case, 'cards', need)}, which is "
                yield objection(reading.place(card, "column"), f"{words}{COLUMNS.get(column, 'not placed')}.")


@rubric.criterion(
    points=1,
    voice="samir",
    skill="scope_together",
    gate=True,
    hints=(
        "Is there a card that is not ours to vote on?",
        "One card is marked as mandatory, with the reason. It is a Must-Have whatever the dots say.",
    ),
    rests_on=("board.placements",),
    met="What has to be done is in Must-Have.",
    expected="Must-Have, since it is not a matter of votes",
)
def mandatory_cards_are_musts(board: Board, case: Case) -> Objections:
    """What the law requires is a Must-Have, however few dots it got."""
    reading = read_board(board, case)
    for id, card in reading.cards.items():
        if card.mandatory and reading.column.get(id) != "must":
            row = {"card": id, "dots": reading.dots(id), "why": card.mandatory}
            where = COLUMNS.get(reading.column.get(id, ""), "not placed")
            yield objection(reading.place(id, "column"), f"“{card.label}” is {where}.", "", row)


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="run_meetings",
    hints=(
        "How many dots has everybody else spent?",
        "Kofi and the others spent three each. You may add three of your own, or none; nobody else votes.",
    ),
    expected="three dots of yours, or none",
)
def votes_are_as_cast(board: Board, case: Case) -> Objections:
    """The dots of the six stand as they were cast; yours, if you spend any, are three, and nobody else has any."""
    added: Counter[str] = Counter()
    places: dict[str, str] = {}
    for number, vote in enumerate(board.votes, start=1):
        if vote.dots and vote.voter not in board.voted:
            added[vote.voter] += vote.dots
            places.setdefault(vote.voter, f"votes[{number}]")
    for voter, dots in added.items():
        if voter != "pm" or dots != DOTS:
            yield objection(places[voter], f"{named(case, 'people', voter)}: {dots} dots added.")
    return met(f"{sum(vote.dots for vote in board.dots)} dots, as they were spent.")


@rubric.criterion(
    points=3,
    voice="ines",
    skill="scope_together",
    hints=(
        "Do two cards ask for the same thing in different words?",
        "Two teams have raised one need, each in its own words, and its four dots are split. Merge the cards before "
        "you count.",
        "They are {{ truth.duplicates | sort | join(' and ') }}.",
    ),
    met="The duplicates count as one.",
    expected="only two cards that ask for the same thing, counted as one",
)
def duplicates_count_as_one(board: Board, case: Case) -> Objections:
    """The two cards that ask for the same thing are merged before counting, and no others are."""
    merged = False
    for number, merge in enumerate(board.merges, start=1):
        if (pair := frozenset((merge.keep, merge.drop))) == case.truth.duplicates:
            merged = True
        elif merge.keep or merge.drop:
            words = named(case, "cards", *sorted(pair))
            yield objection(f"merges[{number}]", f"You count {words} as one; they are different needs.")
    reading = read_board(board, case)
    for number, one in enumerate(board.placements, start=1):
        with_it = reading.column.get(reading.dropped.get(one.card, ""), "")
        if one.column and with_it and one.column != with_it:
            other = f"counts with a card that is {COLUMNS[with_it]}, and lies in {COLUMNS[one.column]} as well"
            yield objection(f"placements[{number}].column", f"{named(case, 'cards', one.card)} {other}.")
    if not merged:
        yield objection("merges", "Two cards ask for the same thing, and each keeps its own dots.")


@rubric.criterion(
    points=3,
    voice="ruth",
    skill="scope_together",
    hints=(
        "Where does a card with fewer dots lie in a better column than one with more?",
        "Votes inform you; you decide. Where you go against them, cite the fact that speaks for the one card or "
        "against the other.",
        "No evidence is needed for a card that is mandatory, or that another card in its column needs.",
    ),
    rests_on=("board.placements", "board_is_complete"),
    met="The order follows the votes, or says why not.",
    expected="a fact that speaks for the first or against the second, or the other order",
)
def order_follows_votes_or_evidence(board: Board, case: Case, conversation: State) -> Objections:
    """Where a card with fewer dots stands above one with more, a cited fact says why."""
    reading = read_board(board, case)
    ranked = reading.ranked
    pairs = [
        (above, below)
        for above in ranked
        for below in ranked
        if RANK[ranked[above]] < RANK[ranked[below]]
        and reading.dots(above) < reading.dots(below)
        and not _explained(reading, above, below, case, conversation)
    ]
    if not ranked:
        yield objection("placements", "No card is in a column yet.", "cards in columns")
    for above, below in sorted(pairs, key=lambda pair: reading.dots(pair[0]) - reading.dots(pair[1])):
        yield objection(
            reading.place(above, "evidence"),
            f"{named(case, 'cards', above)} ({reading.dots(above)} dots) stands above "
            f"{named(case, 'cards', below)} ({reading.dots(below)}), and no fact that you cite says why.",
        )


@rubric.criterion(
    points=3,
    voice="noor",
    skill="listen_and_synthesise",
    hints=(
        "Did somebody tell you each fact that you cite, and does it speak for the place where you cite it?",
        "One of your facts was not told in your kick-off, or it says the opposite of what you do with the card.",
    ),
    met="No fact speaks against the place of its card.",
    expected="a fact that supports the place, or another place",
)
def board_evidence_holds(board: Board, case: Case, conversation: State) -> Objections:
    """Every fact on the board was told to you, and none contradicts the place of its card."""
    yield from uncited(board, conversation, case)
    for number, placement in enumerate(board.placements, start=1):
        claim = {"must": f"for:{placement.card}", "deferred": f"against:{placement.card}"}.get(placement.column)
        for id in placement.evidence:
            if id in case.facts and _opposes(case.facts[id], placement, claim):
                words = f"{named(case, 'cards', placement.card)} is {COLUMNS[placement.column]}"
                yield objection(f"placements[{number}].evidence", f"{words}, and {id} says the opposite.")


@rubric.criterion(
    points=3,
    voice="ruth",
    skill="scope_together",
    hints=(
        "When will you know more about a card than you do today?",
        "A card that waits for the launch comes back after the board has seen what the launch has brought. Give every "
        "Deferred card an event that comes later than that. What takes more days than there are, even alone, is no "
        "Nice-to-Have; and a board that defers nothing says no to nobody.",
        "The board sees the result on {{ truth.board_sees_it | full_day }}, if you launch with the campaign.",
    ),
    rests_on=("board.placements", "board_is_complete"),
    expected="what cannot be built by the launch in Deferred, and with each Deferred card an event of the list that "
    "comes after the board has seen the result",
)
def deferred_cards_have_a_way_back(board: Board, case: Case) -> Objections:
    """What cannot be built is Deferred, and comes back by an event on a known day, once the launch was looked at."""
    reading, known = read_board(board, case), events(case)
    if not reading.deferred and "nice" in reading.column.values():
        yield objection("placements", "Nothing is Deferred: the launch has no non-goals, and nobody has heard a no.")
    for id in (card for card, column in reading.column.items() if column == "nice"):
        days = reading.days({id, *reading.closure(id)})
        for role in roles(case).values():
            if days.get(role.id, 0.0) > role.capacity:
                row = {"card": id, "role": role.label, "days": days[role.id], "there are": role.capacity}
                words = (
                    f"{named(case, 'cards', id)} is Nice-to-Have, and with what it needs takes {days[role.id]:g} days"
                )
                yield objection(
                    reading.place(id, "column"), f"{words} of {role.label}; there are {role.capacity:g}.", "", row
                )
    for id in reading.deferred:
        event = known.get(reading.placement[id].revisit)
        row = {"card": id, "comes back": event.label if event else "(blank)"}
        place, card = reading.place(id, "revisit"), named(case, "cards", id)
        if event is None:
            yield objection(place, f"No way back for {card}.", "", row)
        elif event.on <= case.truth.board_sees_it:
            found = f"{card} comes back on {day(event.on)}, when nobody has seen the result of the launch."
            yield objection(place, found, "", row)
    return met(f"Deferred cards with a way back: {len(reading.deferred)}.")


@rubric.criterion(
    points=3,
    voice="wei",
    skill="scope_together",
    gate=True,
    hints=(
        "Whose work would break the date first, if something took longer?",
        "It is the bar that is filled most by Must-Haves, as a share of its own days. Add up the days of its "
        "Must-Haves.",
    ),
    rests_on=("board.placements", "board.tightest", "board_is_complete", "musts_fit_every_role"),
    expected="the kind of work whose Must-Haves take the largest share of its days, and how many days that are",
)
def tightest_work_is_named(board: Board, case: Case) -> Objections:
    """The board says which kind of work has least room, and how many days its Must-Haves take."""
    days, known = read_board(board, case).must_days(), roles(case)
    shares = {id: days.get(id, 0.0) / role.capacity for id, role in known.items()}
    role = known.get(board.tightest)
    if role is None or shares[role.id] < max(shares.values()) - 1e-9:
        found = f"You name {named(case, 'roles', board.tightest)}; another kind of work is filled more."
        yield objection("tightest", found)
    elif not near(board.days_taken, days.get(role.id, 0.0), absolute=0.25):
        found = f"{role.label}: you count {amount(board.days_taken, 'days')} for its Must-Haves."
        yield objection("days_taken", found, "", {"role": role.id, "tables": "capacity, cards"})
    return met(f"{named(case, 'roles', board.tightest)}: {amount(board.days_taken, 'days')} of Must-Haves.")


@rubric.criterion(
    points=1,
    voice="kofi",
    skill="listen_and_synthesise",
    hints=(
        "What would you tell the person who raised a card that waits?",
        "Every card that is not a Must-Have needs a sentence on why it is where it is.",
    ),
    rests_on=("board.placements",),
    met="Everybody who waits knows why.",
    expected="a short reason with each Deferred card",
)
def a_no_comes_with_a_reason(board: Board, case: Case) -> Objections:
    """Every Deferred card says why, so that whoever raised it can understand the answer."""
    reading = read_board(board, case)
    for id in reading.deferred:
        if word_count(reading.placement[id].reason) < 3:
            row = {"card": id, "raised by": reading.cards[id].team}
            yield objection(reading.place(id, "reason"), f"No reason with {named(case, 'cards', id)}.", "", row)


def _explained(reading: BoardReading, above: str, below: str, case: Case, conversation: State) -> bool:
    if reading.cards[above].mandatory:
        return True
    needed_by = (
        other for other in reading.column
        if other != above and RANK[reading.column[other]] <= RANK[reading.column[above]]
    )  # fmt: skip
    if any(above in reading.closure(other) for other in needed_by):
        return True
    sides = ((above, "for"), (below, "against"))
    return any(_speaks(reading, card, side, case, conversation) for card, side in sides)


def _opposes(fact: Fact, placement: Placement, claim: str | None) -> bool:
    """Whether a fact says that a card belongs elsewhere; of a Deferred one also, that it belongs among the first."""
    card = placement.card
    first = {f"for:{card}", f"against:{card}"} & fact.supports == {f"for:{card}"}
    return claim in fact.contradicts or (placement.column == "deferred" and first)


def _speaks(reading: BoardReading, card: str, side: str, case: Case, conversation: State) -> bool:
    """Whether a fact that is cited with a card, and was told, speaks for or against it."""
    claims = {f"{side}:{id}" for id in reading.counted_with(card)}
    cited = reading.placement[card].evidence if card in reading.placement else ()
    return any(heard(case, id, conversation) and claims & case.facts[id].supports for id in cited)
