"""State changes of boilerplates and press contacts."""

from typing import Any

from django.db import transaction

from newsroom.press.models import Version


class OutdatedError(ValueError):
    """Somebody else has written a newer version meanwhile."""


@transaction.atomic
def new_version(*, of: Version, **changes: Any) -> Any:
    """Store a new version of a text with `changes` of its fields; return it.

    Raises OutdatedError when `of` has been replaced already.
    """
    model: Any = type(of)
    stored = model.objects.select_for_update().get(pk=of.pk)
    if model.objects.filter(replaces=stored).exists():
        raise OutdatedError(f"{stored.reference()} has a newer version.")
    values = {name: getattr(stored, name) for name in model.PUBLIC_FIELDS}
    return model.objects.create(
        member_id=stored.member_id, replaces=stored, **{**values, **changes}
    )
