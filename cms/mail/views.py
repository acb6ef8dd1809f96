"""The outbox in the admin, for those who run the site."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.mail.models import Mail
from cms.mail.services import retry

PER_PAGE = 50


def _assert_superuser(request: HttpRequest) -> None:
    """Raise PermissionDenied: mails name people and texts that are not public yet."""
    if not (request.user.is_active and request.user.is_superuser):
        raise PermissionDenied


def outbox(request: HttpRequest) -> HttpResponse:
    """List the mails, the newest first."""
    _assert_superuser(request)
    shown = Paginator(Mail.objects.defer("body"), PER_PAGE).get_page(request.GET.get("p"))
    context = {"page_title": _("Outbox"), "header_icon": "mail", "page_obj": shown}
    return TemplateResponse(request, "cms/mail/outbox.html", context)


def letter(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one mail; the text of a confidential one to nobody."""
    _assert_superuser(request)
    mail = get_object_or_404(Mail, pk=mail_id)
    return TemplateResponse(request, "cms/mail/letter.html", {"mail": mail})


@require_POST
def send_again(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Set a parked mail going again."""
    _assert_superuser(request)
    mail = get_object_or_404(Mail, pk=mail_id)
    if retry(mail=mail, now=timezone.now()):
        messages.success(request, _("The mail is tried again."))
    else:
        messages.error(request, _("Only a mail that was stopped after errors is tried again."))
    return redirect("mail_letter", mail.pk)
