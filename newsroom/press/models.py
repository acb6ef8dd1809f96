"""What stands under many releases of a member: who it is, and whom journalists may call."""

import hashlib
import json
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.pages.gate import RefusedError
from newsroom.members.models import MemberPage

PHONE = RegexValidator(
    r"^\+[1-9][0-9 ]{5,28}$",
    _("Write the number so that it can be called from anywhere: +49 531 1234."),
)


class FrozenTextError(RefusedError):
    """A version would change: releases that were approved with it may show it."""


class Version(models.Model):
    """A version of a text that belongs to a member. It never changes; a change is a new version.

    Drafts and approved releases name one version, so what was approved stays what it was without
    anybody counting who uses what. The chain of `replaces` leads from the newest to the first.
    """

    # What readers see of it: fixed when it is stored, and covered by its digest.
    PUBLIC_FIELDS: ClassVar[tuple[str, ...]] = ()
    KIND: ClassVar[str] = ""

    member = models.ForeignKey(
        MemberPage, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    is_retired = models.BooleanField(
        _("no longer in use"),
        default=False,
        help_text=_("Nobody can choose it any more. Releases that have it keep it."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version, or that one is retired. Raises FrozenTextError otherwise."""
        stored = self._versions().filter(pk=self.pk).first()
        fixed = ("member_id", "replaces_id", *self.PUBLIC_FIELDS)
        if stored and any(getattr(self, name) != getattr(stored, name) for name in fixed):
            raise FrozenTextError(_("A stored version never changes: write a new one."))
        super().save(*args, **kwargs)

    def reference(self) -> str:
        """Return what a receipt calls this version."""
        return f"{self.KIND} {self.pk}"

    def digest(self) -> str:
        """Return the SHA-256 in hex of what readers see of it, the language included."""
        values = [getattr(self, name) for name in self.PUBLIC_FIELDS]
        text = json.dumps([self.member.locale.language_code, *values], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def newer(self) -> Any | None:
        """Return the newest version of this text, None when this is it."""
        newest: Any = self
        while (following := self._versions().filter(replaces=newest).first()) is not None:
            newest = following
        return None if newest is self else newest

    def _versions(self) -> models.QuerySet[Any]:
        return type(self)._default_manager.all()


class Boilerplate(Version):
    """What a member says about itself at the end of its releases."""

    KIND = "boilerplate"
    PUBLIC_FIELDS = ("heading", "text")

    heading = models.CharField(
        _("heading"), max_length=120, help_text=_("For example: About the alliance.")
    )
    text = models.TextField(_("text"), max_length=1500)

    class Meta:
        verbose_name = _("boilerplate")
        verbose_name_plural = _("boilerplates")
        ordering = ["heading", "pk"]

    def __str__(self) -> str:
        return f"{self.heading} ({self.member.title})"


class PressContact(Version):
    """Somebody whom journalists may call."""

    KIND = "press contact"
    PUBLIC_FIELDS = ("name", "role", "phone", "email")

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True)
    phone = models.CharField(
        _("telephone"), max_length=30, blank=True, validators=[PHONE], help_text="+49 531 1234"
    )
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.member.title})"
