"""Content understanding: meeting notes, tasks and deadlines, minutes, chat threads and complaints."""

from programasweights.data.oracle.areas.content_understanding._banks import (
    DAYS,
    MONTHS,
    TASKS,
    edges,
    people,
)
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, token

__all__ = ["area"]

area = Area("Content understanding")

_DUE = (*DAYS[:5], "next Tuesday", "3 May", "the 14th", "noon", "the end of the month", "tomorrow", "5 pm",
        "the end of next week", "20 October", "Friday morning", "the first of June")  # fmt: skip
_WITH_DUE = ("{w} will {t} by {d}.", "{w} to {t} by {d}.", "{w}, please {t} by {d}.", "By {d}, {w} will {t}.",
             "{w} has to {t} by {d}.", "{w} promised to {t} by {d}.", "{w} is going to {t} by {d}.",
             "Task for {w}: {t} by {d}.", "{w} agreed to {t} by {d}.")  # fmt: skip
_WITHOUT_DUE = ("{w} will {t}.", "{w} to {t}.", "{w}, please {t}.", "{w} offered to {t}.", "{w} has to {t}.",
                "Task for {w}: {t}.", "{w} is going to {t}.")  # fmt: skip
_CHATTER = ("{w} gave a short update on the website.", "The coffee machine is broken again.", "No news on the budget.",
            "Thanks to everyone for joining.", "{w} was ill and not there.", "Sales in {m} were better than expected.",
            "The {m} figures were shown.", "{w} liked the new logo.", "We started ten minutes late.",
            "The customer in {c} is happy.", "{w} told us about the fair in {c}.",
            "Nobody had questions about the report.",
            "The last release went well.", "{w} just came back from {c}.",
            "Short round on how everybody is doing.")  # fmt: skip


def _chatter(draw: Draw) -> str:
    text = draw.pick(_CHATTER)
    return text.format(w=names.first_name(draw), m=draw.pick(MONTHS), c=names.city(draw))


def _notes(draw: Draw, sentences: list[str]) -> str:
    if draw.chance(0.4):
        mark = draw.pick(("- ", "* ", "", "• ", "– "))
        return edges(draw, "\n".join(mark + s for s in sentences))
    return edges(draw, " ".join(sentences))


@area.family(
    "tasks and deadlines",
    "list [every|each] task that [somebody is given|is handed to a person] in the [notes|meeting notes], "
    "{form}, {apart}"
    "[ and in the order of the text|, in text order]. [Give|Take] the task in the words of the notes, from its "
    "verb on. "
    "[If there is no deadline|Without a deadline], write {open} in its place; if no task is given at all, "
    "answer {none}",
    "To-dos from notes -> {form}, {apart}, in their order. Task words as in the text, starting with the verb; "
    "[no deadline|deadline not given]: {open}. No to-dos [at all|there]: {none}",
    "After our weekly call I paste the notes into our tracker. For each thing that [a person|someone] still "
    "has to do I "
    "need an entry {form}, {apart}[, in the order in which they come|, first one first]. Copy the task from "
    "the verb on "
    "(no 'please' and no deadline in it). Where no deadline is [named|mentioned] put {open}. Remarks that give nobody "
    "anything to do are left out; if only such remarks are there, [reply|write] {none}.",
    given="meeting notes",
    difficulty=3,
    form=choice(
        {
            "as 'name: task (deadline)'": "{w}: {t} ({d})",
            "as 'name - task - deadline'": "{w} - {t} - {d}",
            "as 'deadline: name, task'": "{d}: {w}, {t}",
            "as 'task / name / deadline'": "{t} / {w} / {d}",
            "as 'task (name, deadline)'": "{t} ({w}, {d})",
        }
    ),
    apart=choice(
        {"one per line": "\n", "separated by semicolons": "; ", "with ' | ' between entries": " | "}
    ),
    open=token("open", "?", "no date", "tbd", "--", "any time"),
    none=missing(),
)
def who_does_what_by_when(draw: Draw, p: Values) -> Pair:
    count = 0 if draw.chance(0.12) else draw.randint(1, 3)
    entries = []
    for who, task in zip(people(draw, count), draw.some(TASKS, count), strict=True):
        due = draw.pick(_DUE) if draw.chance(0.7) else None
        line = draw.pick(_WITH_DUE if due else _WITHOUT_DUE).format(w=who, t=task, d=due)
        entries.append((line, p.form.format(w=who, t=task, d=due or p.open)))
    rest = [(_chatter(draw), "") for _ in range(draw.randint(1 if count < 2 else 0, 2))]
    mixed = draw.mix(entries + rest)
    return _notes(draw, [line for line, _ in mixed]), p.apart.join(e for _, e in mixed if e) or p.none


