"""Message catalogues without the gettext programs: compile, complete and check them.

python -m tools.catalogues FILE.po ...   compile to .mo
python -m tools.catalogues --update      add new messages to the catalogues, drop old ones
python -m tools.catalogues --check       fail when a message is missing, untranslated or broken
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "cms" / "locale"
ROOMS = ("cms", "newsroom", "search")
FUNCTIONS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
# Seen in the admin alone, which speaks German and English.
ADMIN_ONLY = (
    "templates/cms/too_many_passwords.html",
    "templates/newsroom/approval/action.html",
    "templates/newsroom/translation/",
    "cms/delivery/stumbles.py",
    "newsroom/approval/",
    "newsroom/translation/",
    "newsroom/regions/forms.py",
    "newsroom/regions/models.py",
    "newsroom/regions/wagtail_hooks.py",
    "newsroom/members/batches.py",
    "newsroom/members/models.py",
    "newsroom/members/wagtail_hooks.py",
    "newsroom/offers/hints.py",
    "newsroom/offers/letters.py",
    "newsroom/offers/wagtail_hooks.py",
    "search/admin_views.py",
    "search/wagtail_hooks.py",
    "templates/search/admin/",
    "templates/wagtailadmin/",
    "templates/newsroom/members/batch.html",
    "templates/newsroom/members/batches.html",
    "templates/newsroom/offers/coverage.html",
    "templates/newsroom/offers/hints.html",
    "newsroom/press/",
    "newsroom/desk/",
    "newsroom/releases/advice.py",
    "newsroom/releases/embargo.py",
    "newsroom/releases/forms.py",
    "newsroom/releases/models.py",
    "newsroom/releases/panels.py",
    "newsroom/releases/parts.py",
    "newsroom/releases/views.py",
    "newsroom/releases/wagtail_hooks.py",
    "templates/newsroom/releases/admin/",
    "newsroom/releases/blocks.py",
    "newsroom/releases/preflight.py",
    *(
        f"newsroom/embargo/{module}.py"
        for module in (
            "admin_views",
            "apps",
            "forms",
            "models",
            "rules",
            "services",
            "wagtail_hooks",
        )
    ),
    "cms/delivery/management/",
    "templates/newsroom/embargo/invitations.html",
    "templates/newsroom/desk/",
    "templates/cms/mail/",
    "cms/mail/",
    "cms/media/",
    "cms/pages/",
    "cms/settings/",
    "cms/accounts/",
)
# Languages of the public site alone; German is complete, easy-to-read German falls back to it.
PUBLIC_LANGUAGES = ("ar", "fa", "fr", "ru", "tr", "uk")

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
TAG = re.compile(r"</?\w+")

Message = tuple[str, str]  # singular and plural ("" without one)


def messages() -> dict[Message, set[str]]:
    """Return every message of the code and the templates with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for message in _in_python(path):
                found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for message in _in_template(path):
            found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return found


def _in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        if name in FUNCTIONS and texts and isinstance(texts[0], str):
            plural = texts[1] if name.startswith("n") and len(texts) > 1 else ""
            yield texts[0], str(plural)


def _in_template(path: Path) -> Iterator[Message]:
    from django.template import engines  # noqa: PLC0415 - after django.setup()
    from django.template.base import Node, NodeList  # noqa: PLC0415
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode  # noqa: PLC0415

    engine: Any = engines["django"]
    template = engine.from_string(path.read_text(encoding="utf-8")).template

    def walk(nodes: NodeList) -> Iterator[Node]:
        for node in nodes:
            yield node
            for name in ("nodelist", *getattr(node, "child_nodelists", ())):
                inner = getattr(node, name, None)
                if inner:
                    yield from walk(inner)

    for node in walk(template.nodelist):
        if isinstance(node, TranslateNode):
            literal = getattr(node.filter_expression.var, "literal", None)
            if literal:
                yield str(literal), ""
        elif isinstance(node, BlockTranslateNode):
            singular, _names = node.render_token_list(node.singular)
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            trim = (lambda text: " ".join(text.split())) if node.trimmed else str
            yield trim(singular), trim(plural)


