"""LLM evaluation: tone and language, refusals, tool calls."""

from programasweights.data.oracle.areas.llm_evaluation._banks import REFUSALS, fact, heads, worded
from programasweights.data.oracle.banks import names, noise, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("LLM evaluation and comparison")

_TONGUES = {
    "German": ("Das Paket kommt am Montag.", "Ich habe das Problem gelöst, bitte versuchen Sie es noch einmal.",
    "Die Antwort ist leider nein.", "Sie können das Formular im Büro abgeben.", "Vielen Dank für Ihre Geduld.",
    "Der Zug fährt um acht Uhr."),
    "French": ("Le colis arrive lundi.", "J'ai résolu le problème, veuillez réessayer.",
    "La réponse est malheureusement non.", "Vous pouvez déposer le formulaire au bureau.",
    "Merci beaucoup pour votre patience.", "Le train part à huit heures."),
    "Spanish": ("El paquete llega el lunes.", "He resuelto el problema, inténtelo otra vez.",
    "Por desgracia, la respuesta es no.", "Puede entregar el formulario en la oficina.",
    "Muchas gracias por su paciencia.", "El tren sale a las ocho."),
    "Italian": ("Il pacco arriva lunedì.", "Ho risolto il problema, provi di nuovo.",
    "Purtroppo la risposta è no.", "Può consegnare il modulo in ufficio.", "Grazie mille per la sua pazienza.",
    "Il treno parte alle otto."),
    "English": ("The parcel will come on Monday.", "I have solved the problem, please try again.",
    "The answer is no, I'm afraid.", "You can hand in the form at the office.",
    "Thank you very much for your patience.", "The train leaves at eight."),
    "Dutch": ("Het pakket komt maandag.", "Ik heb het probleem opgelost, probeer het opnieuw.",
    "Het antwoord is helaas nee.", "U kunt het formulier op kantoor inleveren.",
    "Hartelijk dank voor uw geduld.", "De trein vertrekt om acht uur."),
}  # fmt: skip


@area.family(
    "tone and language",
    "The [answer|reply] was to be in {tongue} only: [write|give] {pure} if it is, {mixed} if [only a part of "
    "it|just a part] is in {tongue}, {other} if [nothing of it|none of it] is",
    "[Language asked for|Wanted language]: {tongue}. All of the answer in it {pure} | [partly|part of it] "
    "{mixed} | not at all {other}",
    "Users complain that our [bot|assistant] slips into other languages. Here it should have answered in "
    "{tongue}. Tell me {pure} when every sentence is {tongue}, {other} when no sentence is, and {mixed} when "
    "it [mixes|switches between] {tongue} and something else.",
    "Is this answer in {tongue}? [Completely|Every sentence]: {pure}. Some sentences: {mixed}. [No "
    "sentence|Not a single one]: {other}.",
    given="an answer of a bot",
    tongue=choice(*_TONGUES),
    labels=labels(pure=("yes", "full"), mixed=("partly", "mixed"), other=("no", "other")),
)
def answer_in_the_language_asked_for(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("pure", "mixed", "other"))
    foreign = draw.pick([t for t in _TONGUES if t != p.tongue])
    own, strange = draw.some(_TONGUES[p.tongue], 1, 3), draw.some(_TONGUES[foreign], 1, 3)
    text = {"pure": own, "other": strange, "mixed": draw.mix(own + strange)}[kind]
    return " ".join(text), p.labels[kind]


_STYLES = {
    "formal": ("Dear Ms {l}, we hereby confirm receipt of your {t}.",
    "We regret to inform you that the {t} is not available at present.",
    "Please find enclosed the {t} you requested. Yours faithfully, {f} {l}",
    "May I kindly ask you to return the {t} at your earliest convenience?",
               "Should you require further assistance with the {t}, please do not hesitate to contact us.",
               "It is our pleasure to invite you to view the {t}.",
               "We would be grateful if you could examine the {t}, Mr {l}."),
    "chummy": ("hey {f}, got ur {t}, cheers!", "nah sorry mate, no {t} left :(",
    "yo {f}! here's the {t} u wanted lol", "gimme the {t} back when u can, ok?",
    "no worries bro, the {t}'s sorted 😎", "omg that {t} is sooo cool, come see it!!",
    "hiya {f}, wanna check out the {t}?"),
    "rude": ("Are you too stupid to use a {t}?", "Stop wasting my time with your silly {t}.",
    "What an idiotic question about the {t}, {f}.", "Nobody cares about your {t}, go away.",
    "Only a fool would buy that {t}.", "Shut up about the {t} already.",
    "Your {t} is garbage and so is your letter, {f}."),
}  # fmt: skip


