"""Integration with code: conditions and sorting from plain words."""

from programasweights.data.oracle.areas.code_integration._banks import asked
from programasweights.data.oracle.banks import words
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, number, token

__all__ = ["area"]

area = Area("Integration with code")

_TOWNS = "Oslo Madrid Rome Vienna Lisbon Dublin Athens Prague Tokyo Nairobi Lima Cairo Warsaw Berlin Hanoi Ghent Porto Leeds Turin Basel".split()
_STATES = "open paid shipped cancelled returned refunded".split()
_COMPARED = (("more than {n}", ">"), ("over {n}", ">"), ("at least {n}", ">="), ("{n} or more", ">="), ("less than {n}", "<"), ("under {n}", "<"),
             ("at most {n}", "<="), ("no more than {n}", "<="), ("exactly {n}", "="))  # fmt: skip
_LISTS = (
    "show me all orders",
    "which orders are there",
    "find orders",
    "give me the orders",
    "list orders",
    "I need the orders",
    "orders",
    "all orders",
    "get every order",
)


@area.family(
    "requests and queries",
    "write the condition of an SQL WHERE clause for the request (without the word WHERE). Columns: {total} for the amount, {city} for the customer's town, {status} for the state of the order. "
    "[One condition for each criterion, in the order of the request|Keep the order of the request], joined by AND or OR as the request says; text in single quotes, spaces around operators, {unequal} for 'not'",
    "Orders request to WHERE condition, no WHERE. Columns {total} (amount), {city} (town), {status} (state). [Request's order|In order], AND/OR; 'text' in single quotes; 'not' = {unequal}; [one space on either side of an operator|operators with spaces around them]",
    "I [want|would like] to let our sales people query the orders table in plain English. The columns are {total} (a number, the amount), {city} (text, the town) and {status} (text, in lower case such as paid). From a request, produce what follows WHERE: column, space, operator, space, value for each "
    "criterion in the order in which they are said, with AND or OR between them as the sentence has it. Put text in single quotes and keep its spelling, and use {unequal} when something is excluded.",
    given="a request for orders",
    difficulty=3,
    total=token("total", "amount", "sum_eur", "price", "order_value"),
    city=token("city", "town", "customer_city", "location"),
    status=token("status", "state", "order_status", "stage"),
    unequal=choice("<>", "!="),
)
def sql_condition_for_orders(draw: Draw, p: Values) -> Pair:
    said, made = [], []
    for column in draw.some(("total", "city", "status"), 1, 3):
        name = getattr(p, column)
        if column == "total":
            words_, operator = draw.pick(_COMPARED)
            amount = draw.pick((draw.randint(2, 99), draw.randint(1, 40) * 50))
            said.append(
                draw.pick(("for {x} euros", "worth {x} euros", "with an amount of {x}")).format(
                    x=words_.format(n=amount)
                )
            )
            made.append(f"{name} {operator} {amount}")
            continue
        value = draw.pick(_TOWNS if column == "city" else _STATES)
        negative = draw.chance(0.25)
        form = {
            ("city", False): ("from {v}", "by customers in {v}", "from our customers in {v}"),
            ("city", True): ("not from {v}", "by customers who are not in {v}", "from anywhere but {v}"),
            ("status", False): ("that are {v}", "which are {v}", "with the state {v}"),
            ("status", True): ("that are not {v}", "which aren't {v}", "with any state except {v}"),
        }[column, negative]
        said.append(draw.pick(form).format(v=value))
        made.append(f"{name} {p.unequal if negative else '='} '{value}'")
    word = draw.pick(("and", "and", "or"))
    text = draw.pick(_LISTS) + " " + f" {word} ".join(said)
    return asked(draw, text), f" {word.upper()} ".join(made)


_ORDERS = {
    "price": (("cheapest", 1), ("most expensive", -1), ("least expensive", 1), ("priciest", -1)),
    "created": (("newest", -1), ("oldest", 1), ("latest", -1), ("most recently added", -1)),
    "rating": (("best rated", -1), ("worst rated", 1), ("top rated", -1), ("lowest rated", 1)),
    "weight": (("heaviest", -1), ("lightest", 1)),
    "sales": (("best selling", -1), ("most often sold", -1), ("least sold", 1)),
}  # fmt: skip
_SORT_FORMS = {
    "ORDER BY price ASC LIMIT 5 (ASC or DESC)": ("ORDER BY {c} {d} LIMIT {n}", ("ASC", "DESC")), "sort=price:asc&limit=5 (asc or desc)": ("sort={c}:{d}&limit={n}", ("asc", "desc")),
    "sort=price&limit=5, with a minus before the column if the largest comes first": ("sort={d}{c}&limit={n}", ("", "-")),
    "price asc 5 (asc or desc)": ("{c} {d} {n}", ("asc", "desc")), 'order_by("price", "up", 5) ("up" or "down")': ('order_by("{c}", "{d}", {n})', ("up", "down")),
}  # fmt: skip
_WARES = "laptops tents kettles bikes helmets chairs lamps backpacks phones printers books drills mugs scarves boots".split()


@area.family(
    "requests and queries",
    "[write|give] the sorting that the request asks for, in the form {form}. [Columns are|The columns are] price, created (date of entry), rating, weight and sales; if no number of items is said, take {count}",
    "Request -> sorting, form: {form}. Columns: price / created (when it was entered) / rating / weight / sales. [Number not said|No number]: {count}",
    "The list view of our shop can be sorted by one column: price, created (the date when an article was entered), rating, weight or sales (pieces sold). Customers ask for things like the three lightest tents. [Express|Write] this in the form {form}; "
    "the number at the end is how many articles to show, {count} if they do not say how many.",
    given="a customer's request for articles",
    form=choice(_SORT_FORMS),
    count=number(4, 60),
)
def sorting_for_a_list_view(draw: Draw, p: Values) -> Pair:
    column = draw.pick(tuple(_ORDERS))
    said, direction = draw.pick(_ORDERS[column])
    count = draw.pick((None, *range(2, 13), 20, 25, 50))
    shown = (
        ""
        if count is None
        else (words.number_word(count) if count <= 12 and draw.chance(0.5) else str(count)) + " "
    )
    text = draw.pick(
        (
            "show me the {n}{s} {x}",
            "what are the {n}{s} {x}",
            "the {n}{s} {x}",
            "I want to see your {n}{s} {x}",
            "list the {n}{s} {x} you have",
            "find the {n}{s} {x}",
        )
    )
    text = text.format(n=shown, s=said, x=draw.pick(_WARES))
    form, (up, down) = p.form
    return asked(draw, text), form.format(
        c=column, d=up if direction == 1 else down, n=p.count if count is None else count
    )
