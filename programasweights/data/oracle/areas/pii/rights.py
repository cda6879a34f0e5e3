"""PII and privacy: sensitive data, consent and objections, publication rules, signatures, retention."""

from programasweights.data.oracle.areas.pii import _banks as banks
from programasweights.data.oracle.banks import noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, yes_no

__all__ = ["area"]

area = Area("PII and privacy")

_HEALTH = tuple(
    """{n} was diagnosed with diabetes in {m}./I am allergic to penicillin./my asthma got worse again/{n} is in hospital with a broken leg./He takes pills for his blood pressure every morning./She has been in chemotherapy since {m}.
    /Can't come on {d}, the flu has got me./{n} suffers from migraine./The blood test of {n} came back positive./I'm six months pregnant and feel sick every day./my son has had a fever since {d}/After the stroke {n} walks with a stick.
    /{n} needs insulin twice a day./They operated on my knee in {m}./I have been on antidepressants for years./{n} has epilepsy, so no night shifts please./the dentist pulled two of my teeth on {d}/Coeliac disease, so no bread for {n}.
    /{n} was treated for burnout in {m}./I still cough a lot since the pneumonia./My mother has dementia and forgets her keys./{n} is off sick with back pain until {d}./The doctor found a tumour in his lung.""".replace("\n    ", "").split("/")
)  # fmt: skip
_FAITH = tuple(
    """{n} goes to mass every Sunday./As a Muslim I need a quiet place for prayer./{n} was baptised in {m}./We are Jewish and keep the Sabbath./She fasts during Ramadan./{n} sings in the choir of her parish and believes deeply in God.
    /my family is Hindu and we celebrate Diwali/I left the Catholic church in {m}./{n} is a practising Buddhist./No work on Friday noon, {n} prays at the mosque then./I do not believe in any god./{n} studies the Quran with his uncle.
    /My confirmation in the Lutheran church was in {m}./{n} wears a kippah because of his faith.""".replace("\n    ",
    "").split("/")
)  # fmt: skip
_POLITICS = tuple(
    """{n} votes for the Green Party./I have been a member of the Conservatives since {m}./{n} ran for the Socialists in the last election./She donated to the campaign of the Liberals./{n} collects signatures for the Labour candidate./I'm a convinced communist.
    /{n} handed out leaflets for the nationalist party on {d}./my vote goes to the far left, as always/{n} chairs the local branch of the Social Democrats./He left the party because it moved to the right./{n} supports the republicans and hates the king.
    /I joined the youth wing of the Liberal Party in {m}.""".replace("\n    ", "").split("/")
)  # fmt: skip
_UNION = tuple(
    """{n} is a shop steward of the metalworkers' union./I pay my union fees in {m}./{n} joined the teachers' union./The union's lawyer helps me because I am a member./{n} was elected to the board of the railway workers' union./I left the trade union last {m}.
    /{n} carries the card of the nurses' union./my union membership number is {k}/She recruits colleagues for the bakers' union./As a member of the dockers' union {n} went on strike.""".replace("\n    ", "").split("/")
)  # fmt: skip
_HARMLESS = tuple(
    """{n} moved to {t} in {m}./I work nights at the station./my phone is broken since {d}/{n} has two children and a dog./The car of {n} is red./I like swimming and long walks./{n} will be late on {d}./She studied law in {t}./{n} turned forty in {m}.
    /Can we meet on {d}?/I earn more than my brother./{n} is looking for a flat in {t}./he plays chess with {n}/Order {k} never arrived./{n} speaks four languages./The train from {t} was full./I like tea more than coffee./{n} is on holiday until {d}.
    /We bought a sofa last {m}./{n} got divorced in {m}./my neighbour is loud/I need a receipt for {k}./{n} runs a bakery in {t}./Her hair is dyed green./My computer has caught a virus./{n} has a fine of {k} euros to pay.""".replace("\n    ", "").split("/")
)  # fmt: skip
_HEALTH_DECOYS = ("The doctor of {n} moved to {t}.", "{n} works at the hospital in {t}.",
    "We sold our pharmacy in {m}.", "{n} studies medicine.", "This weather makes everybody a bit mad.",
    "My computer is sick again.", "The ambulance was parked in front of the shop.", "{n} drives an ambulance.",
    "I'm dying to see the new film!",
                  "Sales are in poor health this year.", "{n} is writing a novel about a nurse.",
                  "The dentist's office called about the invoice {k}.")  # fmt: skip