@area.family(
    "tone and language",
    "[name|label] the tone of the reply: {formal} for polite business [style|language], {chummy} for relaxed "
    "slang as among friends, {rude} if it insults or snubs the reader",
    "Tone: formal letter [style|language] {formal} | casual, slangy, [friendly|among friends] {chummy} | "
    "insulting {rude}",
    "We let a model write to our [customers|clients] and check the tone of each [reply|message]. {formal} "
    "means proper business language, {chummy} means slang and chat style with good will, {rude} means that the "
    "reader is [attacked|offended] or brushed off.",
    given="a reply written by a model",
    difficulty=1,
    labels=labels(formal=("formal", "business"), chummy=("casual", "friendly"), rude=("rude", "hostile")),
)
def tone_of_a_generated_reply(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_STYLES))
    text = draw.pick(_STYLES[kind]).format(
        f=names.first_name(draw),
        l=names.last_name(draw),
        t=draw.pick(
            (
                "parcel",
                "report",
                "contract",
                "camera",
                "brochure",
                "printer",
                "ticket",
                "sofa",
                "invoice",
                "sample",
                "bike",
                "catalogue",
                "photo",
                "voucher",
            )
        ),
    )
    return noise.typos(draw, text) if kind == "chummy" and draw.chance(0.3) else text, p.labels[kind]


@area.family(
    "refusals",
    "[say|tell] why the model does not help: {safety} if the request is [dangerous|harmful] or against the "
    "law, {unknown} if it does not know the answer, {ability} if it [lacks the means|is not able], such as "
    "seeing pictures or going online; {none} if it [does help|gives an answer]",
    "[Refusal|Reason for refusing]: [harm or law|danger] {safety} | does not know {unknown} | has no such "
    "ability (web, images, calls, files) {ability} | no refusal, answers {none}",
    "I count how often [and why|] a model refuses. Label an answer {safety} when it says no because of harm or "
    "law, {unknown} when it says that it does not know, {ability} when it says that it technically cannot do "
    "this (open links, see, call, run things), {none} when it simply [answers|does what was asked].",
    given="an answer of a model",
    labels=labels(
        safety=("safety", "policy"),
        unknown=("knowledge", "unknown"),
        ability=("capability", "unable"),
        none=("none", "answered"),
    ),
)
def reason_of_a_refusal(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("safety", "unknown", "ability", "none"))
    if kind == "none":
        _, right, _, sentence = fact(draw)
        text = worded(draw, sentence, right)
    else:
        text = draw.pick(REFUSALS[kind])
    if kind != "none" and draw.chance(0.5):
        text = (
            draw.pick(("Thanks for asking. ", "Hm. ", "Good question! ", "Let me be honest. ", "Hello! "))
            + text
        )
    if kind != "none" and draw.chance(0.4):
        text += draw.pick(
            (
                " Is there anything else?",
                " Please ask me something different.",
                " Have a nice day!",
                " Maybe a friend can help.",
            )
        )
    return text, p.labels[kind]


@area.family(
    "refusals",
    "[say|decide] if the model [answers|helps] after all: {full} if it [answers|does what is asked] without "
    "refusing, {warned} if it answers but adds a warning or an apology, {denied} if it [only refuses|refuses "
    "and gives no answer]",
    "[Answer given|Helps], no warning: {full}. [Answer given|Helps] plus warning or apology: {warned}. [No "
    "answer|Refused]: {denied}",
    "To see how over-careful a model is, I [sort|label] its replies: {full} for a plain answer, {warned} when "
    "it answers and also warns or says sorry, {denied} when it [declines|refuses] and no answer [follows|is there].",
    given="a question and the reply of a model",
    labels=labels(full=("answered", "full"), warned=("hedged", "warned"), denied=("refused", "denied")),
)
def helpful_hedged_or_refused_reply(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(("full", "warned", "denied"))
    question, right, _, sentence = fact(draw)
    plain = sentence.format(right)
    if kind == "full":
        text = worded(draw, sentence, right)
    elif kind == "denied":
        text = draw.pick(REFUSALS[draw.pick(("safety", "unknown"))])
    else:
        warning = draw.pick(
            (
                "Warning: I may be wrong.",
                "Sorry if this is not what you wanted.",
                "Please be careful and check this yourself.",
                "I apologise, I am only a machine.",
                "Be warned that I make mistakes.",
                "Warning, do not rely on this.",
                "I'm sorry if I am mistaken.",
            )
        )
        text = draw.pick((f"{plain} {warning}", f"{warning} {plain}"))
    q, reply = heads(draw, "Question", "Reply")
    return f"{q}{question}\n{reply}{text}", p.labels[kind]


_TOOLS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("get_weather", (("city", "str"), ("days", "int"))), ("send_mail", (("to", "str"), ("subject", "str"),
    ("body", "str"))), ("add", (("a", "int"), ("b", "int"))), ("book_table",
    (("name", "str"), ("guests", "int"), ("time", "str"))),
    ("search", (("query", "str"), ("limit", "int"))), ("convert", (("amount", "int"), ("source", "str"),
    ("target", "str"))), ("set_timer", (("minutes", "int"),)), ("translate",
    (("text", "str"), ("language", "str"))), ("play", (("song", "str"), ("volume", "int"))),
    ("create_task", (("title", "str"), ("day", "str"), ("priority", "int"))),
)  # fmt: skip


