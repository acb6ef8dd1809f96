"""Who may read a release before its hour, and when they did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.approval.models import Receipt

# Subjects of openings besides the references of pictures and files.
PAGE, UNKNOWN_FILE = "page", "file"


class Invitation(models.Model):
    """One address may read one approved version until it is public, by a link of its own.

    The invitation belongs to one approval, named by the receipt and its `approved_at`: a receipt
    is written anew when the same text is approved again. Of the link only the hash is stored.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="+")
    approved_at = models.DateTimeField()
    address = models.EmailField(_("address"))
    # Of the letter, and of what the link says when it shows no text.
    language = models.CharField(_("language"), max_length=10)
    token_hash = models.CharField(max_length=64, unique=True)  # see newsroom.embargo.tokens
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True  # the admin's list of uses would show addresses

    class Meta:
        ordering = ["-invited_at", "-pk"]
        default_permissions = ()
        permissions = [("invite", "Can let people read approved releases before their hour")]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "address"],
                condition=models.Q(revoked_at=None),
                name="one_invitation_an_address",
            )
        ]
        indexes = [models.Index(fields=["invited_at"], name="invitation_to_forget")]

    def __str__(self) -> str:
        return f"invitation {self.pk} to page {self.page_id}"


class Opening(models.Model):
    """One use of an invitation. Neither the reader's network address nor browser is stored."""

    class Outcome(models.TextChoices):
        SHOWN = "shown", _("shown")
        FORWARDED = "forwarded", _("led to the public page")
        REFUSED = "refused", _("not shown")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    subject = models.CharField(max_length=40)  # PAGE, or a reference like "picture 12"
    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.subject} {self.outcome}"
