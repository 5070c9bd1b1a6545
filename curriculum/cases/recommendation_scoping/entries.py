"""What the artifacts of `recommendation_scoping` may name in every world: fields, outputs, segments, metrics."""

from __future__ import annotations

from curriculum.cases.base import Entry, by_id
from curriculum.cases.recommendation_scoping.truth import Metric

REQUEST_FIELDS = by_id(
    Entry("visitor_id", "Visitor", "The random number that recognises a returning visitor."),
    Entry("viewed_items", "Items viewed in this visit", "What the shopper clicked on before, in order."),
    Entry("device", "Kind of device", "Phone or desktop."),
)
"""What can be sent beside the item on the page, which is always sent."""

RESPONSE_FIELDS = by_id(
    Entry("reason", "Reason", "Why these items, in a few words for the shopper."),
    Entry("personal", "Uses this visitor's browsing", "True or false; the notice beside the row depends on it."),
    Entry("message", "Message", "A sentence for the shopper when there is nothing to show."),
)
"""What an answer can hold beside the items, who answered, and the confidence, which are always in it."""

ALWAYS_ANSWERED = frozenset({"items", "source", "confidence"})

FALLBACKS = by_id(
    Entry("bestsellers", "Bestsellers of the category", "Has to be built: the card “Bestsellers when …”."),
    Entry("hand_picks", "Today's hand-picked strip", "Exists, as long as somebody picks."),
    Entry("empty_list", "An empty list", "What the service does unless somebody builds something else."),
)
FALLBACK_CARDS = {"bestsellers": "fallback_list"}
"""Which card builds a fallback; the others exist."""
FALLBACK_WIREFRAMES = {"bestsellers": "fallback_bestsellers", "hand_picks": "fallback_picks"}

DOCUMENTS = by_id(
    Entry("memo", "Ruth's memo", "The brief of this lesson."),
    Entry("cards", "The cards", "What each team needs, with days of work."),
    Entry("traces", "Request traces", "A thousand requests for each of the three models."),
    Entry("models", "The models compared", "Scores on held-out purchases; what each model needs and returns."),
    Entry("past_tests", "Past tests", "Five A/B tests with their gains offline and online."),
    Entry("wireframes", "The wireframes", "The drawn screens by state, with the fields that they show."),
    Entry("replies", "The service's replies", "What the model's service sends, and when."),
    Entry("decision_rights", "Who approves what", "Areas and approvers, with dates."),
)

SEGMENTS = by_id(
    Entry("all", "All product-page visits"),
    Entry("phone", "Visits on phones"),
    Entry("desktop", "Visits on desktops"),
)

METRICS = by_id(
    Metric(
        "conversion", "Conversion", "Orders ÷ product-page visits, over the last eight weeks, times 100.",
        "business", "%", "higher", "traffic",
    ),
    Metric(
        "row_ctr", "Clicks per view of the row", "Clicks on the row ÷ views of it, over the last eight weeks, "
        "times 100. Today the row is the hand-picked strip.", "user", "%", "higher", "traffic",
    ),
    Metric(
        "search_on", "Left to search", "Visits that went on to the search page ÷ product-page visits, over the last "
        "eight weeks, times 100.", "user", "%", "lower", "traffic",
    ),
    Metric(
        "hits_in_six", "Hits among six", "Of 100 purchases that the model did not see, how many were among its "
        "first six suggestions.", "model", "of 100", "higher", "models",
    ),
    Metric(
        "auc", "Ranking score (AUC)", "How often the model ranks a bought item above one that was not bought: "
        "0.5 is chance, 1 is always.", "model", "0 to 1", "higher", "models",
    ),
    Metric(
        "row_p95", "Wait for the row (p95)", "Milliseconds within which 95 of 100 answers have arrived, end to end.",
        "guardrail", "ms", "lower", "traces",
    ),
    Metric(
        "ticket_rate", "Support tickets", "Tickets about suggestions ÷ product-page visits, over the last eight "
        "weeks, times 1,000.", "guardrail", "per 1,000 visits", "lower", "traffic",
    ),
)  # fmt: skip
