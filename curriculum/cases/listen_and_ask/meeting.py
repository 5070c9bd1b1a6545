"""What is said in February's meeting: six ways to make each move, and the words for each matter.

A move is a hidden tag. No word of its six ways belongs to it alone: who may decide stands in the table of rights,
and whether it was done follows from who said what.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MATTERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "oncall": {
            "thing": "on-call for the data jobs",
            "do": "hand on-call for the data jobs over to the platform team on 5 April",
            "done": "on-call goes to the platform team on 5 April",
            "effect": "Tilde would be here five days a week instead of four",
            "condition": "who of the platform team knows these jobs",
            "objection": "The platform team has never sat through a night of these jobs.",
            "doubt": "whom do I ring at night",
            "answer": "The same number as now. It rings on another desk.",
        },
        "contractor": {
            "thing": "the contractor",
            "do": "pay a contractor for one of the four pieces",
            "done": "we pay the contractor for one piece",
            "effect": "one of the four would be done by the end of week {week} without Tilde",
            "condition": "a second offer",
            "objection": "Whoever comes in from outside asks Tilde all day long.",
            "doubt": "does he see the names of our passengers",
            "answer": "No. He works on a copy without names.",
        },
        "extension": {
            "thing": "the old warehouse",
            "do": "keep the old warehouse for four more weeks",
            "done": "the old warehouse stays for four more weeks",
            "effect": "leaving it could wait for as long",
            "condition": "what the auditors say to it",
            "objection": "Four more weeks is what we said last year as well.",
            "doubt": "does the vendor agree to that",
            "answer": "He does. I have his letter.",
        },
        "june": {
            "thing": "the June release",
            "do": "leave the events on the purchase screens for the June release",
            "done": "the events wait for the June release",
            "effect": "nothing could be counted on these screens before 7 June",
            "condition": "what else has to go into that release",
            "objection": "By June, the people whom we want to watch have their summer tickets.",
            "doubt": "does the release still come on a Monday",
            "answer": "It does. Nobody has moved it.",
        },
    }
)
"""By matter: what it is called, what is proposed, what is said when it is so, and what people say for and against.

