"""Every KPI says how far it is trusted; the page offers each person what that person may do, with plain forms."""

from datetime import date

import pytest
from django.utils import timezone

from insights.models import Dispute, Kpi
from insights.services import trust
from tests.insights.numbers import answers, new_kpi, told
from tests.world import CANARY, lay_out


@pytest.fixture
def kpi(world):
    with world.inside():
        kpi = new_kpi(world)
        told(kpi, {date(2018, 5, 7): answers(*[4] * 40)})
        trust.name_owner(kpi=kpi, owner=world.con, by=world.ada)
        return kpi


@pytest.fixture
def disputed(world, kpi):
    with world.inside():
        return trust.dispute(kpi=kpi, reason="Half the <b>desks</b> are missing", by=world.ivo, now=timezone.now())


def page(client, kpi):
    return client.get(f"/w/acme/touchpoints/{kpi.touchpoint_id}/").content.decode()


def test_the_owner_certifies_on_the_page_and_everybody_sees_it(world, kpi, sign_in):
    client = sign_in(world.con)
    path = f"/w/acme/kpis/{kpi.pk}/certification/"
    assert f'action="{path}"' in page(client, kpi)
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/w/acme/kpis/{kpi.pk}/#trust")
    text = page(sign_in(world.vi), kpi)
    assert 'data-status="certified"' in text
    assert "Con certified this number on" in text


@pytest.mark.parametrize("where", ["list", "map"])
def test_trust_stands_beside_the_number_wherever_it_is(world, kpi, sign_in, where):
    with world.inside():
        drawn = lay_out("A trip", [kpi.touchpoint], world.ada)
        trust.certify(kpi=kpi, by=world.con, now=timezone.now())
    path = {"list": "/w/acme/touchpoints/", "map": f"/w/acme/maps/{drawn.pk}/"}[where]
    assert "Certified" in sign_in(world.vi).get(path).content.decode()


def test_others_than_the_owner_cannot_certify(world, kpi, sign_in):
    for person in (world.ada, world.vi):
        client = sign_in(person)
        assert "certification/" not in page(client, kpi)
        assert client.post(f"/w/acme/kpis/{kpi.pk}/certification/").status_code == 403


def test_a_colleague_disputes_others_reply_and_the_owner_ends_it(world, kpi, sign_in):
    reason = {"reason": "Half the desks are missing."}
    assert sign_in(world.ivo).post(f"/w/acme/kpis/{kpi.pk}/disputes/", reason).status_code == 302
    with world.inside():
        dispute = Dispute.objects.get()
    assert (
        sign_in(world.eli).post(f"/w/acme/disputes/{dispute.pk}/replies/", {"text": "So I heard."}).status_code == 302
    )
    text = page(sign_in(world.vi), kpi)
    assert 'data-status="disputed"' in text
    for words in ("Half the desks are missing.", "So I heard.", "Ivo", "Eli"):
        assert words in text
    ends = {"outcome": "changed", "words": "They are in from today on."}
    assert sign_in(world.con).post(f"/w/acme/disputes/{dispute.pk}/outcome/", ends).status_code == 302
    text = page(sign_in(world.vi), kpi)
    assert "<strong>Changed.</strong> They are in from today on." in text
    assert 'data-status="unconfirmed"' in text


def test_a_viewer_reads_the_dispute_and_is_offered_nothing(world, kpi, disputed, sign_in):
    text = page(sign_in(world.vi), kpi)
    assert "Half the &lt;b&gt;desks&lt;/b&gt; are missing" in text
    assert 'method="post"' not in text[text.index("kpis-title") : text.index("</main>")]
    assert sign_in(world.vi).post(f"/w/acme/disputes/{disputed.pk}/replies/", {"text": "No"}).status_code == 403


def test_only_the_owner_gives_the_outcome(world, kpi, disputed, sign_in):
    ends = {"outcome": "dismissed", "words": "No."}
    assert sign_in(world.ada).post(f"/w/acme/disputes/{disputed.pk}/outcome/", ends).status_code == 403
    assert "outcome/" not in page(sign_in(world.ada), kpi)
    assert "outcome/" in page(sign_in(world.con), kpi)


@pytest.mark.parametrize(("path", "data"), [("disputes", {"reason": "  "}), ("disputes", {"reason": "x" * 2001})])
def test_a_dispute_without_a_good_reason_is_explained(world, kpi, sign_in, path, data):
    answer = sign_in(world.ivo).post(f"/w/acme/kpis/{kpi.pk}/{path}/", data)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


def test_a_second_dispute_is_sent_to_the_first(world, kpi, disputed, sign_in):
    answer = sign_in(world.eli).post(f"/w/acme/kpis/{kpi.pk}/disputes/", {"reason": "Me too."})
    assert answer.status_code == 422
    assert "disputed already" in answer.content.decode()


def test_those_who_edit_the_touchpoint_name_the_owner(world, kpi, sign_in):
    client = sign_in(world.max)
    assert f'href="/w/acme/kpis/{kpi.pk}/owner/"' in page(client, kpi)
    assert client.post(f"/w/acme/kpis/{kpi.pk}/owner/", {"owner": world.lea.pk}).status_code == 302
    with world.inside():
        assert Kpi.objects.get(pk=kpi.pk).owner == world.lea
    assert client.post(f"/w/acme/kpis/{kpi.pk}/owner/", {"owner": world.ann.pk}).status_code == 422
    assert sign_in(world.ivo).post(f"/w/acme/kpis/{kpi.pk}/owner/", {"owner": world.ivo.pk}).status_code == 403


def test_an_outsider_sees_nothing(world, kpi, disputed, sign_in):
    client = sign_in(world.ann)
    for path in (f"kpis/{kpi.pk}/owner/", f"kpis/{kpi.pk}/certification/", f"disputes/{disputed.pk}/replies/"):
        assert client.get(f"/w/acme/{path}").status_code == 404
        assert client.get(f"/w/umbra/{path}").status_code == 404
    assert CANARY not in page(sign_in(world.vi), kpi)