def compile_catalogue(path: Path) -> None:
    """Write the .mo beside a .po."""
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def is_public(files: set[str]) -> bool:
    """Return whether readers of the public site can meet a message of these files."""
    return any(not file.startswith(ADMIN_ONLY) for file in files)


def problems() -> list[str]:
    """Return what is wrong with the catalogues, a line each."""
    wanted = messages()
    lines = [f"{language}: there is no catalogue" for language in _without_catalogue()]
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po")):
        language = path.parts[-3]
        catalogue = polib.pofile(str(path))
        forms = _forms(catalogue)
        entries = {(e.msgid, e.msgid_plural): e for e in catalogue}
        for message, files in sorted(wanted.items()):
            if language in PUBLIC_LANGUAGES and not is_public(files):
                continue
            entry = entries.get(message)
            if entry is None or not entry.translated():
                lines.append(f"{language}: “{message[0]}” is not translated ({min(files)})")
            elif fault := _fault(entry, forms):
                lines.append(f"{language}: “{message[0]}” {fault}")
        lines += [f"{language}: “{m[0]}” is used nowhere" for m in entries.keys() - wanted.keys()]
    return lines


def _without_catalogue() -> set[str]:
    """Return the content languages that nobody has translated; a variant reads its base."""
    from cms.settings.languages import CONTENT_LANGUAGES  # noqa: PLC0415 - as above

    bases = {code.partition("-")[0] for code, _name in CONTENT_LANGUAGES}
    return bases - {"en"} - {path.name for path in CATALOGUES.iterdir()}


def _forms(catalogue: polib.POFile) -> int:
    return int(catalogue.metadata["Plural-Forms"].split("nplurals=")[1].split(";")[0])


def _fault(entry: polib.POEntry, forms: int) -> str:
    """Return what would break a page; empty for a sound translation.

    A plural form may leave the number out ("one member"); a placeholder nobody fills, no form may.
    """
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.msgid_plural and len(texts) != forms:
        return f"has {len(texts)} of {forms} plural forms"
    known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    for text in texts:
        if strange := set(PLACEHOLDER.findall(text)) - known:
            return f"has a placeholder of its own: {min(strange)}"
        if TAG.findall(text) != TAG.findall(entry.msgid):
            return "has other tags than the original"
    return ""


def update() -> None:
    """Bring the entries of every catalogue to the messages in use; keep translations."""
    wanted = messages()
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po")):
        language = path.parts[-3]
        catalogue = polib.pofile(str(path))
        known = {(e.msgid, e.msgid_plural): e for e in catalogue}
        kept = polib.POFile(wrapwidth=98)
        kept.metadata = catalogue.metadata
        for message, files in sorted(wanted.items()):
            if language in PUBLIC_LANGUAGES and not is_public(files):
                continue
            entry = known.get(message) or _entry(message, catalogue)
            entry.occurrences = [(file, "") for file in sorted(files)]
            entry.flags = [flag for flag in entry.flags if flag != "python-format"]
            if "%(" in message[0] or "%d" in message[0] or "%s" in message[0]:
                entry.flags.append("python-format")
            kept.append(entry)
        kept.save(str(path))


def _entry(message: Message, catalogue: polib.POFile) -> polib.POEntry:
    if not message[1]:
        return polib.POEntry(msgid=message[0])
    return polib.POEntry(
        msgid=message[0],
        msgid_plural=message[1],
        msgstr_plural=dict.fromkeys(range(_forms(catalogue)), ""),
    )


def main(arguments: list[str]) -> int:
    """Run the tool; see the module's text."""
    if arguments in (["--check"], ["--update"]):
        import django  # noqa: PLC0415 - compiling needs no Django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
        django.setup()
        if arguments == ["--update"]:
            update()
            return 0
        found = problems()
        print("\n".join(found), file=sys.stderr, end="\n" if found else "")
        return 1 if found else 0
    for name in arguments:
        compile_catalogue(Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
