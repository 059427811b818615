"""What people wrote beside the steps of the journeys that are mapped step by step: feelings, and the work behind."""

LANES: dict[str, dict[str, dict[str, str]]] = {
    "installed": {
        "emotions": {
            "I compare the quote with my savings": "1",
            "I apply for the grant": "-1",
            "I sign": "1",
            "I wait for a date": "-2//0",
            "Somebody calls to agree the day": "1",
            "I am reminded": "1",
            "The fitters come": "0/1",
            "They tidy up": "2",
            "They show me how it works": "2/1",
            "I connect app and thermostat": "-1//1",
            "I get my first bill": "0",
        },
        "frontstage": {
            "I apply for the grant": "An adviser fills in the form with the customer.",
            "Somebody calls to agree the day": "A planner calls and offers two days.",
            "The fitters come": "Two fitters introduce themselves and walk through the house first.",
            "They tidy up": "The old boiler leaves the house the same day.",
            "They show me how it works": "One fitter stays half an hour for questions.",
        },
        "backstage": {
            "I compare the quote with my savings": "Sales checks the survey of the house against the quote.",
            "I apply for the grant": "The form waits for the energy adviser's signature.",
            "I wait for a date": "Planning waits for the grid operator's permit, then for a free crew.",
            "Somebody calls to agree the day": "The planner reserves crew, lift and pump.",
            "The fitters come": "The warehouse packs the pump the evening before.",
            "I get my first bill": "Billing reads the meter and compares it with the quote.",
        },
        "support": {
            "I apply for the grant": "The bank that pays the grant.",
            "I wait for a date": "The grid operator.",
            "The fitters come": "The partner's crews, the carrier of the pump.",
            "I get my first bill": "The meter operator.",
        },
        "events": {
            "I sign": "order signed",
            "Somebody calls to agree the day": "day agreed\nday moved",
            "The fitters come": "visit started\nvisit finished",
            "I connect app and thermostat": "thermostat paired",
        },
    },
    "help": {
        "emotions": {
            "I look it up": "-1",
            "I ask the chat": "-1",
            "I call": "-2/0",
            "I report it in the app": "1",
            "I write": "-1",
            "A fitter comes": "1/2",
            "You ask whether it is warm": "1",
            "I complain": "-2",
        },
        "backstage": {
            "I call": "The line routes by customer number; without one it asks three questions.",
            "I report it in the app": "The report opens a ticket with model and error code.",
            "A fitter comes": "Dispatch looks for the nearest crew that has the part.",
            "I complain": "Two people read every complaint and call back.",
        },
    },
    "choose": {
        "emotions": {
            "I see one running": "1",
            "I read about it": "0",
            "I work out my saving": "-1//1",
            "I ask for a call": "0",
            "I talk it through": "1",
            "You look at my house": "2",
            "I get one price": "1",
        },
        "backstage": {
            "I ask for a call": "Requests are handed out every two hours.",
            "You look at my house": "The surveyor measures rooms and radiators.",
            "I get one price": "Sales reckons pump, fitting and grant into one price.",
        },
    },
}
"""By journey and kind of lane: what stands at which step."""
