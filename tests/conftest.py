"""The database of the tests: made and migrated by the owner, then used by the application role, as in production."""

import os
import time

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from orgs.models import Member
from orgs.scope import scope
from tests import template
from tests import world as cast
from tests.browser import browser  # noqa: F401  a fixture


def own_name(config) -> str:
    """A name for this run's database and cache keys: several people and workers may test on the same servers."""
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    return f"{os.environ.get('TEST_DATABASE_NAME', 'test_cxhub')}_{worker}"


def pytest_configure(config):
    # The strong hash takes a second per sign-in here, and no test is about its strength.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES["default"]["KEY_PREFIX"] = own_name(config)


def pytest_collection_modifyitems(items):
    """A browser test that fails is asked once more: thousands of waits on a loaded machine are never all kept.

    What fails twice is broken. What passes at the second time is printed as RERUN, and is a test to mend.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, request):
    """Migrate as the owner, let the application role truncate (tests only), then become that role."""
    database = connection.settings_dict
    database["TEST"]["NAME"] = own_name(request.config)
    application = {key: database.get(key) for key in ("USER", "PASSWORD", "HOST", "PORT")}
    owner = settings.OWNER_DATABASE
    keep = request.config.getvalue("reuse_db")
    with django_db_blocker.unblock():
        _become({key: owner.get(key, "") for key in application})
        name = database["TEST"]["NAME"]
        is_there = keep or template.copied_to(name)
        config = setup_databases(verbosity=0, interactive=False, serialized_aliases=[], keepdb=is_there)
        if not is_there:
            template.keep(name)
        role = settings.APPLICATION_DATABASE["USER"]
        with connection.cursor() as cursor:
            cursor.execute(f'grant truncate on all tables in schema public to "{role}"')
        # Emptying the tables after a test would run these as the application role, which may not write there.
        post_migrate.receivers = []
        _become(application)
    yield
    with django_db_blocker.unblock():
        _become({key: owner.get(key, "") for key in application})
        if not keep:
            teardown_databases(config, verbosity=0)


def _become(role: dict[str, object]) -> None:
    connection.close()
    connection.settings_dict.update({key: value or "" for key, value in role.items()})


@pytest.fixture
def world(db):
    """Both companies with their people. Rolled back after the test."""
    return cast.build()


@pytest.fixture
def filled(db):
    """The world with a row in every table of Acme too, and those rows by name."""
    return cast.build_filled()


@pytest.fixture
def inside(world):
    """The world, inside Acme's scope."""
    with world.inside():
        yield world


@pytest.fixture
def committed_world(transactional_db):
    """The world for tests with several transactions, threads or processes; emptied afterwards."""
    yield cast.build()
    _wait_for_the_last_request()


def _wait_for_the_last_request():
    """What a closed page still asked for ends before the tables are emptied: each could lock the other out."""
    for _ in range(40):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)


@pytest.fixture
def sign_in(client):
    """Returns a function that signs a member in to the test client and gives the client back."""

    def _sign_in(member):
        # As if they were here within the minute: noting that is a write of its own, which no test here counts.
        with scope(member.workspace_id):
            Member.objects.filter(pk=member.pk).update(last_seen_at=timezone.now())
        client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in


@pytest.fixture(autouse=True)
def _empty_cache(request):
    """Counters of failed sign-ins must not reach the next test. Only this run's keys: the server may be shared."""
    yield
    if "client" in request.fixturenames:
        redis = cache._cache.get_client()
        for key in redis.scan_iter(f"{cache.key_prefix}:*"):
            redis.delete(key)