def _about(draw: Draw, line: str, name: str) -> str:
    return line.format(
        n=name,
        m=draw.pick(words.KINDS["month"]),
        d=draw.pick(words.KINDS["weekday"]),
        t=draw.pick(banks.TOWNS),
        k=draw.randint(100, 9999),
    )


def _around(draw: Draw, lines: list[str], low: int, high: int) -> str:
    """These lines in one text with some harmless ones, all about the same person."""
    name = banks.given_name(draw)
    chosen = draw.mix(lines + draw.some(_HARMLESS, low, high))
    return draw.pick((" ", "\n")).join(
        _about(draw, line if line[-1] in ".!?" else line + ".", name) for line in chosen
    )


@area.family(
    "sensitive data",
    "[say|tell] whether the text reveals something about a person's health (an illness, injury, pregnancy, "
    "treatment, medicine or test result): {yes} if it does, {no} if not; that somebody works in health care is no "
    "health data",
    "{yes} = it tells something about somebody's physical or mental health (disease, injury, therapy, drugs ...); "
    "{no} = it does not. [Jobs in medicine and figures of speech do not count.|Medical jobs or mere figures of "
    "speech: {no}.]",
    "Health data need [extra protection|a second lock] in our system, so I flag every [entry|text] with {yes} when "
    "it says something about the state of health of a person, whoever that is: illnesses, injuries, operations, "
    "medicines and the like. "
    "All else gets {no}, also when a doctor or hospital is named without anybody being ill.",
    given="an entry about a customer",
    labels=yes_no(),
)  # fmt: skip
def health_of_a_person_mentioned(draw: Draw, p: Values) -> Pair:
    wanted = draw.chance(0.5)
    core = (
        draw.pick(_HEALTH)
        if wanted
        else draw.pick(_HEALTH_DECOYS)
        if draw.chance(0.5)
        else draw.pick(_HARMLESS)
    )
    return _around(draw, [core], 0, 2), p.labels["yes" if wanted else "no"]


@area.family(
    "sensitive data",
    "[sort|file] the text by the kind of sensitive data in it: {health} for health, {faith} for religion or belief, "
    "{party} for political opinions or party work, {union} for trade union membership, {plain} if it holds none of "
    "these",
    "Sensitive? health = {health}; religion/belief (unbelief too) = {faith}; politics = {party}; trade union = "
    "{union}; nothing of the kind = {plain}",
    "Data protection law lists special kinds of data, and each entry of our [club|staff] file has at most one of "
    "them. Answer {health} if it tells of somebody's illness, injury or treatment, {faith} if it tells what someone "
    "believes or that they practise a religion, {party} if it shows "
    "a political view or party, {union} if it shows that a person is or was in a trade union, and {plain} for "
    "[everyday facts|anything else].",
    given="an entry of a personnel file",
    labels=labels(health=("health", "medical", "illness"), faith=("religion", "faith", "belief"), party=("politics",
    "political", "party"), union=("union", "labour", "trade union"), plain=("none", "ordinary", "nothing special")),
)  # fmt: skip
def special_kind_of_data(draw: Draw, p: Values) -> Pair:
    banks_of = {"health": _HEALTH, "faith": _FAITH, "party": _POLITICS, "union": _UNION}
    kind = draw.pick((*banks_of, "plain"))
    return _around(
        draw, [draw.pick(banks_of[kind])] if kind in banks_of else [], 1 if kind == "plain" else 0, 2
    ), p.labels[kind]


_PURPOSES = {
    "the newsletter": (
        "the newsletter",
        "your newsletter",
        "getting the newsletter by mail",
        "the monthly newsletter",
    ),
    "photos of them on the website": (
        "photos of me on your website",
        "my picture on the website",
        "pictures of me on your web page",
    ),
    "phone calls with offers": ("phone calls with offers", "being rung up about offers", "sales calls"),
    "passing their data on to partner firms": (
        "passing my data on to your partners",
        "giving my data to partner firms",
        "sharing my data with other companies",
    ),
    "being recorded on video": ("the video recording", "being filmed in the course", "a video of me"),
}
_CONSENTS = (
    "Yes to {x}.",
    "I agree to {x}.",
    "fine with {x}",
    "You have my consent for {x}.",
    "{X}: yes please",
    "I'm happy with {x}.",
    "No objection to {x} from me.",
    "{X} - ok for me",
    "[x] {x}",
    "Go ahead with {x}!",
)
_REFUSALS = (
    "No to {x}.",
    "I do not agree to {x}.",
    "I don't want {x}.",
    "{X}: no thanks",
    "I object to {x}.",
    "Please no {x}.",
    "You do not have my consent for {x}.",
    "{X} - not ok for me",
    "I withdraw my consent to {x}.",
    "never ever {x}",
)