@area.family(
    "tasks and deadlines",
    "find the [task|entry] [with|that has] {end} in the [list|task list] and [give|write|return] {what}[ as it "
    "stands there|, "
    "exactly as written|]. All [dates|days] are in the same year",
    "[Task list|List of tasks], dates of one year[, no order|]. [Wanted|I need|Give me]: {what} of the "
    "[one|entry|task] with {end}",
    "The list holds [tasks|jobs|to-dos] of our team with the person and the date, [in any order|unsorted]. "
    "Look for the "
    "[one|entry] with {end} and [tell me|write] {what}[, copied from the list|, nothing more|]; all dates are "
    "of the same "
    "year and no two [tasks|entries] share a date.",
    "Which entry of the list is [the one|that] with {end}? Answer with {what} [only|and nothing else], as "
    "[written|it stands] "
    "there. (One [calendar year|year] for all dates.)",
    given="a task list",
    end=choice(
        {"the earliest date": 0, "the date that comes first": 0, "the latest date": -1, "the last date": -1}
    ),
    what=choice({"the name of the person": 0, "the person's name": 0, "the task": 1, "the date": 2}),
)
def task_with_the_first_or_last_date(draw: Draw, p: Values) -> Pair:
    count = draw.randint(2, 5)
    days = draw.some(range(12 * 28), count)
    forms = ("{w}: {t}, {d}", "{w} - {t} - {d}", "{t} ({w}, {d})", "{d}: {t} ({w})", "{w} has to {t} by {d}",
             "{d} - {w} - {t}", "{w} must {t} until {d}")  # fmt: skip
    one = draw.pick(forms)
    rows, lines = [], []
    american = draw.chance(0.4)
    for who, task, day in zip(people(draw, count), draw.some(TASKS, count), days, strict=True):
        month, number = MONTHS[day // 28], day % 28 + 1
        said = f"{month} {number}" if american else f"{number} {month}"
        rows.append((day, who, task, said))
        lines.append((draw.pick(forms) if draw.chance(0.3) else one).format(w=who, t=task, d=said))
    found = sorted(rows)[p.end]
    mark = draw.pick(("", "- ", "* ", "• "))
    text = "; ".join(lines) if draw.chance(0.25) else "\n".join(mark + line for line in lines)
    return edges(draw, text), found[1 + p.what]


_TOPICS = (
    "new logo", "summer party", "bike shed", "parking plan", "second coffee machine", "pay rise for the cleaners",
    "new website", "move to a bigger office", "four-day week", "raffle", "playground fence", "street lighting",
    "school trip", "membership fee", "dog ban in the park", "new roof", "library card", "football pitch",
    "shorter lunch break", "travel budget", "Christmas market", "car-free Sunday", "garden plan", "noise limit",
    "open day", "advert in the local paper", "swimming pool", "heat pump", "bus shelter", "photo contest",
)  # fmt: skip
_OUTCOMES = {
    "passed": ("the {t} was approved with {a} votes to {b}", "all members voted for the {t}",
    "the {t} got a clear majority "
               "and is accepted", "the {t} was agreed on without discussion",
               "after a long debate the {t} was accepted"),
    "failed": ("the {t} was rejected with {a} votes to {b}", "all members voted against the {t}",
    "the {t} was turned down",
               "the {t} found no majority and is off the table", "after a long debate the {t} was voted down"),
    "later": ("the {t} was put off until the next meeting", "the vote on the {t} was postponed",
    "there was no time for the "
              "{t}, it comes back in {m}", "the {t} was moved to the {m} meeting",
              "the vote on the {t} will be held in {m}"),
}  # fmt: skip


@area.family(
    "minutes of meetings",
    "list the [proposals|topics] that were {outcome}, separated by {separator}, in the order of the "
    "[minutes|text]. Write "
    "each [without|leaving out] the word 'the'; if there is none, [answer|write] {none}",
    "Minutes in, names of the proposals that were {outcome} out (no leading 'the'), with {separator} between "
    "them and in "
    "their order. [None of them|No such proposal]: {none}",
    "I keep the [records|archive] of a local club. From each set of minutes I need the names of the proposals "
    "which were "
    "{outcome} - only those. Leave out 'the' before the name, keep the order, put {separator} between the names, and "
    "write {none} when there are none.",
    given="minutes of a meeting",
    outcome=choice(
        {
            "accepted": "passed",
            "approved": "passed",
            "rejected": "failed",
            "turned down": "failed",
            "postponed to a later meeting": "later",
            "neither accepted nor rejected yet": "later",
        }
    ),
    separator=separator(),
    none=missing(),
)
def proposals_with_some_outcome(draw: Draw, p: Values) -> Pair:
    topics = draw.some(_TOPICS, 2, 5)
    kinds = [draw.pick(("passed", "failed", "later", p.outcome)) for _ in topics]
    sentences = []
    for topic, kind in zip(topics, kinds, strict=True):
        low, high = draw.randint(1, 8), draw.randint(9, 30)
        text = draw.pick(_OUTCOMES[kind]).format(t=topic, a=high, b=low, m=draw.pick(MONTHS))
        sentences.append(text[0].upper() + text[1:] + ".")
    if draw.chance(0.4):
        sentences.insert(0, draw.pick(("Minutes of the yearly meeting.", "Chair: {w}.",
            "{w} opened the meeting.")).format(
            w=names.full_name(draw)))  # fmt: skip
    found = [t for t, k in zip(topics, kinds, strict=True) if k == p.outcome]
    return _notes(draw, sentences), p.separator.join(found) or p.none


_LINES = {
    "decided": ("We agreed to {t}.", "Decision: we {t} in {m}.", "It was decided to {t}.",
    "Resolved: we {t} this year.",
                "Everyone voted to {t}, so that is settled.", "Final: we will {t} in {m}.",
                "The group decided to {t}.", "Approved by all: {t} in {m}.",
                "After the vote it is clear: we {t} this year."),
    "question": ("Should we {t}? To be discussed next time.", "Still unclear who pays if we {t}.",
                 "Open: do we {t} in {m} or later?", "We could not agree whether to {t}; back on the list in {m}.",
                 "Nobody knew if we are allowed to {t}. We need an answer before we decide.",
                 "To {t} or not? No result today.",
                 "Point left open: who would {t}, and when?", "Undecided so far: do we {t} at all?"),
    "task": ("{w} to {t} by {d}.", "Action for {w}: {t} until {d}.", "{w}, please {t} before {d}.",
             "TODO {w}: {t}.", "Next step for {w}: {t} by {d}.", "{w} must {t} by {d}.", "It is up to {w} to {t}."),
    "fact": ("{w} reported on the fair in {c}.", "The {m} figures were shown; sales rose by {n} percent.",
             "{w} started at the {c} office in {m}.", "The server was down for {n} minutes in {m}.",
             "{n} people came to the open day in {c}.", "The office in {c} now has {n} desks.",
             "{w} showed photos of the {c} trip.", "The shop in {c} took in {n},000 euros in {m}.",
             "It has been {n} days since the last outage.", "{w} was on holiday in {c} in {m}."),
}  # fmt: skip


@area.family(
    "minutes of meetings",
    "sort the line [from the minutes|of the minutes]: {decided} if it records a decision [of the group|of the "
    "meeting], "
    "{question} if something is left open [for later|and undecided], {task} if one [named person|person] is to do "
    "something, {fact} if it only [reports|tells] what happened or how things are",
    "One line of minutes -> one label. Decision made: {decided}. Open point, not decided: {question}. Job for a named "
    "person: {task}. Mere information[, nothing to do or decide|]: {fact}",
    "Our minutes are [chopped|split] into single lines and I want to file them. Decisions of the whole group "
    "get {decided}. "
    "Points that [are still open|nobody has settled yet] get {question}. If a person by name [must|has to] do "
    "something, "
    "use {task}. Pure news about the past or the present get {fact}.",
    given="a line from the minutes",
    labels=labels(
        decided=("decision", "decided"),
        question=("open", "open question"),
        task=("action", "task"),
        fact=("info", "fyi"),
    ),
)
def kind_of_line_in_minutes(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_LINES))
    text = draw.pick(_LINES[kind]).format(
        t=draw.pick(TASKS), m=draw.pick(MONTHS), w=names.first_name(draw), d=draw.pick(_DUE), c=names.city(draw),
        n=draw.randint(3, 90))  # fmt: skip
    return noise.casual(draw, edges(draw, text)), p.labels[kind]


