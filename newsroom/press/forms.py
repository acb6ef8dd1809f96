"""The forms in which members write about themselves."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from newsroom.members.models import MemberPage
from newsroom.members.selectors import houses_of
from newsroom.press import services


class VersionForm(WagtailAdminModelForm):
    """Writes a new version whenever words change; offers only the houses of the writer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Narrow the choice of members; a text never moves to another house."""
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = self._houses()
        self.fields["member"].disabled = self.instance.pk is not None

    def _houses(self) -> QuerySet:
        if self.instance.pk is not None:
            return MemberPage.objects.filter(pk=self.instance.member_id)
        return houses_of(self.for_user, MemberPage.objects.all()).order_by("title")

    def clean(self) -> Any:
        """Refuse changes of a version that somebody has replaced meanwhile."""
        cleaned = super().clean()
        if self.instance.pk is not None and self.instance.newer() is not None:
            self.add_error(
                None, _("There is a newer version of this text. Open that one and change it.")
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Store what was written; return the version that now is the newest."""
        public = type(self.instance).PUBLIC_FIELDS
        changes = {name: self.cleaned_data[name] for name in public if name in self.changed_data}
        if self.instance.pk is None or not changes:
            return super().save(commit=commit)
        return services.new_version(
            of=self.instance, is_retired=self.cleaned_data["is_retired"], **changes
        )
