"""A request to one call of the domain, its result to a page."""