_PLANS = ("dinner at the new Thai place on {d}?", "who's in for bowling on {d}?", "shall we move the call to {d}?",
          "let's all chip in {n} euros for the present, ok?", "hike on {d}, anyone?", "cinema on {d} at {h}?",
          "I suggest we meet at {h} instead. Fine with you?", "should we order pizza for {d}?",
          "picnic on {d}, who joins?",
          "can we share a taxi for {n} euros each?", "is {d} at {h} good for the rehearsal?")  # fmt: skip
_REPLIES = {
    "yes": ("yes, count me in", "sure!", "works for me", "I'm in", "ok, great idea", "yep, fine with me",
    "sounds good, yes",
            "absolutely", "yes please 🙌", "👍 I'm in", "of course, I wouldn't miss it", "no problem, I agree"),
    "no": ("sorry, can't", "no, I'm out", "not for me, sorry", "I can't, have to work", "nope, without me",
    "no thanks",
           "I'm against it", "have to pass this time", "won't make it, sorry", "no, that's too much for me"),
    "unsure": ("not sure yet", "maybe, I'll tell you later", "let me check first", "I don't know yet",
    "perhaps, will let "
               "you know", "can I decide tomorrow?", "hmm, maybe", "depends on my boss, I'll ask",
               "ask me again tonight"),
}  # fmt: skip


