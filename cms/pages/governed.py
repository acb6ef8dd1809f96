"""The base of every page: what Wagtail allows by default and four eyes forbid."""

from http import HTTPMethod
from typing import Any

from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.models.pages import PagePermissionTester
from wagtail.url_routing import RouteResult

from cms.pages.addresses import site_address
from cms.pages.forms import GovernedPageForm
from cms.pages.gate import NotApprovedError, RefusedError, gate
from cms.pages.reach import is_strange
from cms.pages.references import Referenced
from cms.pages.translated import untranslated

# What Wagtail stores of a page besides its content; `live` is not among them.
STATE_FIELDS = frozenset(
    {
        "path", "depth", "numchild", "url_path", "draft_title", "owner", "latest_revision",
        "latest_revision_created_at", "has_unpublished_changes", "locked", "locked_at",
        "locked_by", "expired", "wagtail_admin_comments",
    }
)  # fmt: skip


class GovernedPermissionTester(PagePermissionTester):
    """Answers the admin's questions about a page; superusers obey too.

    Publishing is not a right anybody has: it follows from an approval. So the admin never shows
    a button that would publish, and its views refuse a forged form post.
    """

    def can_publish(self) -> bool:
        """Return False: publishing follows from approval."""
        return False

    def can_publish_subpage(self) -> bool:
        """Return False: a page is never created and published in one go."""
        return False

    def can_unpublish(self) -> bool:
        """Return False: taking offline is an action of its own, with a reason."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Return False: a page is public or it is not."""
        return False

    def can_unschedule(self) -> bool:
        """Return False: a date is changed in the form and approved again."""
        return False

    def can_reorder_children(self) -> bool:
        """Return False: the order of pages is no way to change the public site."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Return whether the page may be deleted: never while it, or one below it, is bound."""
        return bool(super().can_delete(ignore_bulk)) and not gate().is_bound(self.page)

    def can_move_to(self, destination: Any) -> bool:
        """Return whether the page may be moved there: what was approved stays where it was."""
        return bool(self.can_move() and super().can_move_to(destination))


