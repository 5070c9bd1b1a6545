"""What the artifacts of `recommendation_scoping` may name: models, screens, fields, metrics and the rest."""

from __future__ import annotations

from curriculum.cases.base import Entry, by_id
from curriculum.cases.recommendation_scoping.truth import Metric, Model, Wireframe

_ANSWER = ("items", "source", "confidence", "personal", "model_version", "message")

MODELS = by_id(
    Model(
        "rules", "Bought-together rules", "Counts which items are bought together; the list is made every night.",
        card="rules_model", needs=("item_id",), returns=(*_ANSWER, "reason"), score="share",
    ),
    Model(
        "light", "Light model", "A small trained model: what this visitor looked at before, and the item on the page.",
        card="light_model", needs=("item_id", "visitor_id"), returns=_ANSWER, score="rank",
    ),
    Model(
        "deep", "Deep model", "A deep learning model that reads the whole visit up to this click.",
        card="deep_model", needs=("item_id", "visitor_id", "viewed_items"), returns=_ANSWER, score="rank",
    ),
)  # fmt: skip

PERSONAL_FIELDS = frozenset({"visitor_id", "viewed_items"})

REQUEST_FIELDS = by_id(
    Entry("item_id", "Item on the page", "The product that the shopper is looking at."),
    Entry("visitor_id", "Visitor", "The random number that recognises a returning visitor."),
    Entry("viewed_items", "Items viewed in this visit", "What the shopper clicked on before, in order."),
    Entry("device", "Kind of device", "Phone or desktop."),
)

RESPONSE_FIELDS = by_id(
    Entry("items", "Suggested items", "A list of item ids, best first; it may be empty."),
    Entry("source", "Who answered", "The text model or fallback."),
    Entry("confidence", "Confidence", "A number from 0 to 1 for the list as a whole."),
    Entry("reason", "Reason", "Why these items, in a few words for the shopper."),
    Entry("personal", "Uses this visitor's browsing", "True or false; the notice beside the row depends on it."),
    Entry("model_version", "Model version", "Which version of the model answered."),
    Entry("message", "Message", "A sentence for the shopper when there is nothing to show."),
)

WIREFRAMES = by_id(
    Wireframe("row_bare", "Row, first draft", "Six items.", "normal", ("items",)),
    Wireframe(
        "row_notice", "Row with notice", "Six items; a notice where they rest on this visitor's browsing.",
        "normal", ("items", "personal"),
    ),
    Wireframe(
        "row_reason", "Row with notice and reason", "As the row with notice, and a line why these items.",
        "normal", ("items", "personal", "reason"),
    ),
    Wireframe("skeleton", "Grey shapes", "Six grey shapes hold the place, so that nothing jumps.", "loading", ()),
    Wireframe("spinner", "Turning wheel", "A turning wheel in the place of the row.", "loading", ()),
    Wireframe("empty_sentence", "Empty, with a sentence", "One sentence and a link.", "empty", ("message",)),
    Wireframe("empty_folded", "Empty, folded away", "The row closes; the page moves up.", "empty", ("items",)),
    Wireframe(
        "unsure_softer", "Unsure, softer heading", "“You may also look at”, without a claim; notice where personal.",
        "low_confidence", ("items", "confidence", "personal"),
    ),
    Wireframe(
        "unsure_reason", "Unsure, with the reason", "A softer heading and the reason; notice where personal.",
        "low_confidence", ("items", "confidence", "personal", "reason"),
    ),
    Wireframe("error_sentence", "Error, with a sentence", "One sentence, no code, no blame.", "error", ("message",)),
    Wireframe("error_folded", "Error, folded away", "The row closes without a word.", "error", ()),
    Wireframe(
        "fallback_bestsellers", "Bestsellers of the category", "“Popular in this category”: bestsellers instead.",
        "fallback", ("items", "source"),
    ),
    Wireframe(
        "fallback_picks", "Today's hand-picked strip", "“Picked by our team”: the strip that is there today.",
        "fallback", ("items", "source"),
    ),
)  # fmt: skip

FALLBACKS = by_id(
    Entry("bestsellers", "Bestsellers of the category", "Has to be built: the card “Bestsellers when …”."),
    Entry("hand_picks", "Today's hand-picked strip", "Exists; support keeps it up to date by hand."),
    Entry("empty_list", "An empty list", "What the service does unless somebody builds something else."),
)
FALLBACK_CARDS = {"bestsellers": "fallback_list"}
"""Which card builds a fallback; the others exist."""
FALLBACK_WIREFRAMES = {"bestsellers": "fallback_bestsellers", "hand_picks": "fallback_picks"}

OUTPUTS = by_id(
    Entry("constraint_list", "List of model limits", "Each limit with its number and who measured it."),
    Entry("principle_list", "List of design principles", "Each principle with its number and the test behind it."),
    Entry("scoping_board", "Scoping board", "Cards in three columns, with votes."),
    Entry("prd_draft", "Draft of the one-page PRD", "The page that goes round for sign-off."),
    Entry("discussion", "Discussion", "People have talked about it."),
    Entry("shared_understanding", "Shared understanding", "Everybody feels informed."),
)

DOCUMENTS = by_id(
    Entry("memo", "Ruth's memo", "The brief of this lesson."),
    Entry("cards", "The cards", "What each team needs, with days of work."),
    Entry("traces", "Request traces", "A thousand requests for each of the three models."),
    Entry("models", "The models compared", "Scores on held-out purchases; what each model needs and returns."),
    Entry("past_tests", "Past tests", "Five A/B tests with their gains offline and online."),
    Entry("wireframes", "The wireframes", "The drawn screens by state, with the fields that they show."),
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
        "weeks, times 10,000.", "guardrail", "per 10,000 visits", "lower", "traffic",
    ),
)  # fmt: skip
