"""Names of people, places, firms and things, and contact details: invented by Faker and Mimesis, fixed pools."""

from collections.abc import Callable
from functools import cache

from faker import Faker
from mimesis import Generic
from mimesis.locales import Locale

from programasweights.data.oracle.draw import Draw

__all__ = [
    "address", "city", "company", "country", "domain", "email", "first_name", "full_name", "iban", "job",
    "last_name", "phone", "price", "product", "street", "url", "username",
]  # fmt: skip

_LOCALES = ("en_US", "en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "pt_BR", "nl_NL", "sv_SE")
_MIMESIS = (
    Locale.EN,
    Locale.EN_GB,
    Locale.DE,
    Locale.FR,
    Locale.ES,
    Locale.IT,
    Locale.PL,
    Locale.NL,
    Locale.TR,
)


@cache
def _faker(locale: str) -> Faker:
    return Faker(locale)


@cache
def _pool(kind: str, size: int = 1500, english: bool = False) -> tuple[str, ...]:
    """A fixed pool of different texts from one of Faker's methods, from several countries."""
    locales: tuple[str, ...] = ("en_US", "en_GB") if english else _LOCALES
    if kind == "city":
        # Faker draws Italian towns from a set, in an order that differs from run to run.
        locales = tuple(locale for locale in locales if locale != "it_IT")
    for locale in locales:
        # A pool must not depend on which pools were made before it.
        _faker(locale).seed_instance(20_011)
    made = (str(getattr(_faker(locales[n % len(locales)]), kind)()) for n in range(size))
    return tuple(dict.fromkeys(text.replace("\n", ", ") for text in made))


@cache
def _mimesis_pool(make: Callable[[Generic], str], size: int = 600) -> tuple[str, ...]:
    generics = [Generic(locale, seed=20_011) for locale in _MIMESIS]
    return tuple(dict.fromkeys(make(generics[n % len(generics)]) for n in range(size)))


def _mimesis_last_name(generic: Generic) -> str:
    return str(generic.person.last_name())


def _mimesis_city(generic: Generic) -> str:
    return str(generic.address.city())


def first_name(draw: Draw) -> str:
    """A given name, such as `Marta`."""
    return draw.pick(_pool("first_name"))


def last_name(draw: Draw) -> str:
    """A family name; may hold a hyphen or a space."""
    if draw.chance(0.3):
        return draw.pick(_mimesis_pool(_mimesis_last_name))
    return draw.pick(_pool("last_name"))


def full_name(draw: Draw) -> str:
    """Given and family name, without titles."""
    return f"{first_name(draw)} {last_name(draw)}"


def city(draw: Draw) -> str:
    """A town."""
    return draw.pick(_mimesis_pool(_mimesis_city)) if draw.chance(0.5) else draw.pick(_pool("city"))


def country(draw: Draw) -> str:
    """A country, in English."""
    return draw.pick(_pool("country", 400, english=True))


def company(draw: Draw) -> str:
    """A firm, such as `Hill, Wood and Sons`."""
    return draw.pick(_pool("company"))


def job(draw: Draw) -> str:
    """An occupation, in English and lower case."""
    return draw.pick(_pool("job", 600, english=True)).lower()


def street(draw: Draw) -> str:
    """House number and street, in the English order."""
    return draw.pick(_pool("street_address", english=True))


def address(draw: Draw) -> str:
    """A whole address on one line."""
    return draw.pick(_pool("address"))


def username(draw: Draw) -> str:
    """A user name, such as `kira_94`."""
    return draw.pick(_pool("user_name"))


def domain(draw: Draw) -> str:
    """A host name."""
    return draw.pick(_pool("domain_name"))


def email(draw: Draw) -> str:
    """An e-mail address in lower case."""
    return f"{username(draw)}{draw.pick(('', '', '.', '+news', '_x'))}".rstrip(".") + "@" + domain(draw)


def url(draw: Draw) -> str:
    """A web address with scheme, perhaps with path and query."""
    path = draw.pick(
        ("", "/", "/about", "/p/{}", "/docs/v{}/index.html", "/search?q={}", "/item/{}?ref=mail")
    )
    scheme = draw.pick(("https", "https", "http"))
    return f"{scheme}://{draw.pick(('', 'www.', 'shop.', 'm.'))}{domain(draw)}{path.format(draw.randint(2, 9999))}"


def phone(draw: Draw) -> str:
    """A telephone number in one of many forms; always at least nine digits."""
    a, b, c = draw.randint(200, 989), draw.randint(200, 999), draw.randint(1000, 9999)
    form = draw.pick(
        ("{}-{}-{}", "({}) {}-{}", "+1 {} {} {}", "{}.{}.{}", "+44 {} {} {}", "0{} {} {}", "+1-{}-{}-{}")
    )
    return form.format(a, b, c)


def iban(draw: Draw) -> str:
    """A bank account number in the international form, without spaces."""
    return draw.pick(_pool("iban", 400))


def product(draw: Draw) -> str:
    """A thing that shops sell, such as `folding bicycle`."""
    return f"{draw.pick(_MADE)}{draw.pick(_PRODUCTS)}"


def price(draw: Draw) -> float:
    """An amount of money with two decimals, between 0.5 and 5000, often ending in 99."""
    whole = draw.pick((draw.randint(1, 20), draw.randint(5, 300), draw.randint(100, 4999)))
    return whole + draw.pick((0.0, 0.5, 0.99, 0.95, 0.49, draw.randint(0, 99) / 100))


_MADE = ("", "", "", "wireless ", "folding ", "stainless steel ", "wooden ", "kids' ", "second-hand ", "mini ",
         "waterproof ", "electric ", "organic ", "vintage ", "foldable ", "rechargeable ")  # fmt: skip
_PRODUCTS = (
    "headphones", "desk lamp", "coffee maker", "backpack", "bicycle", "office chair", "water bottle", "keyboard",
    "phone case", "running shoes", "tent", "blender", "alarm clock", "rain jacket", "toaster", "kettle", "monitor",
    "yoga mat", "suitcase", "camera", "frying pan", "notebook", "umbrella", "router", "vacuum cleaner", "guitar",
    "sleeping bag", "bookshelf", "mattress", "wallet", "watch", "drill", "hair dryer", "board game", "scarf",
    "printer", "tablet", "charger", "rice cooker", "garden hose", "helmet", "sofa", "speaker", "sunglasses",
)  # fmt: skip
