"""Sign-in and its neighbours wear our frame."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_reset_password", "Reset your password"),
        ("account_reset_password_done", "Look into your mailbox"),
        ("account_reset_password_from_key_done", "Your password is changed"),
    ],
)
def test_anybody_can_open(client, db, page, heading):
    html = client.get(reverse(page)).content.decode()
    assert heading in html
    assert 'class="entrance-card"' in html


def test_a_used_up_link_says_what_to_do(client, db):
    url = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "bad-key"})
    assert "This link no longer works" in client.get(url).content.decode()


def test_a_wrong_password_is_explained_next_to_the_form(client, world):
    answer = client.post(reverse("account_login"), {"login": world.ada.user.email, "password": "wrong"})
    html = answer.content.decode()
    assert "Check what you entered" in html
    assert f'value="{world.ada.user.email}"' in html
    assert 'autocomplete="current-password"' in html


@pytest.mark.parametrize("page", ["account_logout", "account_change_password"])
def test_a_member_can_open(sign_in, world, page):
    assert 'class="entrance-card"' in sign_in(world.ada).get(reverse(page)).content.decode()
