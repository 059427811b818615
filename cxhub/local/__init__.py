"""The one command that runs the whole product on one Linux machine, with its own PostgreSQL and Redis."""
