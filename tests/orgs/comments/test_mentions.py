"""@ and a whole name mean a current member, whether chosen from the list or typed."""

import pytest
from django.utils import timezone

from orgs.models import CommentPerson, Member, Notification, User
from orgs.roles import Role
from orgs.services import members, mentions
from tests.orgs.comments.desk import answer, say
from tests.world import CANARY


def join(world, name, email):
    with world.inside():
        return members.add(
            user=User.objects.create_user(email, name=name), roles=[(Role.CONTRIBUTOR, world.service)], by=world.ada
        )


def names(world, text, **more):
    with world.inside():
        return [str(each) for each in mentions.find(text, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask @Lea, please", ["Lea"]),
        ("(@lea) and @MAX.", ["Lea", "Max"]),
        ("@Lea @Lea", ["Lea"]),
        ("@Leander is nobody, lea@acme.test an address", []),
        ("@Ada Admin, not @Ada", ["Ada Admin"]),
        (f"@Ann {CANARY}", []),
        ("no at sign", []),
    ],
    ids=["one", "letters", "twice", "part", "whole", "foreign", "none"],
)
def test_whom_a_text_names(world, text, expected):
    assert names(world, text) == expected


def test_the_longer_of_two_names_is_meant(world):
    join(world, "Lea Lang", "leal@acme.test")
    assert names(world, "@Lea Lang knows") == ["Lea Lang"]


def test_namesakes_are_told_apart_by_choice_alone(world):
    other = join(world, "Lea", "lea2@acme.test")
    with pytest.raises(mentions.MentionError, match="several people"):
        names(world, "@Lea")
    with world.inside():
        assert mentions.find("@Lea", picked=[other.pk]) == [other]


def test_who_has_left_is_not_mentioned(world):
    with world.inside():
        Member.objects.filter(pk=world.lea.pk).update(left_at=timezone.now())
    assert names(world, "@Lea") == []
    with pytest.raises(mentions.MentionError, match="no longer in this workspace"):
        names(world, "@Lea", picked=[world.lea.pk])


def test_a_foreign_choice_answers_like_a_missing_one(world):
    for pk in (world.ann.pk, 999_999_999):
        with pytest.raises(mentions.MentionError, match="no longer in this workspace"):
            names(world, "@Ann", picked=[pk])


def test_a_mention_is_kept_by_id_marked_on_the_page_and_told(world, touchpoint, sign_in):
    comment = say(world, touchpoint, world.ivo, "Do you know, @Eli?")
    with world.inside():
        assert CommentPerson.objects.get(comment=comment, part="mentioned").member == world.eli
        told = Notification.objects.get(member=world.eli)
        assert (told.kind, told.by) == ("comment.mention", world.ivo)
    text = sign_in(world.vi).get(f"/w/acme/touchpoints/{touchpoint.pk}/").content.decode()
    assert '<span class="mention">@Eli</span>?' in text


def test_who_is_mentioned_replied_to_and_owner_hears_once(world, touchpoint):
    comment = say(world, touchpoint, world.lea)
    answer(world, comment, world.ivo, "@Lea see above")
    with world.inside():
        assert [each.kind for each in Notification.objects.filter(member=world.lea)] == ["comment.mention"]


def test_the_list_gives_names_that_begin_so_to_those_who_write(world, sign_in):
    path = "/w/acme/comments/people/"
    text = sign_in(world.con).get(path, {"q": "adm"}).content.decode()
    assert 'data-name="Ada Admin"' in text
    assert text.count('role="option"') == 1
    assert "option" not in sign_in(world.con).get(path, {"q": "Ann"}).content.decode()
    assert sign_in(world.vi).get(path).status_code == 403