@area.family(
    "consent and objections",
    "[find out|say] what the person decides about {purpose}: {given} if they agree, {refused} if they refuse or "
    "withdraw, {open} if the text says nothing about it; [decisions on other things do not matter|what they say of "
    "other things does not count]",
    "Consent to {purpose}? agrees: {given}; refuses or withdraws: {refused}; not mentioned: {open}. [Other topics "
    "are irrelevant.|Ignore other topics.]",
    "I go through the reply forms of our members. Only {purpose} is of interest here. Answer {given} where the "
    "person agrees to it, {refused} where they say no or take their consent back, and {open} where the form does not "
    "speak of it at all, whatever it says about other things.",
    given="a reply form",
    difficulty=3,
    purpose=choice({said: said for said in _PURPOSES}),
    labels=labels(given=("consent", "yes", "agreed"), refused=("refused", "no", "denied"), open=("open", "unknown",
    "not stated")),
)  # fmt: skip
def consent_to_one_purpose(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("given", "refused", "open"))
    lines = []
    for topic in draw.some([t for t in _PURPOSES if t != p.purpose], 1 if kind == "open" else 0, 2) + (
        [p.purpose] if kind != "open" else []
    ):
        agreed = kind == "given" if topic == p.purpose else draw.chance(0.5)
        thing = draw.pick(_PURPOSES[topic])
        if not agreed and draw.chance(0.3):
            thing = _PURPOSES[topic][0]
        lines.append(
            draw.pick(_CONSENTS if agreed else _REFUSALS).format(x=thing, X=thing[0].upper() + thing[1:])
        )
    extra = draw.some(
        (
            "See you on Friday.",
            "My new address is on the back.",
            "Thanks for the nice trip!",
            f"Best, {banks.given_name(draw)}",
            "Please send me a copy.",
        ),
        0,
        1,
    )
    return draw.pick(("\n", "\n", " / ")).join(draw.mix(lines) + extra), p.labels[kind]


_STOPS: dict[str, tuple[str, ...]] = {
    "mail": ("unsubscribe me from your mails", "stop e-mailing me", "take me off the mailing list",
    "no more newsletters in my inbox please", "I don't want your e-mails any longer",
    "remove my e-mail address from your list", "UNSUBSCRIBE from newsletter",
    "please stop sending offers to my inbox", "delete me from the e-mail distribution"),
    "text": ("STOP texting me", "no more text messages please", "stop sending SMS to my phone",
    "I don't want your SMS offers", "please end the text alerts", "take my number off the SMS list",
    "your texts at night must stop", "quit sending me text messages"),
    "call": ("don't call me again", "stop ringing me at work", "please no more sales calls",
    "put me on your do-not-call list", "I don't wish to be phoned", "your agents must not ring me any more",
    "no telephone advertising please", "never call this number again"),
    "post": ("stop sending me catalogues by post", "no more paper brochures in my letter box please",
    "please cancel the printed catalogue", "I don't want your letters any more",
    "take me off the list for printed mailings", "my letter box is full of your flyers, stop it",
    "no advertising by post please"),
    "none": ("where do I find my last bill?", "thanks for the quick answer", "please send me the new price list",
    "I would like to get your newsletter", "call me back on Monday please", "when does the sale start?",
    "could you text me the tracking number?", "I love your catalogue", "my e-mail address has changed",
    "why did nobody call me?", "the SMS with the code never came", "please post the catalogue to my new address"),
}  # fmt: skip


