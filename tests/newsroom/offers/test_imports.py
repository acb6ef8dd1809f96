"""Importing members and offers: all or nothing, drafts only, four eyes for each."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cms.mail.models import Mail
from newsroom.approval.models import Receipt
from newsroom.approval.worker import publish_due
from newsroom.members.batch_approval import approve_batch
from newsroom.members.drafts import Draft, store
from newsroom.members.models import Batch, MemberPage
from newsroom.offers.models import OfferPage
from tests import factories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

MEMBER = "external_id,title,kind,summary,regions,phone,description\n"
OFFER = (
    "external_id,member,title,summary,regions,languages,places,hours,free,fields,"
    "accessibility,access,times,groups\n"
)
ROWS = (
    "M-1,Verein Eins,civil_society,Hilft.,03158,+49 5331 1,Erster.\n"
    "M-2,Verein Zwei,church,Hilft auch.,03158;03153,,\n"
)
OFFERS = (
    'A-1,M-1,Kurs,Deutsch.,03158,de;ar,"Haus | Weg 1 | 38300 | Wolfenbüttel | 52.16 | 10.53",'
    '"Mo 09:00-12:00\nDi 10:00-11:30 nach Absprache",yes,language,'
    "step-free;lift,Klingeln,Mit Pause,refugees;women\n"
)


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def importer(house):
    return factories.officer(username="importer")


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_import_writes_drafts_that_another_person_approves(importer, write, frozen):
    members, offers = write("m.csv", MEMBER + ROWS), write("o.csv", OFFER + OFFERS)
    assert "2 new, 0 changed" in run("import_members", members, by="importer")
    assert "1 new" in run("import_offers", offers, by="importer")
    assert not MemberPage.objects.filter(live=True).exists()
    assert not Receipt.objects.filter(page__in=MemberPage.objects.all()).exists()
    for batch in Batch.objects.order_by("pk"):
        refused = approve_batch(batch=batch, by=importer)
        assert not any(decision.is_approved for decision in refused)
    editor = factories.editor(username="chief")
    for batch in Batch.objects.order_by("pk"):
        run("approve_batch", batch.pk, by="chief")
    publish_due(now=NOW)
    offer = OfferPage.objects.get(external_id="A-1")
    assert offer.live
    assert [str(row) for row in offer.hours.all()] == [
        "Montag, 09:00-12:00", "Dienstag, 10:00-11:30",
    ]  # fmt: skip
    assert offer.places.get().point() == (52.16, 10.53)
    receipts = Receipt.objects.filter(approved_by=editor)
    assert receipts.count() == 3
    assert set(receipts.values_list("submitted_by", flat=True)) == {importer.pk}


def test_an_import_mails_each_person_once_and_not_once_an_item(house, write, frozen):
    chief, other, importer = (factories.editor(username=n) for n in ("chief", "other", "importer"))
    run("import_members", write("m.csv", MEMBER + ROWS), by="importer")
    batch = Batch.objects.get()
    asked = list(Mail.objects.order_by("pk"))
    assert [mail.to for mail in asked] == [chief.email, other.email]
    assert all("2" in mail.subject and "m.csv" in mail.subject for mail in asked)
    assert all(f"/admin/batches/{batch.pk}/\n" in mail.body for mail in asked)

    Mail.objects.all().delete()
    run("approve_batch", batch.pk, by="chief")
    told = Mail.objects.get()
    assert told.to == importer.email
    assert "2" in told.subject
    assert "Verein" not in told.body


def test_the_same_file_again_changes_nothing(importer, write):
    members, offers = write("m.csv", MEMBER + ROWS), write("o.csv", OFFER + OFFERS)
    run("import_members", members, by="importer")
    run("import_offers", offers, by="importer")
    before = OfferPage.objects.get().latest_revision_id
    assert "0 new, 0 changed, 2 unchanged" in run("import_members", members, by="importer")
    assert "0 new, 0 changed, 1 unchanged" in run("import_offers", offers, by="importer")
    assert OfferPage.objects.get().latest_revision_id == before
    changed = write("m2.csv", MEMBER + ROWS.replace("Hilft auch.", "Hilft jetzt."))
    assert "0 new, 1 changed, 1 unchanged" in run("import_members", changed, by="importer")


def test_a_dry_run_keeps_nothing(importer, write):
    text = run("import_members", write("m.csv", MEMBER + ROWS), "--dry-run", by="importer")
    assert "Dry run: 2 new" in text
    assert not MemberPage.objects.exists()
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROWS + "M-1,Drei,church,x,03158,,\n", "row 4, external_id: 'M-1'"),
        ("M-1,Eins,nonsense,x,03158,,\n", "row 2, kind: 'nonsense'"),
        (ROWS + "M-3,Drei,church,x,99999,,\n", "row 4, regions: '99999'"),
        (ROWS + "M-3,Drei,church,=1+1,03158,,\n", "row 4, summary"),
        (ROWS + ",Drei,church,,03158,,\n", "row 4, summary"),
        ("", "at least one row"),
    ],
)
def test_one_mistake_imports_nothing_and_says_where_it_is(importer, write, rows, expected):
    with pytest.raises(CommandError, match="Nothing was changed") as caught:
        run("import_members", write("m.csv", MEMBER + rows), by="importer")
    assert expected in str(caught.value)
    assert not MemberPage.objects.exists()


def test_an_offer_of_an_unknown_member_is_refused(importer, write):
    with pytest.raises(CommandError, match="row 2, member: 'M-1'"):
        run("import_offers", write("o.csv", OFFER + OFFERS), by="importer")
    assert not OfferPage.objects.exists()


def test_an_id_does_not_move_an_offer_to_another_member(importer, write):
    run("import_members", write("m.csv", MEMBER + ROWS), by="importer")
    run("import_offers", write("o.csv", OFFER + OFFERS), by="importer")
    stolen = write("o2.csv", OFFER + OFFERS.replace("M-1", "M-2"))
    with pytest.raises(CommandError, match="no other member"):
        run("import_offers", stolen, by="importer")


def test_in_the_admin_a_refused_item_waits_and_the_others_are_approved(importer, write, client):
    run("import_members", write("m.csv", MEMBER + ROWS), by="importer")
    editor = factories.editor()
    own, other = MemberPage.objects.order_by("pk")
    own.title = "Verein Eins, neu"
    own.save_revision(user=editor, log_action=True)  # now a part of it is theirs
    client.force_login(editor)
    batch = Batch.objects.get()
    assert client.get(f"/admin/batches/{batch.pk}/").status_code == 200
    client.post(f"/admin/batches/{batch.pk}/approve/")
    assert Receipt.objects.filter(page=other, state=Receipt.State.LIVE).exists()
    assert not Receipt.objects.filter(page=own).exists()
    client.force_login(importer)
    client.post(f"/admin/batches/{batch.pk}/approve/")
    assert not Receipt.objects.filter(page=own).exists()


def test_what_somebody_writes_while_a_sheet_is_read_stays(importer, house, now):
    offer = factories.offer(factories.member())
    offer.save_revision(user=importer)
    read = OfferPage.objects.get(pk=offer.pk)
    assert read.get_latest_revision_as_object().cost != "9 Euro"
    offer.cost = "9 Euro"
    offer.save_revision(user=factories.officer())

    store([Draft(1, read, None, {"registration": "Anrufen"}, {})], name="x", by=importer, now=now)

    newest = OfferPage.objects.get(pk=offer.pk).get_latest_revision_as_object()
    assert (newest.cost, newest.registration) == ("9 Euro", "Anrufen")


def test_an_id_that_belongs_to_something_else_is_refused(importer, write):
    member = factories.member()
    run("import_members", write("m.csv", MEMBER + ROWS), by="importer")
    stolen = write("o.csv", OFFER + OFFERS.replace("A-1", str(member.translation_key)))
    with pytest.raises(CommandError, match="row 2: its id belongs to something else"):
        run("import_offers", stolen, by="importer")
    assert not OfferPage.objects.exists()


@pytest.mark.parametrize("command", ["import_members", "import_offers"])
def test_the_template_is_a_sheet_that_reads_without_a_mistake(importer, write, command, house):
    if command == "import_offers":
        run("import_members", write("m.csv", run("import_members", "--template")), by="importer")
    sheet = write("t.csv", run(command, "--template"))
    assert "1 new" in run(command, sheet, by="importer")


@pytest.fixture
def published(importer, write, frozen):
    run("import_members", write("m.csv", MEMBER + ROWS), by="importer")
    run("import_offers", write("o.csv", OFFER + OFFERS), by="importer")
    factories.editor(username="chief")
    for batch in Batch.objects.order_by("pk"):
        run("approve_batch", batch.pk, by="chief")
    publish_due(now=NOW)


def test_an_exported_sheet_comes_back_without_a_change(published, tmp_path):
    run("export_members", tmp_path / "members.csv")
    run("export_offers", tmp_path / "offers.csv")
    assert "'+49 5331 1" in (tmp_path / "members.csv").read_text(encoding="utf-8-sig")
    for kind in ("members", "offers"):
        text = run(f"import_{kind}", tmp_path / f"{kind}.csv", by="importer")
        assert text.startswith("0 new, 0 changed"), text


def test_hsds_exported_imported_into_an_empty_instance_and_exported_again_is_identical(
    published, client, tmp_path
):
    before = client.get("/api/v1/hsds/services").json()
    assert before["total_items"] == 1
    path = tmp_path / "hsds.json"
    path.write_text(json.dumps(before), encoding="utf-8")
    Receipt.objects.filter(page__in=MemberPage.objects.get_queryset().values("pk")).delete()
    Receipt.objects.filter(page__in=OfferPage.objects.all().values("pk")).delete()
    for page in MemberPage.objects.all():
        page.delete()
    assert client.get("/api/v1/hsds/services").json()["empty"]
    run("import_offers", path, by="importer")
    run("approve_batch", Batch.objects.first().pk, by="chief")
    publish_due(now=NOW)
    assert client.get("/api/v1/hsds/services").json() == before


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", '{"contents": {}}', '[{"id": 1}]', "[" * 100_000, '"\\ud800"']
)
def test_broken_hsds_gets_a_clear_error(importer, write, content):
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("import_offers", write("h.json", content), by="importer")


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": float("nan"), "longitude": 10.5},
        {"latitude": 52.1, "longitude": float("inf")},
        {"name": "\ud800"},
        {"name": "x" * 100_000},
    ],
)
def test_a_place_that_cannot_be_is_named_and_nothing_is_changed(importer, write, wrong):
    run("import_members", write("m.csv", MEMBER + ROWS), by="importer")
    place = {"latitude": 52.1, "longitude": 10.5, "addresses": [{"city": "Ort"}], **wrong}
    service = {
        "id": "A-9",
        "name": "Kurs",
        "summary": "Deutsch.",
        "organization": {"id": "M-1", "name": "Verein Eins"},
        "service_areas": [{"extent": "03158"}],
        "service_at_locations": [{"location": place}],
    }
    with pytest.raises(CommandError, match=r"row 2, places(.|\n)*Nothing was changed"):
        run("import_offers", write("h.json", json.dumps([service])), by="importer")
    assert not OfferPage.objects.exists()
