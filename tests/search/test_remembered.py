from search.remembered import LIMIT, SECONDS, remembered


class Names:
    def __init__(self, **names):
        self.names, self.asked = names, []

    def __call__(self, keys, language):
        keys = list(keys)
        self.asked.append(keys)
        return {key: f"{self.names[key]} {language}" for key in keys if key in self.names}


def test_known_names_are_asked_for_once_in_each_language():
    names = Names(a="A", b="B")
    ask = remembered(names)
    assert ask(["a"], "de") == {"a": "A de"}
    assert ask(["a", "b"], "de") == {"a": "A de", "b": "B de"}
    assert ask(["a"], "en") == {"a": "A en"}
    assert names.asked == [["a"], ["b"], ["a"]]


def test_name_that_was_unknown_is_known_as_soon_as_it_exists():
    names = Names()
    ask = remembered(names)
    assert ask(["a"], "de") == {}
    names.names["a"] = "A"
    assert ask(["a"], "de") == {"a": "A de"}


def test_changed_name_shows_after_a_while():
    names, now = Names(a="A"), [0.0]
    ask = remembered(names, clock=lambda: now[0])
    ask(["a"], "de")
    names.names["a"] = "Neu"
    now[0] = SECONDS - 1
    assert ask(["a"], "de") == {"a": "A de"}
    now[0] = SECONDS + 1
    assert ask(["a"], "de") == {"a": "Neu de"}


def test_memory_is_bounded():
    names = Names(**{f"k{number}": "x" for number in range(LIMIT + 2)})
    ask = remembered(names)
    ask(names.names, "de")
    ask(["k0"], "en")
    ask(["k1"], "de")
    assert names.asked[-1] == ["k1"]
