"""The editor's form of a release: whose texts may be chosen, and how the times fit together."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.pages.forms import GovernedPageForm
from newsroom.approval.changes import ChangeNoteForm
from newsroom.press.models import Boilerplate, PressContact, Version
from newsroom.press.selectors import choosable
from newsroom.releases.embargo import embargo_problem
from newsroom.releases.selectors import nameable


class ReleaseForm(ChangeNoteForm, GovernedPageForm):
    """Accepts what its writer may choose, and what is there already.

    Boilerplates and contacts of the own houses; related releases that are public or their own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Narrow what can be chosen; a forged choice is an error of its field."""
        super().__init__(*args, **kwargs)
        if field := self.fields.get("boilerplate"):
            field.queryset = _choosable(Boilerplate, self.for_user, [self.instance.boilerplate_id])
        present = [link.contact_id for link in self.instance.contact_links.all()]
        self._narrow("contact_links", "contact", _choosable(PressContact, self.for_user, present))
        pages = type(self.instance).objects.all()
        present = [link.release_id for link in self.instance.related_links.all()]
        own = nameable(pages, user=self.for_user, now=timezone.now()).values("pk")
        self._narrow("related_links", "release", pages.filter(Q(pk__in=own) | Q(pk__in=present)))

    def _narrow(self, relation: str, field: str, choices: QuerySet) -> None:
        if formset := self.formsets.get(relation):
            for form in formset.forms:
                form.fields[field].queryset = choices

    def clean(self) -> Any:
        """Keep the machine's hour behind the one promised to others."""
        cleaned = super().clean()
        problem = embargo_problem(
            embargoed_until=cleaned.get("embargoed_until"),
            go_live_at=cleaned.get("go_live_at"),
            now=timezone.now(),
        )
        # What is wrong already is said once.
        if problem and not self.errors.keys() & {"embargoed_until", "go_live_at"}:
            self.add_error(*problem)
        return cleaned


def _choosable(model: type[Version], user: Any, present: list[int | None]) -> QuerySet:
    own = choosable(model, user).values("pk")
    return model._default_manager.filter(Q(pk__in=own) | Q(pk__in=filter(None, present)))
