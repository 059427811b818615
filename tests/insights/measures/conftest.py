"""Properties run without a time limit per example (shared machines) and leave no files behind."""

from hypothesis import settings

settings.register_profile("cxhub", deadline=None, database=None)
settings.load_profile("cxhub")
