"""Ten everyday specs and twenty inputs for each, written by hand for benchmarks/peer_sdk.py."""

__all__ = ["TASKS"]

_MESSAGES = """The server is down and customers cannot pay!
Could you send me the slides when you have a minute?
Thank you so much, the new chairs are wonderful.
My parcel arrived with a broken lid and two cups missing.
Just a reminder that the office is closed on Friday.
I have been charged twice for the same order.
Where can I change my delivery address?
The app crashes every time I open the settings.
Great work on the launch, everyone.
We need the signed contract by noon today or the deal is off.
Please cancel my subscription at the end of the month.
The heating in room 12 makes a strange noise.
I love the colour, but the sleeves are too short.
Is the museum open on public holidays?
Someone has logged into my account from another country.
The invoice for March is attached.
Your driver was rude and left the box in the rain.
No rush, but the printer is low on toner.
Can I pay with a gift card?
Everything works again after the update, thanks!""".splitlines()

_PEOPLE = """Maria Lopez, 34, nurse from Valencia
Tom Baker, 51, baker from Leeds
Aiko Tanaka, 28, engineer from Osaka
Jean Dupont, 45, teacher from Lyon
Olga Petrova, 39, chemist from Kazan
Ahmed Hassan, 62, driver from Cairo
Lena Fischer, 23, student from Bremen
Paul Okafor, 30, lawyer from Lagos
Ines Costa, 57, painter from Porto
Mark Jensen, 41, carpenter from Aarhus
Sofia Rossi, 36, cook from Turin
David Cohen, 48, pilot from Haifa
Priya Nair, 27, designer from Kochi
Carlos Mendez, 53, farmer from Leon
Emma Wilson, 19, cashier from Perth
Igor Novak, 44, plumber from Brno
Fatima Zahra, 33, judge from Rabat
Liam Murphy, 60, fisherman from Cork
Chen Wei, 26, analyst from Wuhan
Anna Kowalska, 38, doctor from Gdansk""".splitlines()

_NEWS = """The home team won the final after extra time
Parliament votes on the new tax law tonight
Scientists find water under the surface of a distant moon
The central bank raises interest rates again
A young runner breaks the marathon record
The minister resigns after weeks of protest
New telescope sends its first pictures
Shares of the car maker fall by ten percent
The striker signs a contract for four years
Mayors of three cities meet to discuss housing
Researchers teach a robot to fold shirts
Oil prices reach their highest level this year
The swimmer takes her third gold medal
The president visits the flooded region
A vaccine against malaria passes its last trial
Two airlines announce their merger
The coach is fired after five defeats
Voters go to the polls on Sunday
Engineers test a battery that charges in a minute
The supermarket chain closes forty shops""".splitlines()

_WORDS = """apple
table
river
window
candle
garden
winter
bottle
music
doctor
orange
school
mountain
paper
kitchen
summer
letter
bridge
village
teacher""".splitlines()

_ORDERS = """Order 4821: 2 lamps, 59.90 EUR, ship to Berlin
Order 1177: 1 desk, 210.00 EUR, ship to Vienna
Order 9034: 6 mugs, 42.00 EUR, ship to Madrid
Order 5566: 3 shirts, 75.50 EUR, ship to Rome
Order 2390: 1 bicycle, 480.00 EUR, ship to Paris
Order 7718: 4 chairs, 316.00 EUR, ship to Prague
Order 3045: 10 pens, 12.50 EUR, ship to Oslo
Order 8862: 2 tents, 199.80 EUR, ship to Dublin
Order 6401: 5 books, 64.95 EUR, ship to Athens
Order 1209: 1 carpet, 149.00 EUR, ship to Lisbon
Order 9987: 8 plates, 56.00 EUR, ship to Warsaw
Order 4410: 2 mirrors, 88.20 EUR, ship to Zurich
Order 7153: 1 piano, 2300.00 EUR, ship to Munich
Order 3672: 12 candles, 30.00 EUR, ship to Helsinki
Order 5028: 3 clocks, 101.70 EUR, ship to Brussels
Order 8245: 7 towels, 69.30 EUR, ship to Naples
Order 6930: 1 sofa, 650.00 EUR, ship to Hamburg
Order 2584: 2 kettles, 71.98 EUR, ship to Geneva
Order 1391: 9 glasses, 40.50 EUR, ship to Milan
Order 7006: 4 pillows, 92.00 EUR, ship to Lyon""".splitlines()

TASKS: tuple[tuple[str, tuple[tuple[str, str], ...], list[str]], ...] = (
    (
        "Is the message urgent? Answer urgent or normal.",
        (("Fire alarm in building B!", "urgent"), ("See you at lunch tomorrow.", "normal")),
        _MESSAGES,
    ),
    (
        "Say whether the writer is happy or unhappy. Answer with one word.",
        (("What a lovely day we had.", "happy"), ("This is the worst soup ever.", "unhappy")),
        _MESSAGES,
    ),
    (
        "Return the person's first name.",
        (("Peter Smith, 40, cook from Dover", "Peter"), ("Rosa Diaz, 22, clerk from Quito", "Rosa")),
        _PEOPLE,
    ),
    (
        "Return the city that the person comes from.",
        (("Peter Smith, 40, cook from Dover", "Dover"), ("Rosa Diaz, 22, clerk from Quito", "Quito")),
        _PEOPLE,
    ),
    (
        "Which section does the headline belong to: sport, politics, science or business?",
        (
            ("The goalkeeper saves two penalties", "sport"),
            ("Senators debate the budget", "politics"),
            ("Bees can count to four, study says", "science"),
            ("The bank opens fifty branches", "business"),
        ),
        _NEWS,
    ),
    (
        "Write the headline in capital letters.",
        (
            ("Rain expected in the north", "RAIN EXPECTED IN THE NORTH"),
            ("Bus strike ends", "BUS STRIKE ENDS"),
        ),
        _NEWS,
    ),
    (
        "Return the first letter of the word.",
        (("house", "h"), ("lion", "l"), ("yellow", "y")),
        _WORDS,
    ),
    (
        "Write the plural of the English noun.",
        (("cat", "cats"), ("box", "boxes"), ("city", "cities")),
        _WORDS,
    ),
    (
        "Return the order number only.",
        (
            ("Order 1000: 1 hat, 9.00 EUR, ship to Graz", "1000"),
            ("Order 2718: 5 forks, 8.00 EUR, ship to Bern", "2718"),
        ),
        _ORDERS,
    ),
    (
        "Return the amount with its currency.",
        (
            ("Order 1000: 1 hat, 9.00 EUR, ship to Graz", "9.00 EUR"),
            ("Order 2718: 5 forks, 8.00 EUR, ship to Bern", "8.00 EUR"),
        ),
        _ORDERS,
    ),
)
"""(spec, examples, inputs)."""