class GovernedPage(Page):
    """A page that becomes public only through the gate (see cms.pages.gate)."""

    base_form_class = GovernedPageForm
    # A translation starts as an ordinary draft of its own; the synchronised mode writes into
    # live pages without asking anybody.
    localize_default_translation_mode = "simple"
    # Structural pages cannot be taken offline: everything below would go with them.
    is_retractable = True
    # Fields in which a translation needs words of its own before it is submitted.
    must_be_translated: tuple[str, ...] = ()
    # The kind under which search knows pages of this class; None: search never shows them.
    search_kind: str | None = None
    # Relations its search document is made of, read for several pages at once.
    search_reads: tuple[str, ...] = ()
    # A page is read; what is sent to it is refused instead of being answered like a reading.
    allowed_http_methods = (HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS)
    # The v2 and v3 APIs of the platform are not mounted; nothing is exported to them.
    api_fields: list[Any] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> GovernedPermissionTester:
        """Return the tester that says what `user` may do with this page."""
        return GovernedPermissionTester(user, self)

    def publish(
        self,
        revision: Any,
        user: Any = None,
        changed: bool = True,
        log_action: Any = True,
        previous_revision: Any = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish `revision` if it is approved. Raises NotApprovedError otherwise."""
        gate().publish(page=self, revision=revision, user=user)

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: Any = None,
        log_action: Any = True,
    ) -> None:
        """Take this page and its language versions off the public site."""
        if commit:
            gate().unpublish(page=self, user=user, is_expired=set_expired)
        else:
            # Wagtail is about to delete the row: the deletion itself takes it off the site.
            super().unpublish(
                set_expired=set_expired, commit=False, user=user, log_action=log_action
            )

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Store what somebody wrote; an approval of something else that waits is dropped.

        Who did not write is not made an author, and could not decide any more: a browser may store
        a text that nobody has touched (its form was not complete yet when it began to watch), and
        whoever reads a text may leave comments in its margin.

        Raises RefusedError when something newer was stored while this was on its way: a browser
        that saves while its text is being submitted would change what others decide about.
        """
        is_from_form = kwargs.get("log_action") and not kwargs.get("previous_revision")
        if is_from_form and gate().is_unwritten(self):
            self.save(update_fields=[COMMENTS_RELATION_NAME], clean=False)
            return self.get_latest_revision()
        over = kwargs.get("overwrite_revision")
        if over and over.pk != self._newest_revision_id():
            raise RefusedError(
                _("There is a newer version of this text. Open that one and change it.")
            )
        if over and (over.user != kwargs.get("user") or over.pk == self.live_revision_id):
            # The browser was told of it when nothing was written; it stays as its author left it,
            # and as it was published.
            kwargs["overwrite_revision"] = None
        revision = super().save_revision(*args, **kwargs)
        gate().note_writing(page=self, revision=revision, user=revision.user)
        return revision

    def _newest_revision_id(self) -> int | None:
        """Return what the database has by now; others wait until this request is over."""
        rows = Page.objects.select_for_update().filter(pk=self.pk)
        return rows.values_list("latest_revision_id", flat=True).get()

    def update_aliases(self, **kwargs: Any) -> None:
        """Do nothing: aliases would carry a text to places nobody approved it for."""

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Store the page. Raises NotApprovedError when it would become public unapproved."""
        fields = kwargs.get("update_fields")
        is_content = fields is None or not STATE_FIELDS.issuperset(fields)
        if self.live and is_content and not gate().is_live_allowed(self):
            raise NotApprovedError(
                _("This version of “%(title)s” has not been approved by a second person.")
                % {"title": self.title}
            )
        return super().save(*args, **kwargs)

    def get_url_parts(self, request: Any = None) -> Any:
        """Return (site, its address, path); the address is BASE_URL's.

        Wagtail's would be made of the site's row, which knows https on port 443 only.
        """
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        return parts[0], site_address(), parts[2]

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find the page of an address; a page taken back is still found, to say that it is gone.

        What was never public is not even read: an answer must not take longer because a draft
        bears the name that was asked for. Nor are the pages on the way: none of them has addresses
        of its own making, and what stands at the end is public only while they are.
        """
        if path_components:
            below = gate().answering(Page.objects.descendant_of(self)).select_related("locale")
            url_path = f"{self.url_path}{'/'.join(path_components)}/"
            found = below.filter(slug=path_components[-1], url_path=url_path).first()
            if found is None:
                raise Http404
            page = found.specific
            page.locale = found.locale
            return page.route(request, [])
        if not self.live and gate().is_withdrawn(self):
            return RouteResult(self)
        return super().route(request, path_components)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context; the request keeps the page, whose languages it names."""
        request.served_page = self
        return dict(super().get_context(request, *args, **kwargs))

    def get_admin_display_title(self) -> str:
        """Return the draft's title; to people of other houses the public one."""
        return str(self.title if is_strange(self) else super().get_admin_display_title())

    @property
    def status_string(self) -> str:
        """Return the page's state; to people of other houses nothing of its draft."""
        if is_strange(self):
            return str(_("public")) if self.live else ""
        return str(super().status_string)

    def pictures_shown(self) -> list[int]:
        """Return the ids of the pictures this version shows; they become public with it."""
        return []

    def files_shown(self) -> list[int]:
        """Return the ids of the files this version shows; they become public with it."""
        return []

    def references(self) -> list[Referenced]:
        """Return what this version shows besides its own text; an approval covers its bytes too."""
        return []

    def preflight(self) -> list[tuple[str, str]]:
        """Return what keeps this version from being submitted: (field name, what to do)."""
        children = self.required_children().items()
        missing = [(name, remedy) for name, remedy in children if not getattr(self, name).all()]
        return [*missing, *untranslated(self)]

    def label_of(self, name: str) -> str:
        """Return what people call a field of this kind of page, or a list of its parts."""
        field = self._meta.get_field(name)
        if field.one_to_many:
            return str(capfirst(field.related_model._meta.verbose_name_plural))
        return str(capfirst(field.verbose_name))

    def advice(self) -> list[tuple[str, str]]:
        """Return what is doubtful about this version, but keeps nobody from submitting it."""
        return []

    def required_children(self) -> dict[str, str]:
        """Return what must be there at submission: relation -> what to do."""
        return {}
