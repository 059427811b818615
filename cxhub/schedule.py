"""Every recurring job, one line each, with why. Beat ticks a minute; what is due lives in PostgreSQL."""

TIMETABLE = {
    # Runs that were asked for and never began, or whose worker died, are woken again.
    "wake due sync runs": {"task": "connectors.tasks.sweep", "schedule": 60.0},
}
