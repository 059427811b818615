"""The eight journeys: three mapped step by step, five honest outlines that say what is not known yet."""

from typing import NamedTuple

from journeys.models import Map

Level, Dimension = Map.Level, Map.Dimension
Step = tuple[str, tuple[str, ...]]


class Stage(NamedTuple):
    name: str
    phase: str
    steps: tuple[Step, ...]
    """What the customer does, and the touchpoints met there."""


class Drawn(NamedTuple):
    key: str
    title: str
    scenario: str
    owner: str
    sponsor: str
    level: str
    dimension: str
    stages: tuple[Stage, ...]
    personas: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


PERSONAS = {
    "Nadia, first-time owner": "Bought an old house last year. Wants no surprises, and a person to ask.",
    "The Berger family": "Two children, gas boiler of 1998. Counts every euro and reads every line.",
    "Otto, retired engineer": "Knows what a pump does. Wants figures, dates and the fitter's name.",
}
PRODUCTS = {"Larch heat pump": "Air to water, 5 to 12 kW.", "Larch thermostat": "Connected, learns the house."}
PUMP, STAT = tuple(PRODUCTS)
NADIA, BERGER, OTTO = tuple(PERSONAS)

JOURNEYS = (
    Drawn(
        "installed",
        "I get my heat pump installed",
        "The order is signed. The old boiler still runs, winter is coming, and the house must be ready.",
        "jo",
        "hanna",
        Level.MACRO,
        Dimension.CUSTOMER_BUSINESS,
        (
            Stage(
                "Deciding",
                "Buy",
                (
                    ("I compare the quote with my savings", ("quote", "finance")),
                    ("I apply for the grant", ("subsidy",)),
                    ("I sign", ("order", "order_mail")),
                ),
            ),
            Stage(
                "Agreeing the day",
                "Start",
                (
                    ("I wait for a date", ()),
                    ("Somebody calls to agree the day", ("confirm",)),
                    ("I am reminded", ("reminder",)),
                ),
            ),
            Stage(
                "Installation",
                "Start",
                (
                    ("The fitters come", ("visit",)),
                    ("They tidy up", ("tidy",)),
                    ("They show me how it works", ("handover", "pack")),
                ),
            ),
            Stage(
                "First weeks",
                "Use",
                (
                    ("I connect app and thermostat", ("app_first", "thermostat")),
                    ("I get my first bill", ("first_bill",)),
                ),
            ),
        ),
        (NADIA, BERGER),
        (PUMP,),
    ),
    Drawn(
        "help",
        "I need help with my heating",
        "Something beeps, or it is cold. The customer wants warmth first and reasons later.",
        "tom",
        "piet",
        Level.MACRO,
        Dimension.PRODUCT_AND_SERVICE,
        (
            Stage(
                "Looking for it myself", "Get help", (("I look it up", ("help_pages",)), ("I ask the chat", ("chat",)))
            ),
            Stage(
                "Telling you",
                "Get help",
                (("I call", ("hotline",)), ("I report it in the app", ("fault",)), ("I write", ("mail_help",))),
            ),
            Stage(
                "Getting it repaired",
                "Get help",
                (("A fitter comes", ("repair",)), ("You ask whether it is warm", ("after_repair",))),
            ),
            Stage("When it went wrong", "Get help", (("I complain", ("complaint",)),)),
        ),
        (BERGER, OTTO),
        (PUMP, STAT),
    ),
    Drawn(
        "choose",
        "I choose how to heat my home",
        "The boiler is old, the neighbours talk about heat pumps. Nobody wants to be the one who chose wrong.",
        "mara",
        "hanna",
        Level.MACRO,
        Dimension.CUSTOMER_ENGAGEMENT,
        (
            Stage(
                "Getting curious",
                "Discover",
                (("I see what others save", ("ad", "newsletter")), ("I see one running", ("fair",))),
            ),
            Stage(
                "Doing my sums",
                "Choose",
                (("I read about it", ("site", "reviews")), ("I work out my saving", ("calculator",))),
            ),
            Stage(
                "Asking a person",
                "Choose",
                (
                    ("I ask for a call", ("callback",)),
                    ("I talk it through", ("advice",)),
                    ("You look at my house", ("survey",)),
                ),
            ),
            Stage("Deciding", "Buy", (("I get one price", ("quote",)),)),
        ),
        (NADIA, OTTO),
        (PUMP,),
    ),
    Drawn(
        "bill",
        "I pay for my heating",
        "Outline. Known from bills and calls; nobody has asked customers yet.",
        "bea",
        "piet",
        Level.MICRO,
        Dimension.CUSTOMER_BUSINESS,
        (
            Stage("The bill comes", "Use", (("I read it", ("bill",)),)),
            Stage("I pay", "Use", (("I pay it", ("payment",)),)),
            Stage("I do not understand it", "Get help", (("I call", ("bill_call",)),)),
        ),
        (BERGER,),
    ),
    Drawn(
        "thermostat",
        "I use my thermostat every day",
        "Outline. Pairing is mapped, living with it is a guess.",
        "dev",
        "piet",
        Level.MICRO,
        Dimension.PRODUCT_AND_SERVICE,
        (
            Stage("Setting up", "Start", (("I pair it", ("thermostat",)),)),
            Stage("Every day", "Use", (("I look at my use", ("usage",)), ("I get a tip", ("tips",)))),
        ),
        (OTTO,),
        (STAT,),
    ),
    Drawn(
        "check",
        "I have my yearly check",
        "Outline. The check itself is known, what leads to it is not.",
        "finn",
        "hanna",
        Level.MICRO,
        Dimension.PRODUCT_AND_SERVICE,
        (
            Stage("Being invited", "Renew", (("I choose a day", ()),)),
            Stage("The check", "Renew", (("The fitter comes", ("service_plan",)),)),
        ),
        (),
        (PUMP,),
    ),
    Drawn(
        "moving",
        "I move house",
        "Outline. About 40 customers a month; first interviews are planned.",
        "carla",
        "",
        Level.MACRO,
        Dimension.CUSTOMER_BUSINESS,
        (
            Stage("Telling you", "Use", (("I say that I move", ("move",)),)),
            Stage("The new home", "Use", (("I sign in again", ()),)),
        ),
    ),
    Drawn(
        "stay",
        "I stay, and recommend you",
        "Outline. What the offers say is known, why people stay is not.",
        "mara",
        "hanna",
        Level.MACRO,
        Dimension.CUSTOMER_ENGAGEMENT,
        (
            Stage("The offer", "Renew", (("I get an offer", ("renewal",)),)),
            Stage("Telling a neighbour", "Renew", (("I send a link", ("refer",)),)),
        ),
    ),
)
