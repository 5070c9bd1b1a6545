"""What the teams have raised as cards: what every launch may need, and wishes of which each world has some."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """One card before its days are fixed."""

    id: str
    team: str
    """Id of the person who raised it."""
    effort: dict[str, int]
    """Days by role in the first estimate."""
    need: str
    gain: str
    """What people get from it."""
    needs: tuple[str, ...] = ()


BUILT = (
    Wish("carousel", "ines", {"web": 7, "design": 4}, "A row of suggestions that never makes the page jump",
         "People see what fits while they decide, and nothing moves under their thumb."),
    Wish("deep_model", "wei", {"ml": 22, "data": 5}, "The deep model: suggestions that follow the whole visit",
         "Suggestions change with every click of a visit.", ("event_pipeline", "session_store")),
    Wish("session_store", "wei", {"ml": 8, "data": 6}, "Keep what a visit has looked at, ready within milliseconds",
         "Nothing that people see; a model that follows the visit needs it."),
    Wish("light_model", "noor", {"ml": 10, "data": 4}, "A light model: earlier visits and the item on the page",
         "Returning visitors see items that fit what they looked at before.", ("event_pipeline",)),
    Wish("rules_model", "pm", {"ml": 3, "data": 3}, "Bought-together rules, counted every night",
         "People see what others bought with the item on the page."),
    Wish("event_pipeline", "noor", {"data": 10, "ml": 2}, "Clicks and purchases of a visit in one place by morning",
         "Nothing that people see; trained models learn from it."),
    Wish("exposure_log", "noor", {"data": 4, "web": 3}, "Write down what was shown, not only what was clicked",
         "Nothing that people see; without it no test can be read."),
    Wish("launch_test", "noor", {"data": 3, "web": 2}, "Launch to one half, so that the effect can be measured",
         "One half of all visits keeps today's strip for some weeks.", ("exposure_log",)),
    Wish("state_screens", "ines", {"web": 5, "design": 5}, "Screens for loading, empty, unsure, broken and replaced",
         "People understand what happens when the row is slow or has nothing.", ("carousel",)),
    Wish("fallback_list", "wei", {"ml": 3, "web": 2, "data": 1}, "Bestsellers when the model has no answer",
         "New visitors, and everybody during an outage, still see something useful."),
    Wish("notice", "samir", {"web": 3, "design": 2}, "A notice beside the row, and a new privacy page",
         "People know that suggestions rest on their browsing, and how.", ("carousel",)),
    Wish("why_line", "ines", {"web": 3, "design": 3, "ml": 2}, "A line that says why these items are shown",
         "People can judge a suggestion before they click it."),
    Wish("layout_test", "ines", {"web": 8, "design": 6, "data": 4}, "Test three layouts against each other first",
         "The layout that sells most, if a test can tell."),
    Wish("email_row", "ruth", {"web": 6, "ml": 4, "data": 3}, "The same suggestions in the weekly e-mail",
         "Readers of the e-mail see what fits them."),
)  # fmt: skip
"""Cards of every world."""

MANDATORY = {
    "notice": "The law: shoppers must be told what their browsing is used for (GDPR, Articles 13 to 15). "
    "The log of what was shown is such a use, whichever model answers."
}

SOLD_OUT = Wish(
    "sold_out_filter", "kofi", {"data": 4, "ml": 2}, "Never suggest what is sold out",
    "People do not fall for items that they cannot buy.",
)  # fmt: skip

PAIRS = (
    (
        Wish("not_for_me", "kofi", {"web": 4, "design": 2, "data": 1}, "A button “not for me”",
             "People can get rid of a suggestion that annoys them."),
        Wish("wish_list_row", "ruth", {"web": 4, "design": 1}, "The row on the wish list, too",
             "People who save items for later see what goes with them."),
    ),
    (
        Wish("latency_watch", "wei", {"ml": 2, "data": 2}, "Watch waiting times and errors from the first day",
             "Nothing that people see; problems are noticed before they call."),
        Wish("in_stores", "kofi", {"web": 5, "data": 2}, "Say in which store a suggested item lies on the shelf",
             "People can try a suggestion on before they buy it."),
    ),
    (
        Wish("set_price", "ruth", {"web": 5, "data": 3}, "One price for an item and what goes with it",
             "People save when they take both."),
        Wish("size_hint", "kofi", {"data": 3, "design": 2}, "Suggest only sizes that this shopper has bought before",
             "Fewer things go back because they do not fit."),
    ),
    (
        Wish("photo_size", "ines", {"web": 3, "design": 3}, "Larger pictures in the row",
             "People see what an item is without opening it."),
        Wish("search_row", "noor", {"web": 4, "ml": 1}, "The row on empty search results",
             "People who find nothing see something."),
    ),
)  # fmt: skip
"""Of each pair, every world has one."""

TWICE = {
    "carousel": (
        Wish("quick_row", "wei", {"web": 6, "design": 3}, "A quick row of suggestions under the product photo",
             "People see what fits without waiting for it."),
        Wish("calm_strip", "wei", {"web": 6, "design": 4}, "A strip for suggestions that keeps its place "
             "while it loads", "The page stays where it is under people's thumbs."),
    ),
    "state_screens": (
        Wish("never_blank", "kofi", {"web": 5, "design": 4}, "Something sensible in the place of the row on "
             "its bad days", "Nobody takes a blank place for a broken shop.", ("carousel",)),
        Wish("bad_days", "wei", {"web": 5, "design": 4}, "Pictures for when the model has nothing, or is down",
             "People are told what goes on, and can go on themselves.", ("carousel",)),
    ),
    "fallback_list": (
        Wish("for_newcomers", "ruth", {"ml": 2, "web": 2, "data": 1}, "What sells best, for people whom we do not know "
             "yet", "Who comes for the first time is not left alone."),
        Wish("popular_instead", "kofi", {"ml": 2, "web": 2, "data": 1}, "Popular items in place of an answer that does "
             "not come", "There is always something to look at."),
    ),
}  # fmt: skip
"""The same need in another team's words, by the card whose need it is; every world has one of them."""
