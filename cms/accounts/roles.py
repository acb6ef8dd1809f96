"""The roles of the alliance and what each may do in general.

Rights on pages hang on the tree and are given by the setup; no role has the right to publish:
publishing follows from approval. Accounts are managed by superusers.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A role, its group and its general permissions ("app.codename")."""

    group: str
    permissions: tuple[str, ...]


_ADMIN = "wagtailadmin.access_admin"
PRESS_OFFICER = Role("Presse", (_ADMIN,))
EDITOR = Role(
    "Redaktion",
    (
        _ADMIN,
        "approval.retract",
        "approval.schedule",
        "embargo.invite",
        "search.change_searchdocument",
    ),
)
TRANSLATOR = Role("Übersetzung", (_ADMIN, "wagtail_localize.submit_translation"))
MEMBER_EDITOR = Role("Mitglieder", (_ADMIN,))
ROLES = (PRESS_OFFICER, EDITOR, TRANSLATOR, MEMBER_EDITOR)