`doubt` is a question without its mark; `objection` and `answer` are whole sentences, the others parts of one.
"""

MOVES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # whoever leads the meeting begins
        "open": (
            "Good morning. I keep the time today, and {note_taker} writes. Four matters, then lunch.",
            "Let us begin. {note_taker} takes the notes, I watch the clock. I have four things on my list.",
            "Is everybody here? Then I lead us through, and {note_taker} writes down what comes of it.",
            "I have the chair this time. {note_taker}, do you have the pen? Good. Four matters.",
            "Shall we? I see to it that all four matters get their turn, and {note_taker} keeps the minutes.",
            "Thank you for coming through that rain. I lead, {note_taker} notes. Four things, and all of them short.",
        ),
        # somebody brings a matter up
        "raise": (
            "There is a proposal to {do}.",
            "Somebody has had the idea to {do}.",
            "I have been asked whether we could {do}.",
            "May I bring something up? We could {do}.",
            "The question is whether we {do}.",
            "What if we {do}? Otherwise it stays as it is.",
        ),
        # somebody says what it would bring
        "detail": (
            "If we did, {effect}.",
            "It would mean that {effect}.",
            "To us that matters, because {effect}.",
            "In plain words, {effect}.",
            "I have looked into it: {effect}.",
            "What it comes to is that {effect}.",
        ),
        # whoever leads asks all of them
        "ask_all": (
            "How do we see that?",
            "What do we say?",
            "Is that something for today?",
            "Opinions?",
            "And? Who wants to say something?",
            "I would like to have that off my list.",
        ),
        # the one who may, does
        "decide": (
            "Yes. {Done}.",
            "Good, then {done}. Plan with it.",
            "{Done}. Write it down like that, please.",
            "I am in favour, and that is enough: {done}.",
            "We do it. {Done}, and I tell the people concerned tonight.",
            "Then {done}. That is that.",
        ),
        # somebody without the right says it as if it were done
        "settled": (
            "Good, so {done}. That settles it.",
            "Then we agree: {done}.",
            "{Done}, then. I will plan with it.",
            "I take that as a yes. {Done}.",
            "Fine, {done}, and we can stop talking about it.",
            "So {done}. You can all write that down.",
        ),
        # somebody who may not decide agrees, in few words
        "nod": (
            "Mhm, good.",
            "Sounds right.",
            "Fine by me.",
            "Yes, good.",
            "I can live with that.",
            "Makes sense.",
        ),
        # whoever leads goes on
        "next": (
            "Good. The next one.",
            "Then on to the next.",
            "We are behind the clock. Next, please.",
            "All right, what else is there?",
            "Let me turn the page.",
            "And on we go.",
        ),
        # the one who may, puts it off, with a name and a day
        "not_today": (
            "Not today. First I want to see {condition}. Will you bring that on {day}, {brings_on}?",
            "I am not against it, but I miss something: {condition}. {brings_on}, please have it ready on {day}.",
            "Let us look at it again on {day}. Until then {brings_on} finds out about {thing}: {condition}.",
            "Give me {condition} before I say anything. Could {brings_on} bring it on {day}?",
            "I would sleep better with {condition}. {brings_on}, we take it up again on {day}, and you bring it.",
            "That is too early for me. {brings_on} puts {thing} on the table again on {day}, with {condition}.",
        ),
        # the one who was asked to bring it
        "take_it": (
            "I will have it by then.",
            "You can count on me.",
            "It is in my calendar.",
            "I will bring it.",
            "Good, that gives me time.",
            "Then I know what I do next week.",
        ),
        # whoever writes
        "noted": (
            "I have it.",
            "A moment, I am still writing. Yes.",
            "It is on paper.",
            "Slower, please … good.",
            "I have that down.",
            "Done, go on.",
        ),
        # somebody is against it
        "object": (
            "I do not feel good about that. {objection}",
            "Wait, please. {objection}",
            "May I say something against it? {objection}",
            "I see that differently. {objection}",
            "{objection} I would not do it.",
            "Before you go on: {objection}",
        ),
        # somebody else speaks of something else
        "talk_over": (
            "Has anybody booked a room for Thursday, by the way?",
            "That reminds me that the printer upstairs is broken again.",
            "Did all of you get the mail about the summer outing?",
            "Speaking of which, the visitors from the ministry come at eleven.",
            "Sure. Who has the slides from last time?",
            "You should have seen the platform this morning, people stood to the stairs.",
        ),
        # the one who was against it says no more
        "drop": (
            "I had another sentence.",
            "Hm.",
            "Do go on.",
            "Later, perhaps.",
            "I have said it once.",
            "Well.",
        ),
        # a doubt that is answered, and then it is none
        "doubt": (
            "I am not sure yet: {doubt}?",
            "One thing speaks against it: {doubt}?",
            "I would say no until I know this: {doubt}?",
            "That worries me a little. {Doubt}?",
            "Hold on: {doubt}?",
            "I have a doubt there. {Doubt}?",
        ),
        "answer": (
            "{answer}",
            "{answer} I asked.",
            "Good question. {answer}",
            "{answer} It stands in the mail.",
            "I can answer that. {answer}",
            "{answer} Truly.",
        ),
        "withdraw": (
            "Then I have nothing against it.",
            "That was all I wanted to know. I am for it.",
            "Ah, then I am fine with it.",
            "That answers it, thank you.",
            "Good, then forget that I asked.",
            "Then it is all right for me.",
        ),
        # what else is said in a meeting
        "small_talk": (
            "Could somebody open the window?",
            "Is there more of that coffee?",
            "I have to take my watch off, it keeps buzzing.",
            "Somebody is drilling again.",
            "Sorry, that was my telephone.",
            "Can you all see the list from there?",
        ),
        # the end
        "close": (
            "That was all. Thank you.",
            "Four of four. Thank you, everybody.",
            "I think we are through. Until next time.",
            "My list is empty, and it is not noon yet.",
            "Then I close. Have a good week.",
            "Nothing else? Then thank you.",
        ),
        "leave": (
            "That went well.",
            "I like meetings in which something gets done.",
            "See you at lunch.",
            "My train leaves in six minutes.",
            "Good. Back to work.",
            "Finally, all of it off the table.",
        ),
    }
)
"""By move, six ways to say it, with holes for `str.format`.

Names are first names: {note_taker}, {brings_on}; {day} is a day such as "26 March"; the rest comes from MATTERS, and a
capital letter ({Done}, {Thing}, {Doubt}) means that the part begins a sentence.
"""
