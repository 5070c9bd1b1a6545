"""What each person in the war room knows, with its number: the evidence that a why can rest on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from curriculum.cases.base import Columns, Fact, by_id
from curriculum.cases.fraud_false_positives.causes import PROBLEM
from curriculum.cases.fraud_false_positives.how_it_came import how_it_came, missing_ages, told
from curriculum.cases.fraud_false_positives.leeway import Leeway, leeway_facts
from curriculum.cases.fraud_false_positives.metrics import Days
from curriculum.cases.fraud_false_positives.payments import DAYS, LABEL_DAYS, STOP, Parameters
from curriculum.cases.fraud_false_positives.rota import Rota
from curriculum.cases.fraud_false_positives.shape import Shape
from curriculum.cases.fraud_false_positives.story import Story
from curriculum.cases.fraud_false_positives.tables import BUCKET, SHADOW_DAY, Calendar
from curriculum.support.dates import day_and_time, day_month

Window = tuple[int, int]


def facts(
    here: Days, calendar: Calendar, parameters: Parameters, market: str, capacity: tuple[int, int], story: Story,
    rota: Rota, leeway: Leeway, seed: int,
) -> Mapping[str, Fact]:  # fmt: skip
    """Every fact of the case. `capacity` is the number of reviewers and what each reviews in a day."""
    seen = _Observed(here, calendar, parameters)
    reviewers, each = capacity
    launched = f"{day_and_time(calendar.launch)} UTC"
    return by_id(
        # Everybody knows these: they stand in the brief.
        told("severity_rule", None, rota.severity_rule, rota.severity_above, "percent"),
        told("on_call", None, f"Only who is on call changes anything in production; today it is {rota.on_call_name}."),
        told("approval", None, rota.approval),
        told("launch_day", None, f"Everything of the spring launch went out from {launched} on, within two hours."),
        told("sale_began", None, f"The spring sale began on the launch day; amounts at home are up by "
              f"{seen.amounts_up} %.", seen.amounts_up, "percent"),
        told("drift_alarm", None, "The drift monitor rang the morning after the launch: the inputs of the model "
              "have moved."),
        told("fallback_limits", None, "A fallback may stop at most 0.5 in 100 good payments, and 1.5 in 100 in any "
              "group of customers; it must catch at least half of the fraud.", 0.5, "percent"),
        told("reviewers", None, f"{reviewers} reviewers can take alerts of a fallback, {each} a day each.",
              reviewers * each, "alerts a day"),
        # Support
        told("tickets_rose", "amara", f"{seen.complaints} about stopped payments went from {seen.tickets_before:,} a "
              f"day to {seen.tickets_now:,}.", seen.tickets_now, f"{seen.complaints.lower()} a day", {PROBLEM}),
        told("first_wave_late", "amara", f"The first wave of complaints came {seen.wave_hours} hours after the launch, "
              f"on {calendar.launch:%A}: people try again before they turn to us.", seen.wave_hours, "hours"),
        told("pressed_by_mistake", "amara", f"Of 20 phone customers whom we called back, {seen.mistaken} had pressed "
              "“Not me” about a payment of their own.", seen.mistaken, "of 20 customers", {"wrong_presses"},
              {"customers_careless"}),
        told("partner_callers", "amara", f"Of 50 web customers who wrote to us, {seen.partner_of_50} sign in through "
              "a partner, most of them for years.", seen.partner_of_50, "of 50 customers", {"old_accounts_look_new"}),
        told("market_callers", "amara", f"From {market} we get about {seen.market_tickets} tickets a day, and nearly "
              "every appeal from there is granted.", seen.market_tickets, "tickets a day", {"market_scored_high"}),
        told("escalated", "amara",
              f"Support raised it on {day_month(calendar.day(calendar.launch_day + 2))}. The first meeting of all "
              f"teams is today, {DAYS - calendar.launch_day - 2} days later.",
              DAYS - calendar.launch_day - 2, "days", {"lasted_unseen"}),
        # Machine learning
        told("model_unchanged", "jonas", "Model 13 has decided every payment since January. Model 14 runs in shadow "
              f"since {day_month(calendar.day(SHADOW_DAY))}: its scores are stored and decide nothing.", None, "",
              set(), {"model_14_worse"}),
        told("market_scores", "jonas", f"From {market}, {seen.market_high} in 100 payments score 0.90 or more; at "
              f"home with a password it is {seen.home_high}.", seen.market_high, "percent", {"market_scored_high"}),
        told("final_labels_only", "jonas", f"Our false-positive panel counts final labels. They take {LABEL_DAYS} "
              f"days, so that for the week from {day_month(calendar.day(calendar.now[0]))} on it reads "
              f"{seen.panel_now:.2f} in 100.", LABEL_DAYS, "days", {"panel_needs_labels"}),
        told("password_unchanged", "jonas", "Home customers who sign in with a password shop in the sale as well. "
              f"The model stops {seen.password_now} in 1,000 of their payments; before it was "
              f"{seen.password_before}.", seen.password_now, "per 1,000 payments", set(),
              {"sale_amounts", "behaviour_drifted"}),
        # Design
        told("buttons_moved", "mei", "The new screen swapped the two buttons and filled “Not me”. On the old one "
              f"{seen.pressed_old} in 100 pressed it, on the new one {seen.pressed_new} in 100.", seen.pressed_new,
              "percent", {"buttons_swapped"}),
        told("screen_recordings", "mei", f"In 40 recordings of the new screen, {2 * seen.mistaken} people pressed "
              "“Not me” at once and then looked for a way back.", 2 * seen.mistaken, "of 40 recordings",
              {"wrong_presses", "buttons_swapped"}, {"customers_careless"}),
        # Communications
        told("slide_recovered", "clara", f"The slide for management of {day_month(calendar.day(DAYS - 5))} said that "
              "false positives had recovered. It was made from the panel.", None, "",
              {"panel_needs_labels", "lasted_unseen"}),
        told("message_ways", "clara", rota.channel_told, rota.reading_minutes, "minutes"),
        *leeway_facts(leeway, calendar, market),
        *missing_ages(story, seen.zero_share, seen.partner_share),
        *how_it_came(story, calendar, market, seen.appeals_granted, seen.appeal_days, seed),
    )  # fmt: skip


class _Observed:
    """The numbers in the facts, counted on the tables and rounded as people say them."""

    def __init__(self, here: Days, calendar: Calendar, parameters: Parameters):
        live, before = (calendar.launch_day + 1, DAYS), calendar.before
        login, country, payments = here.column("login"), here.column("country"), here.tables["payments"]
        by_model = here.column("action") == "stopped_by_model"
        since = here.day >= live[0]

        def per(top: np.ndarray, bottom: np.ndarray, window: Window, times: float) -> int:
            inside = (here.day >= window[0]) & (here.day < window[1])
            return round(times * float((top & inside).sum()) / max(1, int((bottom & inside).sum())))

        market = country == parameters.market_code
        password = (login == "password") & ~market
        web = login != "app"
        high = np.asarray(payments["score"]) >= STOP
        self.amounts_up = round(100 * parameters.amounts_up)
        shape = parameters.shape
        self.complaints, self.appeal_days = "Tickets" if shape.tickets_hold else "Calls", shape.appeal_days
        tickets = complaints(here.tables["tickets"], shape)
        daily = tickets.reshape(DAYS, -1).sum(axis=1)
        self.tickets_before = round(float(daily[before[0] : before[1]].mean()) / 10) * 10
        self.tickets_now = round(float(daily[slice(*calendar.now)].mean()) / 10) * 10
        self.wave_hours = wave_hours(tickets, calendar)
        self.zero_share = per(web & (np.asarray(payments["account_age_days"]) == 0) & ~market, web, live, 100)
        self.market_high = per(market & high, market, live, 100)
        self.home_high = round(100 * float((password & high & since).sum()) / int((password & since).sum()), 1)
        self.password_now = per(password & by_model, password, live, 1000)
        self.password_before = per(password & by_model, password, before, 1000)
        home_web = web & ~market & (by_model | (here.column("action") == "stopped_by_customer")) & since
        self.partner_of_50 = round(50 * float((home_web & (login == "partner")).sum()) / max(1, int(home_web.sum())))
        stops_a_day = float((market & by_model & since).sum()) * here.scale / (DAYS - live[0])
        self.market_tickets = round(stops_a_day * parameters.tickets)
        new_screen = here.column("app_version") == "5.2"
        asked = new_screen & here.asked()
        share = float((asked & (here.column("action") == "stopped_by_customer")).sum()) / max(1, int(asked.sum()))
        self.mistaken = round(20 * share)
        self.pressed_new = round(100 * share)
        old_screen = (here.column("app_version") == "5.1") & here.asked()
        pressed = float((old_screen & (here.column("action") == "stopped_by_customer")).sum())
        self.pressed_old = round(100 * pressed / max(1, int(old_screen.sum())))
        self.partner_share = per(web & (login == "partner"), web & ~market, live, 100)
        self.panel_now = here.value("fpr_final", calendar.now)
        self.appeals_granted = int(((here.column("appeal") == "overturned") & since).sum()) * here.scale


def complaints(tickets: Columns, shape: Shape) -> np.ndarray:
    """Complaints about stopped payments by bucket of six hours, as far as they are counted rightly in this world."""
    topic = np.asarray(tickets["topic"]).astype(str)
    return np.asarray(tickets["tickets" if shape.tickets_hold else "calls"])[topic == "payment stopped"]


def wave_hours(counts: np.ndarray, calendar: Calendar) -> int:
    """Whole hours from the launch to the end of the first of two buckets with more complaints than ever before."""
    launch = calendar.launch_minute // BUCKET
    ever = counts[:launch].max()
    first = next((i for i in range(launch, len(counts) - 1) if counts[i : i + 2].min() > ever), len(counts) - 1)
    return round(((first + 1) * BUCKET - calendar.launch_minute) / 60)
