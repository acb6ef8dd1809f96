"""Offers that are public already count as attested by their last publication."""

from django.db import migrations


def attest(apps, schema_editor):
    OfferPage = apps.get_model("offers", "OfferPage")
    Attestation = apps.get_model("offers", "Attestation")
    seen = set()
    rows = []
    pages = OfferPage.objects.filter(live=True, last_published_at__isnull=False)
    for key, at in pages.order_by("pk").values_list("translation_key", "last_published_at"):
        if key not in seen:
            seen.add(key)
            rows.append(Attestation(offer_key=key, attested_at=at))
    Attestation.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("offers", "0002_places_hours_attestation")]
    operations = [migrations.RunPython(attest, migrations.RunPython.noop)]
