import pytest
from django.core.management import call_command

from search.compounds import proposals
from tests.search.world import document

TEXT = "Ein Kurs. Sprache, Abend, Arbeit. Sprachekurs, Abendkurs und Arbeitskurs."


def test_noun_that_ends_three_compounds_is_proposed():
    assert proposals([TEXT], known=()) == [("kurs", 3)]


def test_known_part_is_not_proposed_again():
    assert proposals([TEXT], known={"kurs"}) == []


@pytest.mark.django_db
def test_command_prints_proposals_of_the_public_documents(world, capsys):
    world.put(document(body="Der Hut. Sonne, Filz, Regen: Sonnenhut, Filzhut, Regenhut, Zylinder."))
    world.put(document("2", body="Gugelhupf, Apfel, Topf: Apfelhupf, Topfhupf, Hupf, Gugel."))
    call_command("search_word_parts")
    assert capsys.readouterr().out.split() == ["hupf", "3"]
