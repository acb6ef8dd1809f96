"""Parts of an offer that there may be several of, as in Open Referral HSDS 3.0."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class Place(Orderable):
    """An address, with its point where it is known (HSDS `location`)."""

    name = models.CharField(_("name of the place"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{5}$", _("A postal code has five digits."))],
    )
    town = models.CharField(_("town"), max_length=120)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("street"),
        FieldRowPanel([FieldPanel("postal_code"), FieldPanel("town")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("place")

    def __str__(self) -> str:
        return self.one_line()

    def clean(self) -> None:
        """Refuse half a point."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give latitude and longitude, or neither.")})

    def one_line(self) -> str:
        """Return the address in one line."""
        town = f"{self.postal_code} {self.town}".strip()
        return ", ".join(part for part in (self.name, self.street, town) if part)

    def point(self) -> tuple[float, float] | None:
        """Return (latitude, longitude), None where it is not known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class Hours(Orderable):
    """A time of the week (HSDS `schedule`), in the local time of the place.

    Our own rows, no library of opening rules: the sheet, HSDS and the form all speak of weekdays
    with a beginning and an end; everything rarer is said in the note.
    """

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    opens_at = models.TimeField(_("from"))
    closes_at = models.TimeField(_("until"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.opens_at:%H:%M}-{self.closes_at:%H:%M}"

    def clean(self) -> None:
        """Refuse an end that is not after the beginning."""
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The end is not after the beginning.")})
