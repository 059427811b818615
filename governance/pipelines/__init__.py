"""Background work: restartable, safe to run twice."""
