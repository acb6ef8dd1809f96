"""Official regions of Germany, the names they are found by, postal codes and outlines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A state, a district or a municipality, by its official key.

    `key` has 2 digits for a state, 5 for a district and 12 (ARS) for a municipality. `ags` is the
    8-digit key of a municipality, otherwise equal to `key`. A district-free city stands once, as a
    district. A bare name is ambiguous: 22 cities share theirs with the surrounding district, so
    show `full_name` and the parent.

    What the official list no longer has is ended, never deleted: pages refer to it. `valid_until`
    is the first day on which it was gone; `successors` are where its people are today, several
    where it was divided. Chains of reforms are followed when they are written (see services).
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
    # Names in other languages: {"en": "Lower Saxony"}.
    names = models.JSONField(default=dict, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(default=0)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors"
    )

    class Meta:
        ordering = ["full_name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.full_name


class RegionName(models.Model):
    """One way to type the name of a region, in the form of regions.names.

    The names of an ended region stand at its successors. `population` is the region's, repeated
    here so that the biggest of many are found without reading the others.
    """

    class Rank(models.IntegerChoices):
        WHOLE = 0, "whole name"
        SHORT = 1, "without what tells namesakes apart"
        PART = 2, "beginning at a later word"
        DESIGNATED = 3, "with a word for its kind before it"
        FOREIGN = 4, "name in another language"
        VILLAGE = 5, "name of a place in it"

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="typed_names")
    key = models.CharField(max_length=120, db_index=True)
    # The key from behind: finds a name whose beginning is misspelt.
    reverse = models.CharField(max_length=120, db_index=True)
    rank = models.PositiveSmallIntegerField(choices=Rank.choices)
    population = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="unique_region_typed_name")
        ]

    def __str__(self) -> str:
        return self.key


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


class Outline(models.Model):
    """The simplified border of a region, as the map draws it.

    `path` is SVG path data in the units of regions.geometry; `left` to `bottom` is the box around
    it in these units. `touches` are the keys of the regions of the same level that share a border.
    """

    region = models.OneToOneField(
        Region, on_delete=models.CASCADE, primary_key=True, related_name="outline"
    )
    path = models.TextField()
    left = models.IntegerField()
    top = models.IntegerField()
    right = models.IntegerField()
    bottom = models.IntegerField()
    touches = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.region_id


class Source(models.Model):
    """An official file that was imported, with the notice its licence demands."""

    name = models.CharField(max_length=40, primary_key=True)
    sha256 = models.CharField(max_length=64)
    as_of = models.DateField(null=True)
    notice = models.CharField(max_length=300)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """A region whose place or name has changed while documents of search still show the old.

    Written by the import in its own transaction, worked off in batches by the worker. `done_until`
    is the last item ("kind/id") of the batches that are done, `failed` how many of them could not
    be made anew: then all are tried again at `next_attempt_at`.
    """

    region = models.OneToOneField(Region, on_delete=models.CASCADE, primary_key=True)
    changed_at = models.DateTimeField()
    done_until = models.CharField(max_length=120, blank=True)
    failed = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.region_id
