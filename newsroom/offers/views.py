"""Pages without sign-in: the provider's answer, and a reader's hint."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsroom.approval.selectors import public
from newsroom.members.selectors import in_language
from newsroom.offers import services
from newsroom.offers.forms import ChangeForm, HintForm
from newsroom.offers.links import read
from newsroom.offers.models import Hint, OfferPage
from newsroom.offers.reader import sender
from newsroom.offers.selectors import freshness_of

HINTS_AN_HOUR = 5
HINTS_AN_HOUR_ON_ONE_OFFER = 20
FORM_SALT = "newsroom.offers.hint"
FORM_VALID = timedelta(hours=12)


# Nobody is signed in here, so there is no authority that another site could borrow; the link, or
# the signed stamp in the form, is what counts. So readers need no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the provider can say about an offer; carry out what was chosen."""
    link = read(token)
    page = _source(link.offer_key) if link else None
    if link is None or page is None or not services.is_open(link.offer_key, link.nonce):
        return _private(request, "newsroom/offers/answer_used.html", {}, status=410)
    form = ChangeForm(request.POST if request.POST.get("choice") == "change" else None, page=page)
    context = {"offer": page, "form": form, "fresh": freshness_of(page)}
    if request.method != "POST":
        return _private(request, "newsroom/offers/answer.html", context)
    choice = request.POST.get("choice", "")
    if choice not in ("confirm", "end", "change") or (choice == "change" and not form.is_valid()):
        return _private(request, "newsroom/offers/answer.html", context, status=400)
    try:
        _carry_out(choice, page, link.nonce, form)
    except services.UsedLinkError:
        return _private(request, "newsroom/offers/answer_used.html", {}, status=410)
    done = {"offer": page, "choice": choice, "fresh": freshness_of(page)}
    return _private(request, "newsroom/offers/answer_done.html", done)


def _carry_out(choice: str, page: OfferPage, nonce: str, form: ChangeForm) -> None:
    now, key = timezone.now(), str(page.translation_key)
    if choice == "confirm":
        services.confirm(offer_key=key, nonce=nonce, now=now)
    elif choice == "end":
        services.end(offer_key=key, nonce=nonce, now=now)
    else:
        changes = dict(form.cleaned_data)
        message = changes.pop("message")
        services.propose_change(page=page, nonce=nonce, changes=changes, message=message, now=now)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def hint(request: HttpRequest, item: UUID) -> HttpResponse:
    """Take a reader's hint that something about an offer is wrong."""
    page = _shown(item)
    form = HintForm(request.POST if request.method == "POST" else None)
    context = {"offer": page, "form": form, "stamp": signing.dumps(str(item), salt=FORM_SALT)}
    if request.method != "POST":
        return TemplateResponse(request, "newsroom/offers/hint.html", context)
    if not _is_stamped(request.POST.get("stamp", ""), item) or _is_foreign(request):
        form.add_error(None, _("The form is too old. Please send it again."))
    if not form.is_valid():
        return TemplateResponse(request, "newsroom/offers/hint.html", context, status=400)
    now = timezone.now()
    reader = sender(
        request.META, proxies=settings.TRUSTED_PROXIES, secret=settings.SECRET_KEY, now=now
    )
    if _is_too_much(page, reader, now):
        form.add_error(None, _("There were many hints in a short time. Please try again later."))
        return TemplateResponse(request, "newsroom/offers/hint.html", context, status=429)
    if not form.cleaned_data["website"]:  # only machines fill in what nobody sees
        services.add_hint(
            page=page,
            source=Hint.Source.READER,
            text=form.cleaned_data["text"],
            reply_to=form.cleaned_data["reply_to"],
            sender=reader,
            now=now,
        )
    return TemplateResponse(request, "newsroom/offers/hint_done.html", {"offer": page})


def _source(offer_key: str) -> OfferPage | None:
    try:
        pages = OfferPage.objects.filter(translation_key=UUID(offer_key)).order_by("pk")[:1]
    except ValueError:
        return None
    shown = public(OfferPage.objects.filter(pk__in=pages.values("pk")), now=timezone.now())
    return shown.select_related("locale").first()


def _shown(item: UUID) -> Any:
    pages = OfferPage.objects.filter(translation_key=item).order_by("pk")[:1]
    language = get_language() or "de"
    shown = in_language(OfferPage, pages, language=language, now=timezone.now())
    if not shown:
        raise Http404
    return shown[0]


def _is_stamped(stamp: str, item: UUID) -> bool:
    try:
        return bool(signing.loads(stamp, salt=FORM_SALT, max_age=FORM_VALID) == str(item))
    except signing.BadSignature:
        return False


def _is_foreign(request: HttpRequest) -> bool:
    """Return whether the browser says that another site has sent the form."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def _is_too_much(page: OfferPage, reader: str, now: datetime) -> bool:
    recent = Hint.objects.filter(created_at__gt=now - timedelta(hours=1))
    return (
        recent.filter(sender=reader).count() >= HINTS_AN_HOUR
        or recent.filter(page=page).count() >= HINTS_AN_HOUR_ON_ONE_OFFER
    )


def _private(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page that no cache, crawler or foreign site gets to know."""
    headers = {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    return TemplateResponse(request, template, context, status=status, headers=headers)
