"""What a personal link answers. No cookie, no session, nothing that a cache may keep."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cms.media.filetypes import TYPES, extension_of
from newsroom.embargo.files import are_as_approved, reference_of
from newsroom.embargo.models import PAGE, UNKNOWN_FILE, Invitation, Opening
from newsroom.embargo.presentation import embargo_end, file_name
from newsroom.embargo.rendering import rendered
from newsroom.embargo.rules import State, state_of
from newsroom.embargo.selectors import invitation_of, standing
from newsroom.embargo.services import note_opening

NOT_FOUND, GONE = 404, 410
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
Outcome = Opening.Outcome
OUTCOMES = {State.OPEN: Outcome.SHOWN, State.PUBLIC: Outcome.FORWARDED}

View = Callable[..., HttpResponseBase]


def personal(view: View) -> View:
    """Return `view` for reading only, with the headers of a personal link on every answer.

    Nothing is changed by a post, so none needs a token against forgery: it is a 405, not a 403.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = require_safe(view)(request, **kwargs)
        for header, value in HEADERS.items():
            response.headers[header] = value
        return response

    return answer


@personal
def show_release(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer with the approved version, the way to the public page, or why there is nothing."""
    now = timezone.now()
    invitation = invitation_of(token)
    if invitation is None:
        return _closed(request)
    at_present = standing(invitation.page_id, now=now)
    state = state_of(invitation, at_present, now=now)
    version = invitation.receipt.revision.as_object()
    if state == State.OPEN and not are_as_approved(version, invitation.receipt):
        state = State.CHANGED
    _note(request, invitation, PAGE, OUTCOMES.get(state, Outcome.REFUSED), now)
    if state == State.OPEN:
        until = embargo_end(version, at_present)
        language = version.locale.language_code
        page = rendered(version, token=token, until=until, request=request)
        return HttpResponse(page, headers={"Content-Language": language})
    if state == State.PUBLIC:
        return HttpResponseRedirect(invitation.page.url)
    if state in (State.CHANGED, State.WITHDRAWN):
        return _notice(request, state, invitation.language)
    return _closed(request)


@personal
def show_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Answer with a picture or file that the approved version shows; its name says the embargo."""
    now = timezone.now()
    invitation = invitation_of(token)
    if invitation is None:
        return _closed(request)
    at_present = standing(invitation.page_id, now=now)
    state = state_of(invitation, at_present, now=now)
    version = invitation.receipt.revision.as_object()
    reference = reference_of(name, version=version) if state in OUTCOMES else None
    if reference is None or not are_as_approved(version, invitation.receipt, only=reference):
        _note(request, invitation, UNKNOWN_FILE, Outcome.REFUSED, now)
        return _closed(request)
    _note(request, invitation, reference, OUTCOMES[state], now)
    if state == State.PUBLIC:
        return HttpResponseRedirect(default_storage.url(name))  # which asks again who may see it
    with translation.override(version.locale.language_code):
        saved_as = file_name(name, until=embargo_end(version, at_present))
    try:
        file = default_storage.open(name)
    except OSError:
        return _closed(request)
    return FileResponse(
        file,
        filename=saved_as,
        content_type=TYPES.get(extension_of(name)),  # a picture's is guessed from its name
        as_attachment=not reference.startswith("picture"),
        headers={
            "Accept-Ranges": "none",  # a part of a file would be an opening of its own
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@personal
def show_nothing(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing: what stands below the prefix and is no link."""
    return _closed(request)


def _note(
    request: HttpRequest, invitation: Invitation, subject: str, outcome: Outcome, now: datetime
) -> None:
    """Store the opening. HEAD shows nothing to anybody."""
    if request.method == "GET":
        note_opening(invitation=invitation, subject=subject, outcome=outcome, now=now)


def _closed(request: HttpRequest) -> HttpResponse:
    """Answer the same to unknown, ended and revoked links; only the reader's language differs."""
    with translation.override(get_language_from_request(request)):
        return _message(
            request,
            status=NOT_FOUND,
            heading=_("There is nothing to read here"),
            text=_(
                "The link is incomplete, its time is over, or it was taken back. Please ask the"
                " newsroom that sent it to you."
            ),
        )


def _notice(request: HttpRequest, state: State, language: str) -> HttpResponse:
    """Tell an invited reader, in the language of the letter, what became of the release."""
    with translation.override(language):
        if state == State.WITHDRAWN:
            heading = _("This release was taken back")
            text = _(
                "The issuing organisation no longer stands by this text. Please do not use or"
                " quote it any more."
            )
        else:
            heading = _("This version is no longer available")
            text = _(
                "The release was changed after you had been invited. Please do not use the version"
                " you have read. If the newsroom invites you again, you receive a new link."
            )
        return _message(request, status=GONE, heading=heading, text=text)


def _message(request: HttpRequest, *, status: int, heading: str, text: str) -> HttpResponse:
    context = {"heading": heading, "text": text}
    return HttpResponse(
        render_to_string("newsroom/embargo/message.html", context, request), status=status
    )
