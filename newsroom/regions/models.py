"""Official regions of Germany and the postal codes that lie in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A state, a district or a municipality, by its official key.

    `key` has 2 digits for a state, 5 for a district and 12 (ARS) for a municipality. `ags` is the
    8-digit key of a municipality, otherwise equal to `key`. A district-free city stands once, as a
    district. A bare name is ambiguous: 22 cities share theirs with the surrounding district, so
    show `full_name` and the parent.
    """

    class Level(models.TextChoices):
        STATE = "state", _("state")
        DISTRICT = "district", _("district")
        MUNICIPALITY = "municipality", _("municipality")

    key = models.CharField(_("official key"), max_length=12, primary_key=True)
    ags = models.CharField(_("municipality key"), max_length=8, db_index=True)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("name"), max_length=120)
    full_name = models.CharField(_("full name"), max_length=160)
    # The forms of the name a reader may type, normalised; see regions.names.
    search_name = models.CharField(max_length=400, db_index=True, editable=False)
    # Names in other languages: {"en": "Lower Saxony"}.
    names = models.JSONField(default=dict, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["full_name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.full_name


class PostalCode(models.Model):
    """A postal code that delivers to a region; both sides may have several."""

    code = models.CharField(max_length=5)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="postal_codes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "region"], name="unique_postal_code_region")
        ]

    def __str__(self) -> str:
        return self.code
