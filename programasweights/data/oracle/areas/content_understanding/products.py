"""Content understanding: product texts and change logs."""

from programasweights.data.oracle.areas.content_understanding._banks import edges
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, missing, separator

__all__ = ["area"]

area = Area("Content understanding")

_GADGETS = (
    "headphones", "bike lamp", "drill", "speaker", "camera", "hair dryer", "watch", "tablet", "torch", "shaver",
    "toothbrush", "mouse", "keyboard", "e-reader", "blender", "vacuum cleaner", "radio", "power bank", "scooter",
    "doorbell", "weather station", "toy robot", "microphone", "milk frother", "heated vest",
)  # fmt: skip
_SPECS = {
    "weight": ("It weighs {}.", "Weight: {}.", "At {} it is easy to carry."),
    "colour": ("It comes in {}.", "Colour: {}.", "The colour is {}."),
    "material": ("It is made of {}.", "Material: {}.", "The body is {}."),
    "warranty": ("{} of warranty.", "You get {} of warranty.", "Warranty: {}."),
    "battery": ("The battery lasts {}.", "Battery life: {}.", "One charge is enough for {}."),
}


@area.family(
    "products and releases",
    "[write|give] {keys} of the product {form}, in this order, separated by {separator}, with the values as in "
    "the text; write {none} as the "
    "value of what is not stated",
    "Product text -> {keys} {form}, this order, {separator} between. [Unstated value|Value not in the text]: {none}",
    "My shop's table needs {keys} of every item, {form}, always in that order and with {separator} between the "
    "entries. Copy the values "
    "from the description[, units included|]; where it is silent, the value is {none}.",
    given="a product description",
    difficulty=3,
    keys=choice(
        {
            "weight, colour and warranty": ("weight", "colour", "warranty"),
            "colour and material": ("colour", "material"),
            "material and weight": ("material", "weight"),
            "battery, weight and colour": ("battery", "weight", "colour"),
            "warranty and battery": ("warranty", "battery"),
            "warranty, material and colour": ("warranty", "material", "colour"),
        }
    ),
    form=choice(
        {
            "as key=value": "{}={}",
            "as 'key: value'": "{}: {}",
            "as key:value": "{}:{}",
            "as 'value (key)'": "{1} ({0})",
        }
    ),
    separator=choice({"semicolons": "; ", "line breaks": "\n", "commas": ", ", '" | "': " | "}),
    none=missing("?"),
)
def spec_sheet_from_description(draw: Draw, p: Values) -> Pair:
    values = {
        "weight": draw.pick(("{}0 g", "{}.5 kg", "{} kg", "{}5 grams")).format(draw.randint(2, 60)),
        "colour": draw.pick(
            (
                "navy blue",
                "black",
                "forest green",
                "white",
                "silver",
                "dark red",
                "sand",
                "light grey",
                "orange",
            )
        ),
        "material": draw.pick(
            (
                "oak",
                "stainless steel",
                "recycled plastic",
                "cotton",
                "aluminium",
                "bamboo",
                "glass",
                "leather",
                "felt",
            )
        ),
        "warranty": draw.pick(("two years", "3 years", "12 months", "24 months", "five years", "6 months")),
        "battery": draw.pick(("{} hours", "{} days", "about {} hours", "up to {} hours")).format(
            draw.randint(3, 60)
        ),
    }
    told = [k for k in values if draw.chance(0.75)]
    parts = [draw.pick(_SPECS[k]).format(values[k]) for k in told]
    parts += draw.some(("Our bestseller!", f"Ships within {draw.randint(2, 9)} days.", "Designed in Denmark.",
        f"Rated {draw.randint(3, 5)} stars.",
                        f"Model {draw.pick('ABKX')}{draw.randint(10, 999)}.", "A lovely gift."), 0, 2)  # fmt: skip
    parts = draw.mix([s[0].upper() + s[1:] for s in parts])
    text = draw.pick(
        ("The {} you were waiting for.", "New: {}.", "{} for every day.", "Meet our {}.")
    ).format(
        draw.pick(("", "", "new ", "mini ", "folding ", "waterproof ", "classic ")) + draw.pick(_GADGETS)
    )
    filled = [p.form.format(k, values[k] if k in told else p.none) for k in p.keys]
    return edges(draw, text[0].upper() + text[1:] + " " + " ".join(parts)), p.separator.join(filled)


_SIGNS = {
    "added": ("Added: {}", "New: {}", "[added] {}", "+ {}", "ADD {}"),
    "fixed": ("Fixed: {}", "Bug fix: {}", "[fixed] {}", "Fix for {}", "FIX {}"),
    "removed": ("Removed: {}", "Dropped: {}", "[removed] {}", "No longer there: {}", "REMOVE {}"),
}
_OBJECTS = {
    "added": ("dark mode", "export to CSV", "search in messages", "Danish translation", "keyboard shortcuts",
    "two-factor login", "map view",
              "undo button", "voice notes", "calendar sync"),
    "fixed": ("crash on start", "wrong totals in reports", "blurry icons", "login loop", "memory leak",
    "broken links in mails", "slow scrolling",
              "typo in the menu", "lost drafts", "time zone error"),
    "removed": ("old settings page", "fax support", "Flash player", "beta banner", "guest accounts",
    "XML export", "sidebar ads",
                "daily digest", "legacy theme", "sound effects"),
}  # fmt: skip


@area.family(
    "products and releases",
    "list what was {kind} according to the change log, [without the word or sign in front|leaving out the "
    "marker before it], in order, separated "
    "by {separator}; {none} if nothing was",
    "Change log -> items that were {kind}, marker stripped, {separator} between; [nothing|none] of that kind: {none}",
    "For the release mail I only need the points of the change log that were {kind}. Leave out dates, version "
    "numbers and the marker in front "
    "of the point, keep the order, divide them by {separator}, and write {none} if the log has no such point.",
    given="a change log",
    kind=choice(
        {
            "added": "added",
            "newly introduced (a leading + means added)": "added",
            "fixed": "fixed",
            "repaired (bug fixes)": "fixed",
            "removed": "removed",
            "taken out of the product": "removed",
        }
    ),
    separator=separator(),
    none=missing(),
)
def change_log_items_of_a_kind(draw: Draw, p: Values) -> Pair:
    count = draw.randint(2, 6)
    kinds = [
        draw.pick((*_SIGNS, p.kind)) if draw.chance(0.8) else draw.pick([k for k in _SIGNS if k != p.kind])
        for _ in range(count)
    ]
    if draw.chance(0.15):
        kinds = [k for k in kinds if k != p.kind] or ["fixed" if p.kind != "fixed" else "added"]
    style = draw.randrange(5)
    lines, found = [], []
    pools = {k: draw.mix(v) for k, v in _OBJECTS.items()}
    for kind in kinds:
        item = pools[kind].pop()
        lines.append(
            (_SIGNS[kind][style] if draw.chance(0.7) or style == 3 else draw.pick(_SIGNS[kind][:3])).format(
                item
            )
        )
        found += [item] if kind == p.kind else []
    head = draw.pick(("", "", "v{a}.{b}\n", "Release {a}.{b}.{c}\n", "## {a}.{b}\n")).format(
        a=draw.randint(1, 9), b=draw.randint(0, 20), c=draw.randint(0, 9)
    )
    mark = draw.pick(("", "- ", "* ")) if style != 3 else ""
    return head + "\n".join(mark + line for line in lines), p.separator.join(found) or p.none
