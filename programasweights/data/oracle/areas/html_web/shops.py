"""HTML and web: shops and kinds of pages, mail headers."""

from programasweights.data.oracle.areas.html_web import _banks as banks
from programasweights.data.oracle.areas.html_web import _phrases as phrases
from programasweights.data.oracle.banks import names, prose, words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing

__all__ = ["area"]

area = Area("HTML and web")


@area.family(
    "shops and pages",
    "[decide|say] what kind of page the text comes from: {product} for a page that sells one product, {article} "
    "for a news article or blog post, {login} for a login page, {error} for an error page, {results} for a page "
    "of search results, {contact} for a "
    "contact page",
    "Text of a page -> {product} (one product for sale), {article} (news, blog), {login} (sign-in), {error} "
    "(page missing or broken), {results} (search results, even if none were found), {contact} (how to reach "
    "somebody)",
    "Our crawler stores the first [words|lines] of every page and sorts the pages by kind. Use {product} for the "
    "page of a single product in a shop, {article} for articles and posts, {login} if the visitor has to sign "
    "in, {error} if the page is missing, forbidden or broken, "
    "{results} for the results of a search, also when there are none, {contact} for contact details or a contact "
    "form.",
    given="the text of a web page",
    labels=labels(
        product=("product", "item"),
        article=("article", "post"),
        login=("login", "sign-in"),
        error=("error", "problem"),
        results=("results", "hits"),
        contact=("contact", "imprint"),
    ),
)
def kind_of_web_page(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.PAGES))
    text = draw.pick(phrases.PAGES[kind]).format(
        p=names.product(draw).capitalize(), q=names.product(draw), n=draw.randint(2, 400), o=draw.randint(401, 990), m=draw.randint(2, 9), a=names.full_name(draw), l=prose.statement(draw), h=names.domain(draw), u=f"{words.noun(draw)}-{draw.randint(2, 99)}",
        d=f"{draw.randint(1, 28)} {draw.pick(words.KINDS['month'])} {draw.randint(2015, 2025)}",
    )  # fmt: skip
    start = draw.pick(
        ("", "", f"{names.domain(draw)} | Menu | ", "Skip to content. ", "Home - About - Help. ")
    )
    return start + text, p.labels[kind]


@area.family(
    "shops and pages",
    "[find|extract] the {which} price in the product markup and write it as {form}; if there is none, "
    "[write|answer] {none}",
    "{which} price from the HTML -> {form}; {none} if [it is not there|missing]",
    "I compare prices of shops. From the HTML of an offer I need the {which} price, written as {form}. [Delivery "
    "costs and ratings are no prices of the product.|Shipping costs and ratings do not count.] When the offer "
    "[does not show it|lacks it], put {none}.",
    given="the HTML of an offer in a shop",
    which=choice({"current": "new", "present": "new", "old (crossed-out)": "old",
        "former (struck through with <del> or <s>)": "old", "present (not struck through)": "new"}),
    form=choice({
        "a plain number with a dot and two decimals (1249.50)": "{v:.2f}",
            "a number with a decimal dot, two decimals and no currency": "{v:.2f}",
            "the number followed by a space and EUR (1249.50 EUR)": "{v:.2f} EUR",
            "EUR, a space and the number with two decimals": "EUR {v:.2f}",
        "whole cents (124950)": "cents", "a number in cents": "cents",
            "a number with a decimal comma and two decimals (1249,50)": "comma",
            "€ directly before the number with two decimals (€1249.50)": "€{v:.2f}",
    }),
    none=missing(),
)  # fmt: skip
def price_in_product_markup(draw: Draw, p: Values) -> Pair:
    cents = {"new": draw.randint(299, 99999), "ship": draw.randint(290, 990)}
    cents["old"] = cents["new"] + draw.randint(100, 20000)
    has = {
        "new": not draw.chance(0.2 if p.which == "new" else 0.1),
        "old": draw.chance(0.75 if p.which == "old" else 0.5),
    }
    shown = {k: draw.pick(("{:.2f} €", "€{:.2f}", "EUR {:.2f}")).format(v / 100) for k, v in cents.items()}
    parts = [f"<h2>{names.product(draw).capitalize()}</h2>"]
    if has["old"]:
        parts.append(
            draw.pick(("<del>{}</del>", '<s class="price">{}</s>', '<del class="old">{}</del>')).format(
                shown["old"]
            )
        )
    if has["new"]:
        parts.append(
            draw.pick(
                (
                    '<span class="price">{}</span>',
                    "<ins>{}</ins>",
                    '<b class="price-now">{}</b>',
                    '<p class="price">Price: {}</p>',
                )
            ).format(shown["new"])
        )
    else:
        parts.append(
            draw.pick(("<p>Currently not available</p>", "<p>Price on request</p>", "<em>Sold out</em>"))
        )
    more = [
        f"<small>Delivery {shown['ship']}</small>",
        f"<span>Rating {draw.randint(1, 4)}.{draw.randint(1, 9)} of 5</span>",
        f"<p>Item {draw.randint(1000, 9999)}</p>",
    ]
    parts += [part for part in more if draw.chance(0.4)]
    value = cents[p.which]
    answer = {"cents": str(value), "comma": f"{value / 100:.2f}".replace(".", ",")}.get(
        p.form
    ) or p.form.format(v=value / 100)
    return draw.pick(("", "\n", "\n  ")).join(["<div>", *parts, "</div>"]), answer if has[p.which] else p.none


