"""Whom the editors have invited to a release, and inviting more."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from newsroom.embargo.forms import InvitationForm
from newsroom.embargo.models import Invitation
from newsroom.embargo.rules import State
from newsroom.embargo.selectors import entries, standing
from newsroom.embargo.services import NotWaitingError, invite, revoke
from newsroom.releases.models import PressReleasePage

REVOCABLE = (State.OPEN, State.CHANGED, State.PUBLIC)


def may_invite(user: Any, page: Any) -> bool:
    """Return whether `user` may let others read `page` before its hour."""
    return bool(user.has_perm("embargo.invite") and page.permissions_for_user(user).can_edit())


def invitations(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the invitations to a release; with a post, invite addresses."""
    page = _release(request, page_id)
    now = timezone.now()
    form = InvitationForm(request.POST or None, initial={"language": page.locale.language_code})
    if request.method == "POST" and form.is_valid():
        return _invite(request, page, **form.cleaned_data)
    at_present = standing(page.pk, now=now)
    context = {
        "page": page,
        "form": form if at_present.is_waiting(now=now) else None,
        "entries": entries(page, now=now),
        "goes_live_at": at_present.goes_live_at,
        "revocable": REVOCABLE,
    }
    return TemplateResponse(request, "newsroom/embargo/invitations.html", context)


@require_POST
def invite_again(request: HttpRequest, page_id: int, invitation_id: int) -> HttpResponse:
    """Send the address of a former invitation a new link to the version approved now."""
    page = _release(request, page_id)
    former = get_object_or_404(Invitation, pk=invitation_id, page_id=page.pk)
    return _invite(request, page, addresses=[former.address], language=former.language)


@require_POST
def revoke_one(request: HttpRequest, page_id: int, invitation_id: int) -> HttpResponse:
    """Let a link show nothing from now on."""
    page = _release(request, page_id)
    invitation = get_object_or_404(Invitation, pk=invitation_id, page_id=page.pk)
    if revoke(invitation=invitation, user=request.user, now=timezone.now()):
        messages.success(
            request, _("The link of %(address)s is revoked.") % {"address": invitation.address}
        )
    return redirect("embargo_invitations", page.pk)


def _release(request: HttpRequest, page_id: int) -> Any:
    page = get_object_or_404(PressReleasePage, pk=page_id)
    if not may_invite(request.user, page):
        raise PermissionDenied
    return page


def _invite(
    request: HttpRequest, page: Any, *, addresses: list[str], language: str
) -> HttpResponse:
    try:
        made = invite(
            page=page,
            addresses=addresses,
            language=language,
            user=request.user,
            now=timezone.now(),
        )
    except NotWaitingError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            ngettext("%(count)d address is invited.", "%(count)d addresses are invited.", len(made))
            % {"count": len(made)},
        )
    return redirect("embargo_invitations", page.pk)
