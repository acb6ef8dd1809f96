"""Arranging a review: when it is due and who has it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from newsroom.desk import people, services
from newsroom.desk.forms import ReviewForm
from newsroom.desk.models import Review
from newsroom.desk.post import title_of


def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """Ask for due date and person, and store them."""
    found = get_object_or_404(Review.objects.select_related("task_state"), pk=review_id)
    if not services.may_arrange(review=found, user=request.user):
        raise PermissionDenied
    page = found.task_state.workflow_state.content_object.specific
    able = people.deciders(task=found.task_state.task.specific, page=page)
    initial = {"due_at": found.due_at, "assigned_to": found.assigned_to_id}
    form = ReviewForm(request.POST or None, able=able, initial=initial)
    if request.method == "POST" and form.is_valid() and _is_stored(found, form, request.user):
        messages.success(request, _("Due date and hand-over are saved."))
        return redirect("wagtailadmin_home")
    context = {"form": form, "page_under_review": page, "text_title": title_of(page)}
    return TemplateResponse(request, "newsroom/desk/review.html", context)


def _is_stored(found: Review, form: ReviewForm, user: Any) -> bool:
    """Store what was changed; return False with the errors in the form."""
    now = timezone.now()
    try:
        if "due_at" in form.changed_data:
            services.set_due(review=found, due_at=form.cleaned_data["due_at"], user=user, now=now)
        if "assigned_to" in form.changed_data:
            services.assign(review=found, to=form.cleaned_data["assigned_to"], user=user, now=now)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
