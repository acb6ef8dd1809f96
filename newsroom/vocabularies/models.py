"""Closed vocabularies: topics, fields of action, target groups, languages and the like."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """One entry of a closed vocabulary, with a label in every content language.

    `labels` is {"de": …, "en": …}; `iptc` lists the IPTC Media Topics it stands for. Terms come
    from the file in this room (see services.load_terms); pages and search refer to `slug`.
    """

    class Vocabulary(models.TextChoices):
        TOPIC = "topic", _("topics")
        FIELD_OF_ACTION = "field_of_action", _("fields of action")
        TARGET_GROUP = "target_group", _("target groups")
        PROVIDER_KIND = "provider_kind", _("kinds of provider")
        OFFER_TYPE = "offer_type", _("kinds of offer")
        LANGUAGE_SPOKEN = "language_spoken", _("languages spoken")
        ACCESS = "access", _("access without barriers")

    vocabulary = models.CharField(max_length=20, choices=Vocabulary.choices)
    slug = models.SlugField(max_length=50)
    labels = models.JSONField(default=dict)
    iptc = models.JSONField(default=list, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["vocabulary", "sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "slug"], name="unique_term"),
        ]

    def __str__(self) -> str:
        return self.label(get_language() or "de")

    def label(self, language: str) -> str:
        """Return the label for readers of `language`; of its base language, German or the slug."""
        base = language.split("-", 1)[0]
        return str(
            self.labels.get(language) or self.labels.get(base) or self.labels.get("de") or self.slug
        )
