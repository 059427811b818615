"""The touchpoints of Billing: what is billed and paid."""

from cxhub.demo.touchpoints.spots import Spot

SPOTS = (
    Spot(
        "finance",
        "Instalment plan",
        "Web account",
        3,
        4,
        "You see the whole cost before you sign.",
        "Pay in 12, 24 or 60 parts.",
        "Billing system",
    ),
    Spot(
        "first_bill",
        "First bill",
        "E-mail",
        5,
        5,
        "It matches the quote, to the cent.",
        "The first bill, with each line explained.",
        "Billing system",
        is_moment=True,
    ),
    Spot(
        "bill",
        "Monthly bill",
        "Web account",
        4,
        4,
        "On the same day each month.",
        "Use, price, sum, how it compares.",
        "Billing system",
    ),
    Spot(
        "payment",
        "Payment",
        "Web account",
        3,
        5,
        "Any usual way, no fee.",
        "Card, debit or transfer.",
        "Billing system",
    ),
)