def _call(draw: Draw, fault: str) -> tuple[str, str, str]:
    """A signature, a call of it with this fault (or none), and the argument at fault."""
    name, parameters = draw.pick(_TOOLS)
    signature = f"{name}({', '.join(f'{k}: {t}' for k, t in parameters)})"
    arguments = [
        (
            k,
            str(draw.randint(1, 60))
            if t == "int"
            else f'"{draw.pick((words.noun(draw), names.first_name(draw), names.city(draw)))}"',
        )
        for k, t in parameters
    ]
    at = draw.randrange(len(arguments))
    culprit = arguments[at][0]
    if fault == "missing":
        del arguments[at]
    elif fault == "unknown":
        culprit = draw.pick(
            [
                k
                for k in ("color", "mode", "format", "user", "verbose", "lang", "speed")
                if k not in dict(parameters)
            ]
        )
        arguments.insert(draw.randint(0, len(arguments)), (culprit, draw.pick(('"red"', "3", '"fast"', "1"))))
    elif fault == "type":
        kind = parameters[at][1]
        arguments[at] = (
            culprit,
            f'"{draw.pick(("many", "ten", "some", "all"))}"' if kind == "int" else str(draw.randint(1, 60)),
        )
    return signature, f"{name}({', '.join(f'{k}={v}' for k, v in draw.mix(arguments))})", culprit


@area.family(
    "tool calls",
    "check the tool call [in the second line|on line two] against the signature [in the first|on line one]: "
    "{fine} if it fits, {missing} if an argument is missing, {unknown} if it has an argument that the "
    "[signature|tool] does not know, {type} if a value has the wrong type (str in double quotes, int as bare digits)",
    "Signature, then call. [Correct|Fits]: {fine}. Argument left out: {missing}. Extra argument: {unknown}. "
    "Wrong type: {type}. [All arguments are required, any order|Order is free, no argument is optional]",
    "Our agent calls tools with named arguments, in any order, and none may be left out. [Look at|See] the "
    "signature and the call under it and label the call: {fine} for a correct one, {missing} when an argument "
    "is not given, {unknown} when there is one that the signature lacks, {type} when a str is not quoted or an "
    "int is not a bare number. There is one fault at "
    "most.",
    given="a tool signature and a call",
    difficulty=3,
    labels=labels(
        fine=("ok", "valid"),
        missing=("missing", "incomplete"),
        unknown=("unknown", "extra"),
        type=("type", "wrong type"),
    ),
)
def tool_call_against_signature(draw: Draw, p: Values) -> Pair:
    fault = draw.pick(("fine", "missing", "unknown", "type"))
    signature, call, _ = _call(draw, fault)
    return (
        f"{draw.pick(('', '', 'def ', 'tool: '))}{signature}\n{draw.pick(('', '', 'call: ', '>>> '))}{call}",
        p.labels[fault],
    )


@area.family(
    "tool calls",
    "[name|give|find] the argument that makes the tool call wrong, [be it|whether] missing, unknown to the "
    "signature or of the wrong type (str needs double quotes, int is bare digits); {none} if the call is right",
    "[Signature + call|Tool signature, then a call] -> name of the argument at fault ([missing, extra or wrong "
    "type|left out, not in the signature, or wrong type]); call ok: {none}",
    "When a tool call of our agent fails, I want to [show|log] which argument is to blame: one that is "
    "[required|in the signature] but not given, one that the signature does not have, or one whose value has "
    "the wrong type (strings stand in double quotes, integers do not). [Output|Write|Give] its name only, or "
    "{none} if nothing is wrong. All arguments [of the signature|in it] are required[ and may come in any order|].",
    given="a tool signature and a call",
    difficulty=3,
    none=missing("ok", "valid"),
)
def argument_at_fault_in_tool_call(draw: Draw, p: Values) -> Pair:
    fault = draw.pick(("fine", "missing", "unknown", "type"))
    signature, call, culprit = _call(draw, fault)
    return (
        f"{draw.pick(('', 'signature: ', 'def ', 'tool: '))}{signature}\n{draw.pick(('', 'call: ', '-> ', '>>> '))}{call}",
        p.none if fault == "fine" else culprit,
    )
