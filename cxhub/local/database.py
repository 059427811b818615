"""The two roles and the database inside the embedded PostgreSQL (DESIGN: database walls)."""

from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2.extensions import connection

OWNER = "cxhub_owner"
APPLICATION = "cxhub_app"
DATABASE = "cxhub"

ROLES = {
    OWNER: "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    APPLICATION: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
}


def connect(sockets: Path, database: str = "postgres") -> connection:
    opened = psycopg2.connect(host=str(sockets), user="postgres", dbname=database)
    opened.autocommit = True  # CREATE DATABASE runs in no transaction
    return opened


def url(sockets: Path, role: str) -> str:
    return f"postgres://{role}@{quote(str(sockets), safe='')}/{DATABASE}"


def settle(sockets: Path) -> None:
    """Make what is missing. Runs at every start, so one that was cut short is completed by the next."""
    administration = connect(sockets)
    with administration.cursor() as cursor:
        for role, attributes in ROLES.items():
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            cursor.execute(f"{'ALTER' if cursor.fetchone() else 'CREATE'} ROLE {role} {attributes}")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        cursor.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        cursor.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION}")
    administration.close()
    _narrow_public_schema(sockets)


def _narrow_public_schema(sockets: Path) -> None:
    inside = connect(sockets, DATABASE)
    with inside.cursor() as cursor:
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APPLICATION}")
    inside.close()
