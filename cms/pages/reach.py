"""What a person may refer to in a text: pictures, files and pages of their own or public ones.

The choosers offer nothing else; a forged form may still name another house's things, and its
preview would show them. So would the form itself, which is drawn again with its errors: it says
the title of whatever number was posted. The pages do not know whose house is whose: the newsroom
says so.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.forms import ModelChoiceField
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

# A model, without its multi-table descendants, and a primary key as text.
Reference = tuple[type[Model], str]
# Says whether a user may refer to the object.
Reach = Callable[[Any, type[Model], str], bool]
MAX_DIGITS = 18  # of a primary key

_reach: list[Reach] = [lambda user, model, pk: True]


# The person of a house whose request is answered right now.
_viewer: ContextVar[Any] = ContextVar("viewer", default=None)


def look_as(user: Any) -> None:
    """Show pages as `user` may see them until the next call; None: with everything."""
    _viewer.set(user)


def is_strange(page: Any) -> bool:
    """Return whether the page is shown to a person of a house who may not edit it."""
    user = _viewer.get()
    return user is not None and not page.permissions_for_user(user).can_edit()


def install_reach(reach: Reach) -> None:
    """Let `reach` decide from now on. Called once, when Django starts."""
    _reach[:] = [reach]


def is_within_reach(form: Any) -> bool:
    """Return whether all that a posted form newly refers to is within its user's reach.

    What the newest version refers to already may stay. What was posted is read, not what is valid.
    """
    if form.for_user is None:
        return True
    foreign = {ref for ref in _of_form(form) if not _reach[0](form.for_user, *ref)}
    if not foreign or form.instance.pk is None:
        return not foreign
    return foreign <= set(_of_object(form.instance.get_latest_revision_as_object()))


def _of_form(form: Any) -> Iterator[Reference]:
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        if isinstance(field, ModelChoiceField) and field.queryset is not None:
            for pk in value if isinstance(value, list) else [value]:
                if (number := _as_chosen(pk)) is not None:
                    yield _base(field.queryset.model), str(number)
        else:
            yield from _of_text(_model_field(form, name), value)
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from _of_form(child)


def _as_chosen(value: Any) -> int | None:
    """Return the number a field of choices reads there ("+5", " 5"), None where there is none."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return None
    return number if 0 < number < 10**MAX_DIGITS else None


def _model_field(form: Any, name: str) -> Any:
    return next((each for each in form.instance._meta.get_fields() if each.name == name), None)


def is_number(text: Any) -> bool:
    """Return whether `text` is a number that a database can hold."""
    return str(text).isascii() and str(text).isdecimal() and len(str(text)) <= MAX_DIGITS


def _of_object(item: Any) -> Iterator[Reference]:
    for field in item._meta.get_fields():
        if field.many_to_one and field.concrete and not isinstance(field, ParentalKey):
            if (pk := field.value_from_object(item)) is not None:
                yield _base(field.related_model), str(pk)
        elif hasattr(field, "extract_references"):
            yield from _of_text(field, field.value_from_object(item))
        elif field.many_to_many and field.concrete:
            for each in getattr(item, field.name).all():
                yield _base(type(each)), str(each.pk)
    for relation in get_all_child_relations(item):
        for child in getattr(item, relation.get_accessor_name()).all():
            yield from _of_object(child)


def _of_text(field: Any, value: Any) -> Iterator[Reference]:
    """Yield what running text and bodies of blocks refer to."""
    if value is not None and hasattr(field, "extract_references"):
        for model, pk, *_path in field.extract_references(value):
            yield _base(model), str(pk)


def _base(model: Any) -> Any:
    parents = model._meta.get_parent_list()
    return parents[-1] if parents else model