@area.family(
    "consent and objections",
    "[tell|say] which kind of advertising the customer no longer wants: {mail} for e-mail, {text} for SMS or text "
    "messages, {call} for phone calls, {post} for letters and catalogues on paper, {none} if they do not ask to stop "
    "anything",
    "Opt-out from e-mail = {mail}, text messages = {text}, phone calls = {call}, paper post = {post}; no opt-out at "
    "all = {none}",
    "Customers who object to advertising must be taken off the right list [at once|today]. Each message objects to "
    "one channel at most: answer {mail} if it is e-mail, {text} if it is SMS, {call} if it is the telephone, {post} "
    "if it is printed post. If the customer only asks, thanks or orders something, answer {none}.",
    given="a customer's message",
    labels=labels(mail=("email", "mail", "E"), text=("sms", "text", "S"), call=("phone", "call", "P"), post=("post",
    "paper", "L"), none=("none", "nothing", "no opt-out")),
)  # fmt: skip
def channel_of_the_opt_out(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_STOPS))
    text = draw.pick(_STOPS[kind])
    text = draw.pick(
        (
            "{}",
            "Hi, {}",
            "{}, {n}",
            "To whom it may concern: {}",
            "{}. Customer no. {k}",
            "I have asked before: {}",
            "Hello team, {}",
            "{}. Kind regards, {n}",
        )
    ).format(text, n=banks.given_name(draw), k=draw.randint(1000, 9999))
    return noise.casual(
        draw,
        text[0].upper() + text[1:],
        keep=(
            "mail",
            "mails",
            "mailing",
            "texting",
            "phone",
            "letter",
            "letters",
            "calls",
            "catalogue",
            "catalogues",
            "brochures",
            "printed",
            "inbox",
        ),
    ), p.labels[kind]


_REQUESTS: dict[str, tuple[str, ...]] = {
    "access": ("What data do you hold about me?", "Please send me a copy of everything you have stored on me.",
    "I want to see all the information you keep about me.", "which of my data did you save and since when?",
    "Kindly disclose all personal data you process about me.", "I'd like to know what you know about me, in writing.",
    "Under data protection law I ask what you have on file about me."),
    "delete": ("Please delete all my data.", "erase everything you have on me",
    "I want my account and all my records removed for good.", "Forget me: wipe all my personal data.",
    "Remove all traces of me from your systems, please.", "I demand the erasure of my data.",
    "destroy the file you keep about me"),
    "correct": ("My name is spelled wrong in your records, please correct it.",
    "You have an old address for me; change it to the new one.",
    "The date of birth you have for me is wrong, fix it please.", "please update my surname, I got married",
    "My file says I have two children, but I have three. Please put that right.",
    "Your records show the wrong phone number for me. Please amend it.",
    "correct the spelling of my street in your files"),
    "move": ("Please hand my data over to my new provider.",
    "Export my data in a form that I can take to another bank.",
    "I'm switching insurers, transfer my records to them please.",
    "I need my data as a machine-readable file to use it elsewhere.",
    "send my playlists to the other service, I'm moving there",
    "Please pass my file directly on to my new doctor's practice.",
    "Give me my contacts as a file that I can import with your competitor."),
    "other": ("When will my parcel arrive?", "I forgot my password.", "Do you have this lamp in green?",
    "Your app is great, thank you!", "How do I pay by card?", "I was charged twice.",
    "Can I move my appointment to Friday?", "what are your opening hours?", "Please cancel order 4411.",
    "Is your data centre in Europe?", "The link in your mail is broken."),
}  # fmt: skip


@area.family(
    "consent and objections",
    "[classify|sort] the request of a person about their own data: {access} if they want to know or get a copy of "
    "what is stored, {delete} for deletion, {correct} for correcting something, {move} for handing the data over to "
    "them or to others for use with another provider, {other} for [anything else|all other messages]",
    "Data request: see what is stored = {access}; have it erased = {delete}; have an error put right or data updated "
    "= {correct}; take the data to another provider = {move}; no such request = {other}",
    "Our data protection officer gets mixed mail. Put each message in a tray: {access} when somebody asks which data "
    "we hold about them, {delete} when they want their data gone, {correct} when data of theirs are to be changed, "
    "{move} when they want to take their data to another service, {other} when it is about none of these.",
    given="a message to a firm",
    labels=labels(access=("access", "inspect", "copy"), delete=("deletion", "erase", "remove"),
    correct=("rectification", "fix", "correct"), move=("portability", "transfer", "export"), other=("other",
    "unrelated", "no request")),
)  # fmt: skip
def own_data_request(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_REQUESTS))
    text = draw.pick(_REQUESTS[kind])
    front = draw.pick(
        (
            "",
            "",
            "Hello, ",
            "Dear Sir or Madam, ",
            f"Customer {draw.randint(1000, 9999)} here. ",
            "Second mail about this. ",
            "Hi there! ",
        )
    )
    back = draw.pick(
        (
            "",
            "",
            " Thanks.",
            f" {banks.full_name(draw)}",
            " I expect an answer within a month.",
            " Best regards",
            " I mean it.",
        )
    )
    return front + (text if text[-1] in ".!?" or not back else f"{text}.") + back, p.labels[kind]