@area.family(
    "chats and complaints",
    "list the people who {stance} the [suggestion|plan] in the chat, in the order of their answers, separated "
    "by {separator}. "
    "The one who [makes it|suggests it] does not count. [Write|Say] {none} if nobody does",
    "Chat -> names of those who {stance} the first message's suggestion; {separator} between names, chat "
    "order, not the "
    "person who asked. [If nobody|Nobody]: {none}",
    "The first message of the thread suggests something and the others react. I want to know who they are that "
    "{stance} "
    "it: the names in the order of the thread with {separator} between them, without the one who had the idea, "
    "or {none} "
    "[if there are no such people|if the list would be empty].",
    given="a group chat",
    stance=choice(
        {
            "agree to": "yes",
            "say yes to": "yes",
            "decline": "no",
            "say no to": "no",
            "have not made up their mind about": "unsure",
            "are undecided about": "unsure",
        }
    ),
    separator=separator(),
    none=missing(),
)
def who_agreed_in_the_thread(draw: Draw, p: Values) -> Pair:
    asker, *others = people(draw, draw.randint(3, 6))
    plan = draw.pick(_PLANS).format(d=draw.pick(DAYS), n=draw.randint(3, 30), h=f"{draw.randint(1, 9)} pm")
    form = draw.pick(("{w}: {m}", "<{w}> {m}", "[{h}] {w}: {m}", "{w} - {m}"))
    lines, found, minute = [form.format(w=asker, m=plan, h="10:01")], [], 1
    for who in others:
        kind = draw.pick(("yes", "no", "unsure", p.stance))
        minute += draw.randint(1, 9)
        said = draw.pick(_REPLIES[kind])
        lines.append(
            form.format(
                w=who, m=said[0].upper() + said[1:] if draw.chance(0.4) else said, h=f"10:{minute:02d}"
            )
        )
        found += [who] if kind == p.stance else []
    return "\n".join(lines), p.separator.join(found) or p.none