@area.family(
    "mail headers",
    "[extract|give] the {part} from the headers of the e-mail; if there is none, {none}",
    "{part} of the mail, headers only; {none} if [absent|not present]",
    "My mail archive needs the {part} of each message. Take it from the header lines and [copy it without "
    "changes|leave it as it is]; of an address only the part with the @, without name and angle brackets. If the "
    "headers do not contain it, [return|enter] {none}.",
    given="the header block of an e-mail",
    difficulty=1,
    part=choice({
        "bare address of the sender (From)": "from", "bare e-mail address of the sender": "from",
            "name of the sender": "sender", "bare address in the To line": "to",
            "address in Reply-To": "reply", "subject": "subject", "text of the Subject line": "subject",
        "Message-ID without angle brackets": "id", "address in the Cc line": "cc",
            "MIME content type (the part before any semicolon)": "type",
    }),
    none=missing(),
)  # fmt: skip
def value_of_mail_header(draw: Draw, p: Values) -> Pair:
    sender, host = names.first_name(draw), names.domain(draw)
    values = {
        "sender": sender, "from": names.email(draw), "to": names.email(draw), "cc": names.email(draw),
            "reply": f"{draw.pick(('office', 'support', 'noreply', 'help'))}@{host}",
            "subject": draw.pick((banks.label(draw), f"Re: {banks.label(draw)}", banks.line(draw))),
        "id": f"{draw.randint(10**6, 10**8)}.{words.noun(draw)}@{host}", "type": draw.pick(("text/plain",
            "text/html", "multipart/mixed", "multipart/alternative")),
    }  # fmt: skip
    absent = {
        part
        for part, share in (
            ("reply", 0.6),
            ("cc", 0.6),
            ("subject", 0.1),
            ("id", 0.4),
            ("type", 0.4),
            ("sender", 0.2),
        )
        if draw.chance(0.3 if part == p.part else share)
    }
    lines = {
        "from": f"From: {'' if 'sender' in absent else sender + ' '}<{values['from']}>",
            "to": draw.pick((f"To: {values['to']}", f"To: {names.first_name(draw)} <{values['to']}>")),
            "cc": f"Cc: {values['cc']}", "reply": f"Reply-To: {values['reply']}",
        "subject": f"Subject: {values['subject']}", "id": f"Message-ID: <{values['id']}>",
            "type": f"Content-Type: {values['type']}{draw.pick(('', '; charset=utf-8'))}",
    }  # fmt: skip
    text = "\n".join(draw.mix([line for part, line in lines.items() if part not in absent]))
    return text, p.none if p.part in absent else values[p.part]


@area.family(
    "mail headers",
    "[sort|judge] the e-mail by its headers: {bounce} if it reports a failed delivery (X-Failed-Recipients or "
    "report-type=delivery-status), {auto} if it is an automatic reply (Auto-Submitted: auto-replied), {bulk} if "
    "it comes from a list or newsletter "
    "(List-Unsubscribe), {person} if there is nothing of the kind",
    "Mail headers -> {bounce} (failed delivery: X-Failed-Recipients or delivery-status), {auto} (Auto-Submitted: "
    "auto-replied), {bulk} (List-Unsubscribe), {person} (none of these)",
    "Our help desk wants tickets from people only. By the headers, sort an incoming mail into {person} (nothing "
    "unusual), {auto} for automatic replies, which say Auto-Submitted: auto-replied, {bulk} for newsletters and "
    "lists, which have List-Unsubscribe, and {bounce} for delivery "
    "failures, which have X-Failed-Recipients or report-type=delivery-status. [The subject may mislead.|Do not "
    "trust the subject.]",
    given="the header block of an e-mail",
    labels=labels(
        person=("person", "human"),
        bulk=("bulk", "newsletter"),
        auto=("auto", "out of office"),
        bounce=("bounce", "failure"),
    ),
)
def origin_of_mail_by_headers(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(phrases.MAILS))
    host = names.domain(draw)
    values = {"i": draw.randint(10**5, 10**8), "h": host, "f": names.email(draw)}
    subject = draw.pick(
        (
            banks.label(draw),
            banks.line(draw),
            "Re: your message",
            "Newsletter archive question",
            "I am out of office next week, can we meet?",
            "Delivery failed?",
            "Undelivered parcel",
            "How do I unsubscribe?",
        )
    )
    lines = [
        f"From: {names.first_name(draw)} <{names.email(draw)}>",
        f"To: help@{host}",
        f"Subject: {subject}",
        *(line.format(**values) for line in draw.pick(phrases.MAILS[kind])),
    ]
    if draw.chance(0.5):
        lines.append(f"Received: from mail.{names.domain(draw)} by mx.{host}")
    return "\n".join(draw.mix(lines) if draw.chance(0.5) else lines), p.labels[kind]
