"""State changes of the directory: founding a member's house."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from newsroom.members.models import House, MemberPage

NAME_LENGTH = 140  # of a group's 150 characters; the rest is for a number
# What a house may do in its own collection: add and choose; another one's is not even seen.
MEDIA_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "choose_document"),
)
PAGE_RIGHTS = ("add_page", "change_page")


@transaction.atomic
def found_house(*, member: Any, now: datetime) -> House:
    """Give a member's profile its house: a group, the rights on its pages, an own collection.

    Covers all language versions of the profile that exist. Running it again changes nothing but
    what is missing, and the names when the member has a new one.
    """
    house = House.objects.filter(member_key=member.translation_key).first()
    if house is None:
        house = House.objects.create(
            member_key=member.translation_key,
            group=Group.objects.create(name=_free_name(member)),
            collection=_new_collection(member.title),
            founded_at=now,
        )
        house.group.permissions.add(_permission("wagtailadmin", "access_admin"))
    _rename(house, member)
    for version in MemberPage.objects.filter(translation_key=member.translation_key):
        for codename in PAGE_RIGHTS:
            GroupPagePermission.objects.get_or_create(
                group=house.group,
                page=version.page_ptr,
                permission=_permission("wagtailcore", codename),
            )
    for app, codename in MEDIA_RIGHTS:
        GroupCollectionPermission.objects.get_or_create(
            group=house.group, collection=house.collection, permission=_permission(app, codename)
        )
    return house


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _group_name(member: Any) -> str:
    return f"Haus: {member.title}"[:NAME_LENGTH]


def _free_name(member: Any) -> str:
    """Return a group name nobody has: two members may be called the same."""
    name = _group_name(member)
    taken = set(Group.objects.filter(name__startswith=name).values_list("name", flat=True))
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _new_collection(title: str) -> Collection:
    _sort_collections()
    # Read anew: a tree node in memory does not know what was added since.
    root = Collection.get_first_root_node()
    return root.add_child(instance=Collection(name=title))


def _sort_collections() -> None:
    """Put collections in the order of their names where one has got another name since.

    The tree takes that order for granted when one is added, and would give two the same place.
    """
    root = Collection.get_first_root_node()
    names = root.get_children().values_list("name", flat=True)
    if list(names.order_by("path")) != list(names.order_by("name")):
        Collection.fix_tree(fix_paths=True, parent=root)


def _rename(house: House, member: Any) -> None:
    is_original = not MemberPage.objects.filter(
        translation_key=member.translation_key, pk__lt=member.pk
    ).exists()
    if not is_original or house.collection.name == member.title:
        return
    house.collection.name = member.title
    house.collection.save(update_fields=["name"])
    _sort_collections()
    house.group.name = _free_name(member)
    house.group.save(update_fields=["name"])
