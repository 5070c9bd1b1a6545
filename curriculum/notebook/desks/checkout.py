"""Pictures and sums of a shop's checkout: who leaves where, whose payments fail, what two tests changed, what a plan
brings in a quarter.

Everything takes a lesson's tables (`lesson.tables`), so that the same numbers come out in a notebook and in the review.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from curriculum.cases.cart_abandonment.draw import MONTH, QUARTER
from curriculum.cases.cart_abandonment.entries import BANK_NAMES
from curriculum.cases.cart_abandonment.quarter import Plan
from curriculum.cases.cart_abandonment.trials import OFFER
from curriculum.notebook.desks.pictures import BLUE, GREEN, GREY, ORANGE, PALE, Picture
from curriculum.practice.readout import Arms, Z

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

ENDS = ("cart", "delivery price", "account form", "address form", "payment", "paid")
"""Where a session ends, in the order in which people come there."""
AT_CHECKOUT = ENDS[1:4]
CROWDS = {"machines": PALE, "people who ordered within seven days": BLUE, "people who did not": ORANGE}


def where_they_end(tables: Mapping[str, Any]) -> pd.DataFrame:
    """Sessions that were not paid, by the step at which they end and the crowd that they belong to."""
    import pandas as pd

    sessions = tables["sessions"]
    machine = np.asarray(sessions["pointer_events"]) == 0
    back = np.isin(np.asarray(sessions["customer"]), np.asarray(tables["orders_later"]["customer"])) & ~machine
    crowd = np.select([machine, back], list(CROWDS)[:2], list(CROWDS)[2])
    found = pd.crosstab(pd.Series(np.asarray(sessions["ended_at"]), name="ended at"), pd.Series(crowd, name="crowd"))
    return found.reindex(index=list(ENDS[:-1]), columns=list(CROWDS), fill_value=0)


def crowds(tables: Mapping[str, Any]) -> Picture:
    """Who is behind the carts that are left, by the step at which they end."""
    counts = where_they_end(tables)
    total, lost = int(counts.to_numpy().sum()), int(counts.iloc[:, 2].sum())
    largest = str(counts.sum(axis=1).idxmax())
    back = counts.iloc[:, 1] / counts.iloc[:, 1:].sum(axis=1)
    gone = round(100 * (1 - lost / total))
    where = "in" if largest == "cart" else "at"
    finding = f"Most end {where} the {largest}; of 100 that look lost, {gone} are machines or order within seven days."
    words = " ".join(
        f"{step}: {row.iloc[0]:,} machines, {row.iloc[1]:,} people who ordered within seven days "
        f"({100 * back[step]:.0f} of 100 people), {row.iloc[2]:,} people who did not."
        for step, row in counts.iterrows()
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        begun = np.zeros(len(counts))
        for name, colour in CROWDS.items():
            axes.barh(counts.index, counts[name], left=begun, color=colour, label=name, height=0.68)
            begun = begun + counts[name].to_numpy()
        for place, (end, lost_here) in enumerate(zip(begun, counts.iloc[:, 2], strict=True)):
            axes.annotate(f"{lost_here:,} lost", (end, place), xytext=(4, 0), textcoords="offset points", va="center",
                          fontsize=9.5, color=GREY)  # fmt: skip
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.set(xlabel="sessions in four weeks", ylabel="ended at")
        axes.set_xlim(0, 1.14 * begun.max())
        axes.legend(loc="lower right")

    return Picture(finding, words, draw, 8.4, 3.6)


def _share(successes: Any, of: Any) -> tuple[np.ndarray, np.ndarray]:
    """Shares of 100, and how far 95 of 100 repetitions would lie to each side."""
    many, of = np.asarray(successes, float), np.asarray(of, float)
    share = many / of
    return 100 * share, 100 * Z * np.sqrt(share * (1 - share) / of)


def refusals(tables: Mapping[str, Any]) -> Picture:
    """Of 100 people who came to payment, how many left there, by what they wanted to pay with."""
    sessions = tables["sessions"]
    there = sessions[(sessions["pointer_events"] > 0) & sessions["ended_at"].isin(ENDS[4:])]
    failed = (there["ended_at"] == "payment").groupby(there["pays_with"]).agg(["sum", "count"])
    share, error = _share(failed["sum"], failed["count"])
    names = [BANK_NAMES.get(str(name), str(name)) for name in failed.index]
    rows = sorted(zip(share, error, names, failed["count"], strict=True))
    (second, off_second, _, _), (worst, off_worst, bank, _) = rows[-2:]
    apart = worst - off_worst > second + off_second
    finding = (
        f"Of 100 people who pay with {bank}, {worst:.0f} leave at payment; with all others {second:.0f} at most."
        if apart
        else "No way of paying stands out."
    )
    words = " ".join(
        f"{name}: {part:.1f} of 100, give or take {off:.1f}, of {of:,} people." for part, off, name, of in rows[::-1]
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for place, (part, off, name, of) in enumerate(rows):
            colour = ORANGE if apart and name == bank else PALE
            axes.barh(place, part, color=colour, height=0.6)
            axes.plot([part - off, part + off], [place, place], color=GREY, linewidth=1.6)
            axes.annotate(f"{part:.1f}  (of {of:,} people)", (part + off, place), xytext=(5, 0), va="center",
                          textcoords="offset points", fontsize=9.5, color=GREY)  # fmt: skip
        axes.set_yticks(range(len(rows)), [row[2] for row in rows])
        axes.grid(axis="y", visible=False)
        axes.set(xlabel="left at payment, of 100 people who came there", ylabel="paid with")
        axes.set_xlim(0, 1.35 * rows[-1][0])

    return Picture(finding, words, draw, 8.4, 3.2)


def early_price(tables: Mapping[str, Any]) -> Picture:
    """What changed when people saw the delivery price in the cart already: leaving the checkout, and orders."""
    test = tables["price_test"].groupby("shown")[["people", "left_checkout", "orders_7_days"]].sum()
    said = {"left_checkout": "left the checkout page", "orders_7_days": "ordered within seven days"}
    rows = []
    for column, label in said.items():
        share, error = _share(test.loc[["late", "early"], column], test.loc[["late", "early"], "people"])
        rows.append((label, float(share[0]), float(share[1]), float(np.hypot(*error))))
    (_, late, early, _), (_, late_orders, early_orders, give) = rows
    more = early_orders - late_orders
    effect = f"{more:.1f} more of 100 order" if more > give else "orders stay as they were, as far as one can tell"
    finding = f"Shown early, {late - early:.1f} fewer of 100 leave the checkout, and {effect}."
    words = " ".join(
        f"{label}: {after:.1f} of 100 with the price shown early, {before:.1f} with the price shown late; the change "
        f"is {after - before:+.1f}, give or take {off:.1f}."
        for label, before, after, off in rows
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for place, (_, before, after, off) in enumerate(rows):
            axes.plot([before, after], [place, place], color=PALE, linewidth=6, solid_capstyle="round")
            axes.plot(before, place, "o", color=GREY, markersize=9)
            axes.plot(after, place, "o", color=ORANGE, markersize=9)
            axes.annotate(f"{after - before:+.1f} of 100, ± {off:.1f}", (max(before, after), place), xytext=(12, 0),
                          textcoords="offset points", va="center", color=GREY, fontsize=9.5)  # fmt: skip
        axes.annotate("late", (rows[0][1], 0), xytext=(0, 9), textcoords="offset points", ha="center", color=GREY)
        axes.annotate("early", (rows[0][2], 0), xytext=(0, 9), textcoords="offset points", ha="center", color=ORANGE)
        axes.set_yticks(range(len(rows)), [row[0] for row in rows])
        axes.set_ylim(1.6, -0.7)
        axes.set_xlim(0, 1.3 * max(row[1] for row in rows))
        axes.grid(axis="y", visible=False)
        axes.set(xlabel="of 100 people with a cart", ylabel="what they did")

    return Picture(finding, words, draw, 8.4, 3.0)


def arms(tables: Mapping[str, Any], sorted_by: str, part: str = "both") -> Arms:
    """The voucher test by deciles of a score, `risk` or `uplift`, or by `group`.

    Raises ValueError with a sentence for something that the test was not sorted by, or a part that there is not.
    """
    if sorted_by == "group":
        test, key = tables["voucher_groups"], "group"
    else:
        test, key = tables["voucher_test"], "decile"
        test = test[(test["sorted_by"] == sorted_by) & (test["part"] == part)]
        if test.empty:
            raise ValueError('Sort by "risk", by "uplift" with part="A" or part="B", or by "group".')
    yes, no = (test[test["offered"] == arm].set_index(key) for arm in ("yes", "no"))
    columns = yes["customers"], yes["orders"], no["customers"], no["orders"], yes["used"]
    return Arms(tuple(yes.index), *(column.to_numpy() for column in columns))


SORTED = {"risk": "most likely to leave", "uplift": "most likely to be changed"}


def changed(
    tables: Mapping[str, Any], sorted_by: str, part: str = "both", margin: float = 0.0, voucher: float = 0.0
) -> Picture:
    """How many more of 100 order with a voucher, by decile or group; with Marta's two numbers also from where it pays.

    Raises ValueError as `arms` does.
    """
    test = arms(tables, sorted_by, part)
    change, error = test.change, test.margin_of_error
    needed = test.earns_from(margin, voucher, OFFER) if margin > 0 and voucher > 0 else None
    where = f"Part {part}: " if part in ("A", "B") else ""
    named = ["{} visit, {} delivery".format(*str(group).split("_")) if sorted_by == "group" else f"decile {group}"
             for group in test.groups]  # fmt: skip
    if needed is None:
        finding = where + _stands_out(test, named, sorted_by)
    else:
        sure = [name for name, low, need in zip(named, change - error, needed, strict=True) if low > need]
        finding = f"{where}{_several(sure)} brought more than the vouchers cost, beyond chance."
    words = " ".join(
        f"{name}: {by:+.1f} of 100, give or take {off:.1f}"
        + (f", pays from {needed[i]:.1f}." if needed is not None else ".")
        for i, (name, by, off) in enumerate(zip(named, change, error, strict=True))
    )

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        place = np.arange(len(change))
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.bar(place, change, width=0.62, color=BLUE)
        axes.vlines(place, change - error, change + error, color=GREEN, linewidth=1.8)
        for x, (by, high) in enumerate(zip(change, change + error, strict=True)):
            axes.annotate(f"{by:.1f}", (x, max(high, 0)), xytext=(0, 3), textcoords="offset points", ha="center",
                          fontsize=9, color=GREY)  # fmt: skip
        axes.margins(y=0.1)
        if needed is not None:
            axes.hlines(needed, place - 0.42, place + 0.42, color=ORANGE, linewidth=2.4)
            axes.annotate("pays from here", (place[0] - 0.42, needed[0]), xytext=(0, 5), textcoords="offset points",
                          color=ORANGE, fontsize=9.5)  # fmt: skip
        axes.set_xticks(place, [name.replace("decile ", "").replace(", ", ",\n") for name in named])
        about = (
            f"decile; 10 is {SORTED[sorted_by]}"
            if sorted_by in SORTED
            else "visit, and delivery as a share of the basket"
        )
        axes.set(xlabel=about, ylabel="more orders of 100\nwith a voucher")

    return Picture(finding[0].upper() + finding[1:], words, draw, 8.4, 3.6)


def _stands_out(test: Arms, named: Sequence[str], sorted_by: str) -> str:
    """Who is changed more than the others: the three highest deciles, or a group beyond chance."""
    if sorted_by != "group":
        top, rest = test.only(test.groups[-3:]).together(), test.only(test.groups[:-3]).together()
        who = "the three riskiest deciles" if sorted_by == "risk" else "the three highest deciles"
        return f"{who} are changed by {_of_100(top)}, the others by {_of_100(rest)}."
    most = int(np.argmax(test.change))
    others = test.only([group for group in test.groups if group != test.groups[most]]).together()
    if test.change[most] - test.margin_of_error[most] <= others.change[0] + others.margin_of_error[0]:
        return f"no group stands out; all together are changed by {_of_100(test.together())}."
    return f"{named[most]}: changed by {_of_100(test.only([test.groups[most]]))}; the others by {_of_100(others)}."


def _of_100(test: Arms) -> str:
    return f"{round(float(test.change[0]), 1) + 0.0:.1f} of 100"  # never "-0.0"


def _several(names: Sequence[str]) -> str:
    if not names:
        return "nobody"
    if len(names) > 2 and all(name.startswith("decile ") for name in names):
        numbers = [int(name.split()[1]) for name in names]
        if numbers == list(range(numbers[0], numbers[-1] + 1)):
            return f"deciles {numbers[0]} to {numbers[-1]}"
    return " and ".join(names)


def speed(tables: Mapping[str, Any]) -> Picture:
    """How long the checkout page takes on phones, and how many people on phones leave it, by week."""
    sessions, timings = tables["sessions"], tables["page_timings"]
    waits = timings[(timings["page"] == "checkout") & (timings["device"] == "phone")].set_index("week")["p95_ms"]
    phones = sessions[(sessions["pointer_events"] > 0) & (sessions["device"] == "phone")]
    there = phones[phones["ended_at"] != "cart"]
    week = (there["day"] - 1) // 7 + 1
    left = there["ended_at"].isin(AT_CHECKOUT)
    by_week = left.groupby(week).agg(["sum", "count"])
    share, error = _share(by_week["sum"], by_week["count"])
    halves, off = _share(*(left.groupby(week > 2).agg(["sum", "count"])[name] for name in ("sum", "count")))
    faster = 1 - waits.iloc[2:].mean() / waits.iloc[:2].mean()
    change, give = halves[1] - halves[0], float(np.hypot(*off))
    if faster < 0.1:
        finding = "The page took as long in all four weeks, so nobody can tell what a faster one would change."
    else:
        told = (
            f"{abs(change):.1f} {'fewer' if change < 0 else 'more'} of 100 leave"
            if abs(change) > give
            else "as many leave"
        )
        finding = f"From week 3 on the page is {100 * faster:.0f} % faster on phones, and {told}."
    words = " ".join(
        f"Week {number}: 95 of 100 pages stand within {wait:,} ms; {part:.1f} of 100 leave, give or take {width:.1f}."
        for number, wait, part, width in zip(waits.index, waits, share, error, strict=True)
    )

    def draw(figure: Figure) -> None:
        above, below = figure.subplots(2, 1, sharex=True)
        above.plot(waits.index, waits, "o-", color=GREY)
        above.set_ylim(0, 1.25 * waits.max())
        above.set_ylabel("ms until 95 of\n100 pages stand")
        below.plot(by_week.index, share, "o-", color=ORANGE)
        below.vlines(by_week.index, share - error, share + error, color=ORANGE, linewidth=1.6)
        below.set_ylim(0, 1.3 * share.max())
        below.set_ylabel("leave the page,\nof 100 people")
        below.set_xticks(list(waits.index))
        below.set_xlabel("week; people on phones")

    return Picture(finding, words, draw, 8.4, 4.0)


def offer_month(
    tables: Mapping[str, Any], sorted_by: str, chosen: Sequence[Any], part: str = "both", *, margin: float,
    voucher: float, people: float, reached: float = 100.0, run: float = 0.0,
) -> pd.DataFrame:  # fmt: skip
    """What vouchers bring in four weeks for the chosen deciles or groups, if all of them who are reached get the offer.

    `people` a month could be offered one, `reached` of 100 are known in time, `run` is what a score costs a month.
    Raises ValueError as `arms` does, and for deciles or groups that there are not.
    """
    import pandas as pd

    test = arms(tables, sorted_by, part)
    try:
        some = test.only(list(chosen))
    except KeyError as error:
        raise ValueError(f"There is no {error.args[0]!r}; there are {', '.join(map(str, test.groups))}.") from None
    many = people * reached / 100 * some.offered / test.offered.sum()
    used, uplift = some.used / some.offered, some.change / 100
    rows = [
        ("people who get the offer", many.sum()),
        ("of these, order because of it", (many * uplift).sum()),
        ("use it and would have ordered anyway", (many * (used - uplift)).sum()),
        ("margin of the orders (€)", (many * uplift).sum() * margin),
        ("vouchers and offers (€)", (many * (used * voucher + OFFER)).sum()),
        ("running the score (€)", run),
        ("net (€)", (many * some.net_each(margin, voucher, OFFER)).sum() - run),
    ]
    return pd.DataFrame([(what, round(float(value))) for what, value in rows], columns=["in four weeks", "number"])


def quarter(
    tables: Mapping[str, Any], months: Mapping[str, float], *, web_week: float, ml_week: float,
    until: Mapping[str, int] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """What steps bring in the quarter, in their order: from what each brings in four weeks once it works.

    `until` names the last week in which a step brings anything, where that is before the end.
    Raises ValueError for a step that the table of actions has not.
    """
    import pandas as pd

    weeks = tables["actions"].set_index("action")[["web_weeks", "ml_weeks"]]
    if unknown := [step for step in months if step not in weeks.index]:
        raise ValueError(f"There is no step {unknown[0]!r}; there are {', '.join(weeks.index)}.")
    done = Plan(tuple(months)).done()
    rows: list[tuple[str, int | str, int | str, int, int, int]] = []
    for step, month in months.items():
        live = max(0, min((until or {}).get(step, QUARTER), QUARTER) - done[step])
        work_eur = float(weeks.loc[step, "web_weeks"] * web_week + weeks.loc[step, "ml_weeks"] * ml_week)
        brings = month / MONTH * live
        rows.append((step, done[step], live, round(brings), round(work_eur), round(brings - work_eur)))
    brought, work, net = (sum(int(row[place]) for row in rows) for place in (3, 4, 5))
    rows.append(("together", "", "", brought, work, net))
    names = ["step", "works after week", "weeks in use", "brings (€)", "its weeks elsewhere (€)", "net (€)"]
    return pd.DataFrame(rows, columns=names)
