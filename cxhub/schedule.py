"""Every recurring job, one line each, with why. Beat ticks a minute; what is due lives in PostgreSQL."""

TIMETABLE = {
    # Feeds whose time has come get a run; runs that never began, or whose worker died, are woken again.
    "sweep feeds and sync runs": {"task": "connectors.tasks.sweep", "schedule": 60.0},
    # Runs that found nothing new are let go after a week: a feed asked each minute makes ten thousand of them in one.
    "tidy sync runs": {"task": "connectors.tasks.tidy", "schedule": 3600.0},
    # Mails of notifications whose sender died, or whose mail server was away.
    "sweep mails": {"task": "orgs.tasks.sweep_mails", "schedule": 60.0},
    # Digests whose moment has come where their readers are; each minute, for zones differ by quarters of an hour.
    "sweep digests": {"task": "orgs.tasks.sweep_digests", "schedule": 60.0},
    # Posts to Slack and Teams whose sender died, or whose service was away.
    "sweep chats": {"task": "orgs.tasks.sweep_chats", "schedule": 60.0},
    # Requests for updates whose day is over: who has not answered is reminded, once.
    "remind of updates": {"task": "insights.tasks.remind", "schedule": 60.0},
    # Letters of invitations whose message was lost, or whose mail server was away, go out now.
    "sweep letters": {"task": "orgs.tasks.sweep_letters", "schedule": 60.0},
    # Reviews of maps whose day comes near or has passed: whoever is to do them hears of each day once.
    "remind of reviews": {"task": "governance.tasks.remind", "schedule": 60.0},
    # The monthly pulse opens on the first Monday where the company is, and closes twelve days later; a few minutes
    # more or less are nobody's loss.
    "sweep pulses": {"task": "insights.tasks.sweep_pulses", "schedule": 300.0},
    # API keys that end soon, while there is time for a new one; every hour, for nobody counts the minutes of 14 days.
    "warn of key ends": {"task": "orgs.tasks.warn_of_key_ends", "schedule": 3600.0},
    # Offers of accountability that nobody decided in time: sponsors and executives hear of each, once.
    "sweep offers": {"task": "journeys.tasks.sweep_offers", "schedule": 60.0},
    # Pictures that were replaced and that no version shows go after a month; four times a day, for nobody waits for it.
    "sweep pictures": {"task": "journeys.tasks.sweep_pictures", "schedule": 21_600.0},
    # Sponsors who went quiet: those who keep their maps hear of it once a month, before the maps wither.
    "watch sponsors": {"task": "governance.tasks.watch_sponsors", "schedule": 3600.0},
    # What calls for a review before its day; every hour, for the review is due two weeks later then.
    "call reviews early": {"task": "governance.tasks.call_early", "schedule": 3600.0},
    # What is expected of numbers and pages; each minute, for a page may be asked every quarter of an hour.
    "check expectations": {"task": "governance.tasks.check_expectations", "schedule": 60.0},
    # What checks found long ago goes; four times a day, for nobody waits for it.
    "tidy checks": {"task": "governance.tasks.tidy", "schedule": 21_600.0},
}