@area.family(
    "publication rules",
    "[decide|check] whether the text may be published: {no} if it holds {kinds}, {yes} otherwise. [Other personal "
    "data are allowed here.|Everything else is allowed.]",
    "May go online? Contains {kinds}: {no}. Else {yes}, [whatever other data it has|no matter what else is in it].",
    "Volunteers check posts before they appear on our [village page|notice board]. By our rules a post is blocked "
    "only if it contains {kinds}. Answer {no} for a post to be blocked and {yes} for one that may appear; other "
    "details are harmless.",
    given="a post",
    kinds=choice({
        "a phone number": ("phone",), "an e-mail address": ("email",),
        "a street address with a house number": ("address",), "a person's full date of birth": ("dob",),
        "a phone number or an e-mail address": ("phone", "email"), "an IBAN": ("iban",),
        "an IBAN or a date of birth": ("iban", "dob"),
        "a street address with a house number or a phone number": ("address", "phone"),
        "both a phone number and an e-mail address (one of the two alone is fine)": ("both", "phone", "email"),
        "an e-mail address or an IBAN": ("email", "iban"),
    }),
    labels=labels(yes=("yes", "publish", "ok", "safe"), no=("no", "block", "stop", "unsafe")),
)  # fmt: skip
def post_may_be_published(draw: Draw, p: Values) -> Pair:
    blocked = draw.chance(0.5)
    named = [k for k in p.kinds if k != "both"]
    if "both" in p.kinds:
        chosen = named if blocked else draw.some(named, 0, 1)
    else:
        chosen = draw.some(named, 1, len(named)) if blocked else []
    others = draw.some(
        [k for k in ("email", "phone", "name", "iban", "address", "dob") if k not in named],
        0 if blocked else 1,
        2,
    )
    return banks.text_of(banks.message(draw, chosen + others, 0, 1)), p.labels["no" if blocked else "yes"]


_MARKS = {
    "yes": ("yes", "Yes", "y", "ok", "agreed", "x", "YES"),
    "no": ("no", "No", "n", "not ok", "refused", "-", "NO"),
}


@area.family(
    "publication rules",
    "[list|give] the names of those who {what}, in the order of the list, as {form}, separated by {separator}; "
    "{none} if there is nobody. In the list, yes, y, ok, agreed and x mean consent; [no, n, not ok, refused and a "
    "dash mean refusal|everything else means no]",
    "List of names with consent (yes/y/ok/agreed/x) or refusal (no/n/not ok/refused/dash). Names of those who "
    "{what}, as {form}, joined by {separator}; nobody: {none}",
    "For the team photo I asked everybody for consent and kept a list. [Give me|Return] the people who {what}, "
    "written as {form} with {separator} in between and in the list's order. Yes, y, ok, agreed or x is a consent; "
    "no, n, not ok, refused or a dash is not. If there is no such person, {none}.",
    given="a list of names with their decision",
    what=choice({"gave their consent": "yes", "agreed": "yes", "refused": "no", "did not agree": "no"}),
    form=choice({"full names": "{f} {l}", "first names only": "{f}",
    "first name and initial of the last name with a full stop": "{f} {l[0]}.",
    "last name, comma, first name": "{l}, {f}"}),
    separator=separator(),
    none=missing("nobody"),
)  # fmt: skip
def people_who_agreed(draw: Draw, p: Values) -> Pair:
    people = [n.split(" ", 1) for n in banks.people(draw, draw.randint(2, 4))]
    form = draw.pick(("{n}: {d}", "{n} - {d}", "{n} ({d})", "{n};{d}", "{n} ... {d}"))
    lines, found = [], []
    lean = draw.pick(("yes", "no", None, None))
    for first, last in people:
        decision = lean or draw.pick(("yes", "no"))
        mark = draw.pick([m for m in _MARKS[decision] if not (m == "-" and " - " in form)])
        lines.append(form.format(n=f"{first} {last}", d=mark))
        found += [p.form.format(f=first, l=last)] if decision == p.what else []
    return "\n".join(lines), p.separator.join(found) or p.none