_TROUBLE = (
    "The {x} arrived with a crack.", "The {x} stopped working after {n} days.", "You sent me the wrong {x}.",
    "My {x} came {n} days late.", "The {x} smells terrible.", "Half of the parts of the {x} were missing.",
    "The {x} makes a strange noise since {d}.", "Nobody answered my {n} calls about the {x}.", "The {x} looks nothing "
    "like the picture.", "The box with the {x} was open when it came.", "I ordered a {x} in blue and got it in pink.",
)  # fmt: skip
_WISHES = {
    "refund": ("I want my money back.", "Please transfer the {n}0 euros back to my account.",
    "Just give me a full refund.",
               "I expect you to pay back the whole price.", "No new one please, I only want the money returned.",
               "When will I get my money back?", "Refund me, please.",
               "I have no use for another one, return my {n}0 euros.",
               "Cancel the purchase and give me back what I paid.",
               "My bank details are below for the repayment of the full price.",
               "How do I get reimbursed for this?"),
    "replace": ("Please send me a new one.", "I'd like another one as soon as possible.",
    "Send a replacement, no refund please.",
                "Can you exchange it for one that is fine?", "I don't want money, I want a new one.",
                "Kindly ship a new one in its place.", "When can I expect the replacement?",
                "Swap it for a working one, please.",
                "All I ask is that you send the same thing again, in one piece.",
                "I would be happy with a fresh one in the post.",
                "Please don't refund me, just send another."),
    "repair": ("Could someone repair it?", "Please send a technician to fix it.",
    "I would like to have it mended, not replaced.",
               "Where can I bring it to be repaired?", "Can your workshop fix it?",
               "I want you to repair this one, I like it.", "Get it working again, please.",
               "How long does a repair take? I'll wait.", "Please mend it under the warranty.",
               "I will post it to you so that you can fix it.", "Do you have spare parts so it can be repaired?"),
    "explain": ("Please explain how this could happen.", "I only want to know the reason.",
    "Can you tell me what went wrong?",
                "I keep it, but I'd like an explanation.", "I demand an explanation, nothing else.",
                "Why did this happen? That is all I want to hear.", "I don't need a refund, just tell me why.",
                "What caused this? Please let me know.", "I'd be glad to hear the reason, no money needed.",
                "Nothing to send back; simply explain it to me."),
}  # fmt: skip


@area.family(
    "chats and complaints",
    "[say|decide|tell] what the [customer|writer] asks for: {refund} for money back, {replace} for another "
    "item [in its place|instead], {repair} "
    "for having it fixed, {explain} if only [an explanation|a reason] is wanted",
    "[Complaint|Complaint mail]: what does the [writer|customer] want? Money returned = {refund}; a new item "
    "sent = {replace}; the item [mended|repaired] "
    "= {repair}; just to be told why = {explain}",
    "I run the [desk|counter] for complaints of a [web shop|department store] and route each [mail|letter]. "
    "When the customer wants to be paid back, "
    "answer {refund}. When they want a new item, answer {replace}. When the old one should be [mended|fixed], "
    "answer {repair}. "
    "And if they ask for nothing but the cause, answer {explain}. What they say they do not want must not "
    "mislead you.",
    given="a complaint",
    labels=labels(
        refund=("refund", "money"),
        replace=("replacement", "exchange"),
        repair=("repair", "fix"),
        explain=("explanation", "why"),
    ),
)
def wish_in_a_complaint(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_WISHES))
    fill = {"x": draw.pick(("kettle", "tent", "toaster", "lamp", "suitcase", "drill", "blender", "chair",
        "camera", "watch",
                            "scooter", "printer")), "n": draw.randint(2, 14), "d": draw.pick(DAYS)}  # fmt: skip
    parts = [s.format(**fill) for s in draw.some(_TROUBLE, 1, 2)] + [draw.pick(_WISHES[kind]).format(**fill)]
    if draw.chance(0.15):
        parts = parts[::-1]
    if draw.chance(0.4):
        parts.insert(0, draw.pick(("Hello,", "Dear team,", "Hi there,", "Order {}.",
            "To whom it may concern:")).format(
            draw.randint(1000, 9999)))  # fmt: skip
    return noise.casual(draw, " ".join(parts)), p.labels[kind]
