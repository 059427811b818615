"""What stops a start and needs a person."""


class Problem(Exception):
    """Its text is the one line that the person reads: what is wrong and what to do."""


def reason(error: OSError) -> str:
    return error.strerror or str(error)
