"""How well each stage of the eight journeys is supported: what was looked at, and what is only assumed."""

from journeys.models import Evidence

ASSUMED = (Evidence.ASSUMPTION, "")
BY_STAGE: dict[tuple[str, str], tuple[str, str]] = {
    ("installed", "Deciding"): (Evidence.REASONED, "Notes of 40 advice calls"),
    ("installed", "Agreeing the day"): (Evidence.VALIDATED, "64 complaints read, 12 customers called"),
    ("installed", "Installation"): (Evidence.VALIDATED, "The survey after each visit"),
    ("installed", "First weeks"): (Evidence.ASSUMPTION, "A workshop of our own; no customer asked yet"),
    ("help", "Looking for it myself"): (Evidence.REASONED, "What people search on the help pages"),
    ("help", "Telling you"): (Evidence.VALIDATED, "A week beside the hotline"),
    ("help", "Getting it repaired"): (Evidence.VALIDATED, "15 fitters asked, and the survey after a repair"),
    ("help", "When it went wrong"): (Evidence.REASONED, "Complaints of a quarter"),
    ("choose", "Getting curious"): (Evidence.REASONED, "Figures of the campaigns"),
    ("choose", "Doing my sums"): (Evidence.VALIDATED, "8 people watched at the calculator"),
    ("choose", "Asking a person"): (Evidence.VALIDATED, "20 interviews after the survey at home"),
    ("choose", "Deciding"): (Evidence.REASONED, "Why quotes were turned down"),
    ("bill", "The bill comes"): (Evidence.REASONED, "What callers say"),
    ("bill", "I pay"): (Evidence.REASONED, "Figures of the billing system"),
    ("bill", "I do not understand it"): (Evidence.REASONED, "What callers say"),
    ("thermostat", "Setting up"): (Evidence.REASONED, "Tickets about pairing"),
    ("thermostat", "Every day"): ASSUMED,
    ("check", "Being invited"): ASSUMED,
    ("check", "The check"): (Evidence.REASONED, "The fitters' checklist"),
    ("moving", "Telling you"): ASSUMED,
    ("moving", "The new home"): ASSUMED,
    ("stay", "The offer"): (Evidence.REASONED, "The offers that were sent"),
    ("stay", "Telling a neighbour"): ASSUMED,
}
