"""The import: idempotent by key, nothing deleted, nothing half done, broken files named."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from newsroom.regions import lookup, refresh, selectors
from newsroom.regions.models import Change, Outline, PostalCode, Region, RegionName, Source
from newsroom.regions.refresh import due, refresh_changed
from newsroom.regions.services import load_gazetteer
from search.models import SearchDocument, SearchTerm
from tests import factories as make
from tests.newsroom.regions.official import country, district, square, town, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def _empty(db):
    """Begin without the regions of the demo."""
    Region.objects.update(parent=None)
    Region.objects.all().delete()


def run(path, *args, **options):
    out = io.StringIO()
    call_command("import_regions", str(path), *args, stdout=out, **options)
    return out.getvalue()


def everything():
    models = (Region, RegionName, PostalCode, Outline, Source, Change)
    return [sorted(map(str, model.objects.values_list())) for model in models]


WOLFENBUETTEL = (
    district("03158", "Wolfenbüttel"),
    town("03158037", "Wolfenbüttel, Stadt", 52_000, code="38300"),
    town("03158006", "Cremlingen", 13_000, designation="64", code="38162"),
    town("03158099", "Elm, gemfr. Gebiet", 0, designation="66"),
    district("03101", "Braunschweig, Stadt", "41"),
    town("03101000", "Braunschweig, Stadt", 250_000, designation="61", code="38100"),
)


@pytest.mark.usefixtures("_empty")
def test_states_districts_and_municipalities_are_read(tmp_path):
    said = run(write(tmp_path, country(*WOLFENBUETTEL)))

    assert "52 were added" in said
    names = {region.key: region.full_name for region in Region.objects.filter(key__startswith="03")}
    assert names["03158"] == "Landkreis Wolfenbüttel"
    assert names["031580001037"] == "Stadt Wolfenbüttel"
    assert names["031580001006"] == "Gemeinde Cremlingen"
    assert names["03101"] == "Stadt Braunschweig"
    # Nobody lives in the forest, and the city stands once.
    assert not any(key.startswith(("031580001099", "031010")) for key in names)
    assert Region.objects.get(key="03158").population == 65_000
    assert Region.objects.get(key="03").population == 316_000


@pytest.mark.usefixtures("_empty")
def test_a_second_run_changes_nothing_and_says_so(tmp_path):
    path = write(tmp_path, country(*WOLFENBUETTEL))
    run(path)
    before = everything()

    assert "Nothing has changed" in run(path)
    assert everything() == before


@pytest.mark.usefixtures("_empty")
def test_a_dry_run_says_what_would_change_and_changes_nothing(tmp_path):
    before = everything()

    assert "52 would be added" in run(write(tmp_path, country(*WOLFENBUETTEL)), dry_run=True)
    assert everything() == before


@pytest.mark.usefixtures("_empty")
def test_what_the_new_list_lacks_is_ended_and_comes_back(tmp_path):
    with_town = country(*WOLFENBUETTEL)
    run(write(tmp_path, with_town))
    without = country(*(each for each in WOLFENBUETTEL if "Cremlingen" not in each))

    assert "1 ended" in run(write(tmp_path, without.replace("20250831", "20251231")))
    ended = Region.objects.get(key="031580001006")
    assert str(ended.valid_until) == "2025-12-31"
    assert lookup.suggest("Cremlingen") == ()
    assert lookup.suggest("03158006") == ()

    run(write(tmp_path, with_town))
    assert Region.objects.get(key="031580001006").valid_until is None
    assert [region.key for region in lookup.suggest("Cremlingen")] == ["031580001006"]


@pytest.mark.usefixtures("_empty")
def test_an_old_name_finds_its_people_at_the_successor(tmp_path):
    run(write(tmp_path, country(*WOLFENBUETTEL)))
    without = country(*(each for each in WOLFENBUETTEL if "Cremlingen" not in each))
    successors = write(
        tmp_path, "key,successor\n031580001006,031580001037\n", name="successors.csv"
    )

    run(write(tmp_path, without), "--successors", str(successors))

    ended = Region.objects.get(key="031580001006")
    assert [region.key for region in lookup.match("Cremlingen").regions] == ["031580001037"]
    assert [region.key for region in lookup.match("03158006").regions] == ["031580001037"]
    assert selectors.paths([ended]) == ("03", "03158", "031580001006", "031580001037")
    assert ended in selectors.within(Region.objects.get(key="031580001037"))


@pytest.mark.usefixtures("_empty")
def test_the_people_of_a_divided_region_are_found_in_each_part_also_after_another_reform(tmp_path):
    run(write(tmp_path, country(*WOLFENBUETTEL)))
    without = country(*(each for each in WOLFENBUETTEL if "Cremlingen" not in each))
    divided = write(
        tmp_path,
        "key,successor\n031580001006,031580001037\n031580001006,010010001001\n",
        name="divided.csv",
    )

    run(write(tmp_path, without), "--successors", str(divided))

    parts = {"031580001037", "010010001001"}
    ended = Region.objects.get(key="031580001006")
    for typed in ("Cremlingen", "03158006"):
        assert {region.key for region in lookup.match(typed).regions} == parts
        assert {region.key for region in lookup.suggest(typed)} == parts
    assert selectors.current(ended) == ended
    assert parts < set(selectors.paths([ended]))
    for key in ("01", "010010001001", "03158"):
        assert ended in selectors.within(Region.objects.get(key=key))

    without = "\n".join(each for each in without.split("\n") if "Hauptort 01" not in each)
    again = write(tmp_path, "key,successor\n010010001001,020010001001\n", name="again.csv")
    run(write(tmp_path, without), "--successors", str(again))

    parts = {"031580001037", "020010001001"}
    assert {region.key for region in lookup.match("Cremlingen").regions} == parts


@pytest.mark.usefixtures("_empty")
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("031580001006,999999999999", "unknown"),
        ("999999999999,03158", "unknown"),
        ("03158,03101", "has not ended"),
        ("031580001006,031580001006", "follows itself"),
        ("031580001006,03158\n031580001006,03158", "same successor twice"),
    ],
)
def test_a_successor_that_makes_no_sense_changes_nothing(tmp_path, rows, reason):
    run(write(tmp_path, country(*WOLFENBUETTEL)))
    before = everything()
    without = country(*(each for each in WOLFENBUETTEL if "Cremlingen" not in each))
    path = write(tmp_path, f"key,successor\n{rows}\n", name="successors.csv")

    with pytest.raises(CommandError, match=f"{reason}.*nothing was changed"):
        run(write(tmp_path, without), "--successors", str(path))

    assert everything() == before


@pytest.mark.usefixtures("_empty")
def test_a_list_that_would_end_too_much_is_refused(tmp_path):
    run(write(tmp_path, country(*WOLFENBUETTEL)))
    before = everything()

    with pytest.raises(CommandError, match=r"4 regions.*nothing was changed"):
        run(write(tmp_path, country()), max_ended=3)

    assert everything() == before


BROKEN = {
    "not in UTF-8": (country(town("03001002", "Müden")), "latin-1"),
    "has 219 characters, expected 220": (country("6" * 219), "utf-8"),
    "unknown kind of record '99'": (country("99".ljust(220)), "utf-8"),
    "cannot be read": (country(town("0300100x", "Ort")), "utf-8"),
    "is no date": (country(town("03001002", "Ort", day="20259999")), "utf-8"),
    "mixes areas": (country(town("03001002", "Ort", day="20241231")), "utf-8"),
    "appears twice": (country(town("03001001", "Hauptort")), "utf-8"),
    "lies in the unknown 03777": (country(town("03777001", "Ort")), "utf-8"),
    "does not hold the 16 states": (country().split("1020250831" + "16")[0], "utf-8"),
    "is empty": ("", "utf-8"),
    "NUL": (country("\x00" * 220), "utf-8"),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_broken_list_is_named_and_changes_nothing(tmp_path, reason):
    before = everything()
    text, encoding = BROKEN[reason]

    with pytest.raises(CommandError, match=f"GV100AD.txt.*{reason}.*nothing was changed"):
        run(write(tmp_path, text, encoding=encoding))

    assert everything() == before


CENTRES = "satzart,land,rb,kreis,gemeinde,gemeindename,laengengrad,breitengrad\n"
PLACES = "country_code,zipcode,place,community_code,latitude,longitude\n"


@pytest.mark.parametrize(
    ("option", "text", "reason"),
    [
        ("--coordinates", "a;b;c\n1;2;3\n", "semicolons"),
        ("--coordinates", "name,value\n", "lacks the column satzart"),
        ("--coordinates", CENTRES + "60,03,1,58\n", "line 2: has 4 cells, expected 8"),
        ("--coordinates", CENTRES + '60,03,1,58,037,Ort,"x","52,1"\n', "laengengrad is 'x'"),
        ("--coordinates", CENTRES + '60,03,1,58,037,Ort,"nan","52,1"\n', "expected a number"),
        ("--coordinates", CENTRES + '60,03,1,58,037,Ort,"52,1","10,5"\n', "not lie in Germany"),
        ("--coordinates", CENTRES, "holds no municipality"),
        ("--postal-codes", PLACES + "DE,1234,Ort,03001,52,10\n", "'1234' is no postal code"),
        ("--postal-codes", PLACES, "holds no postal code"),
        ("--postal-codes", "PK\x03\x04cut", "no readable zip"),
        ("--outlines", '{"type": "FeatureCollection", "features": [', "no JSON, or cut"),
        ("--outlines", "[]", "no GeoJSON FeatureCollection"),
        ("--outlines", '{"type": "FeatureCollection", "features": [{}]}', "feature 1"),
        ("--outlines", json.dumps({"type": "FeatureCollection", "features": []}), "no feature"),
        (
            "--outlines",
            json.dumps({"type": "FeatureCollection", "features": [square("03001", 600, 5000)]}),
            "feature 1",
        ),
        ("--names", "key,name\n03,x\n", "lacks the column"),
        ("--successors", "alt,neu\n", "lacks the column key, successor"),
    ],
)
def test_a_broken_companion_file_is_named_and_changes_nothing(tmp_path, option, text, reason):
    before = everything()
    path = write(tmp_path, text, name="broken.file")

    with pytest.raises(CommandError) as refused:
        run(write(tmp_path, country()), option, str(path))

    assert "broken.file" in str(refused.value)
    assert reason in str(refused.value)
    assert everything() == before


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"missing\.txt: cannot be read"):
        run(tmp_path / "missing.txt")


@pytest.mark.usefixtures("_empty")
def test_postal_codes_go_to_the_municipality_named_to_the_seat_and_to_the_nearest(tmp_path):
    centres = (
        CENTRES
        + '60,03,1,58,037,Wolfenbüttel,"10,53","52,16"\n'
        + '60,03,1,58,006,Cremlingen,"10,65","52,25"\n'
    )
    places = (
        PLACES
        + "DE,38302,Wolfenbüttel,03158,52.16,10.53\n"
        + "DE,38304,Wolfenbüttel Halchter,03158,52.1,10.5\n"
        + "DE,38999,Firma GmbH,03158,52.26,10.66\n"
        + "DE,38106,Firma AG,03101,52.2,10.5\n"
    )
    archive = tmp_path / "codes.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("zipcodes.csv", places)

    run(
        write(tmp_path, country(*WOLFENBUETTEL)),
        "--coordinates", str(write(tmp_path, centres, name="centres.csv")),
        "--postal-codes", str(archive),
    )  # fmt: skip

    def served(code):
        return [region.name for region in selectors.by_postal_code(code).regions]

    assert served("38300") == served("38302") == served("38304") == ["Wolfenbüttel"]
    assert served("38162") == served("38999") == ["Cremlingen"]
    assert served("38106") == ["Braunschweig"]


def test_a_document_that_cannot_be_made_holds_up_no_other(now, monkeypatch):
    member = make.publish(make.member())
    pages = [make.publish(make.offer(member, title=title)) for title in ("Heil", "Kaputt", "Ganz")]
    Region.objects.filter(key="03158").update(parent="04")
    Change.objects.create(region_id="03158", changed_at=now)
    original, is_broken = refresh.refresh, True

    def refresh_or_fail(*, item, **how):
        if item == str(pages[1].translation_key) and is_broken:
            raise RuntimeError("the builder is broken")
        original(item=item, **how)

    def left():
        stale = SearchDocument.objects.filter(item__in=[page.translation_key for page in pages])
        return {row.title for row in stale if row.region_paths != ["03158", "04"]}

    monkeypatch.setattr(refresh, "refresh", refresh_or_fail)
    done = [refresh_changed(now=now, limit=2) for _ in range(5)]
    assert left() == {"Kaputt"}
    assert done[-1] == 0  # the worker may pause
    assert Change.objects.exists()  # and is not done

    is_broken = False
    while refresh_changed(now=now + refresh.PAUSE, limit=2):
        pass
    assert left() == set()
    assert not Change.objects.exists()


@pytest.mark.usefixtures("_empty")
def test_outlines_bring_neighbours(tmp_path):
    features = [square("03158", 10, 52), square("03101", 10.5, 52), square("16001", 12, 50)]
    path = write(
        tmp_path, json.dumps({"type": "FeatureCollection", "features": features}), name="o.geojson"
    )

    said = run(write(tmp_path, country(*WOLFENBUETTEL)), "--outlines", str(path))

    assert "3 outlines" in said
    assert "BKG" in said
    assert Outline.objects.get(pk="03158").touches == ["03101"]
    assert Outline.objects.get(pk="16001").touches == []


def test_the_demo_s_list_leaves_an_imported_one_alone(tmp_path):
    run(write(tmp_path, country(*WOLFENBUETTEL)), max_ended=10_000)
    before = everything()

    assert not load_gazetteer()
    assert everything() == before


def test_a_changed_ancestry_refreshes_the_documents_below_it(now):
    make.publish(make.offer(make.publish(make.member()), title="Sprachcafé"))
    assert "03" in SearchDocument.objects.get(title="Sprachcafé").region_paths
    # The district moves to another state.
    Region.objects.filter(key="03158").update(parent="04")
    Change.objects.create(region_id="03158", changed_at=now)

    while due(now=now).exists():
        assert refresh_changed(now=now, limit=1) == 1

    document = SearchDocument.objects.get(title="Sprachcafé")
    assert document.region_paths == ["03158", "04"]
    assert not SearchTerm.objects.filter(
        document=document, field="region_path", value="03"
    ).exists()
    assert not Change.objects.exists()


def test_the_import_marks_what_search_must_show_anew(tmp_path):
    text = country(*WOLFENBUETTEL, district("03153", "Goslar neu"))
    rows = [line for line in text.splitlines() if line]

    run(write(tmp_path, "\n".join(rows) + "\n"), max_ended=10_000)

    # Worked off by the command itself, after its transaction.
    assert Region.objects.get(key="03153").full_name == "Landkreis Goslar neu"
    assert not Change.objects.exists()


@pytest.mark.usefixtures("_empty")
def test_the_postal_codes_of_geonames_itself_are_read(tmp_path):
    line = "DE\t38302\tWolfenbüttel\tNds\tNI\t\t00\tLandkreis\t03158\t52.16\t10.53\t4\n"
    archive = tmp_path / "DE.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", "about")
        file.writestr("DE.txt", line)

    run(write(tmp_path, country(*WOLFENBUETTEL)), "--postal-codes", str(archive))

    assert [region.name for region in selectors.by_postal_code("38302").regions] == ["Wolfenbüttel"]


@pytest.mark.parametrize("names", [(), ("a.csv", "b.csv")])
def test_an_archive_without_or_with_several_tables_is_refused(tmp_path, names):
    archive = tmp_path / "codes.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in names:
            file.writestr(name, PLACES)

    with pytest.raises(CommandError, match=r"codes\.zip: holds . files"):
        run(write(tmp_path, country()), "--postal-codes", str(archive))
