"""The touchpoints of Marketing: what wins attention, and keeps it."""

from cxhub.demo.touchpoints.spots import Spot

SPOTS = (
    Spot(
        "ad",
        "Savings campaign",
        "Advertising",
        2,
        4,
        "We show what you save, with our sums.",
        "An advert that compares gas and heat pump bills.",
        "Campaign manager",
    ),
    Spot(
        "newsletter",
        "Energy newsletter",
        "E-mail",
        2,
        3,
        "Once a month, and useful.",
        "Tips for the season and what is new.",
        "Campaign manager",
    ),
    Spot(
        "reviews",
        "Customer reviews",
        "Website",
        4,
        3,
        "We show them all, good and bad.",
        "What neighbours say a year later.",
        "Website",
    ),
    Spot(
        "fair",
        "Home fair stand",
        "Event",
        2,
        2,
        "You can touch one and ask a fitter.",
        "A running heat pump and people who know it.",
    ),
    Spot(
        "pack",
        "Welcome pack",
        "Post",
        2,
        2,
        "One page that you keep.",
        "Guarantee, numbers to call, a filter.",
    ),
    Spot(
        "refer",
        "Recommend us",
        "App",
        2,
        4,
        "Both of you get the same.",
        "A link for a neighbour.",
        "App",
    ),
)
