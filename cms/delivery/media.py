"""Uploaded pictures and files: private until a public page shows them, and again afterwards."""

import mimetypes
import posixpath
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from cms.media.filetypes import TYPES, extension_of
from cms.media.models import FileUse, MediaUse, NewsFile, NewsImage, Rendition
from newsroom.approval.selectors import public
from newsroom.members.houses import may_see_picture

# Pictures of accounts, shown in the admin.
AVATARS = "avatar_images/"
UNKNOWN = "application/octet-stream"


@require_safe
def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with the file `name` of the media folder, if this reader may see it at this moment.

    The public gets scaled copies of pictures, and files, of public pages. Whoever works in the
    admin gets the pictures of the own house, editors and translators all, and the files they may
    choose for a page. Everything else is 404, so that guessing a name tells nothing; nor does the
    time it takes: the same is asked of the database whatever there is. Range requests are answered
    whole.
    """
    # No file has a NUL in its name, and PostgreSQL refuses to compare it. A way up leads out of the
    # folder by which it is decided.
    if "\x00" in name or posixpath.normpath(name) != name:
        raise Http404
    rendition = Rendition.objects.filter(file=name).select_related("image").first()
    document = NewsFile.objects.filter(file=name).first()
    if rendition is not None:
        is_shown = is_image_public(rendition.image_id)
    else:
        is_shown = is_file_public(document.pk if document else 0) and document is not None
    if not is_shown and not _is_staff_file(request, name, rendition, document):
        raise Http404
    return _file(request, name, is_public=is_shown, document=document)


def is_image_public(image_id: int) -> bool:
    """Return whether a page that is public now shows the picture."""
    return _is_shown(MediaUse.objects.filter(image_id=image_id))


def is_file_public(file_id: int) -> bool:
    """Return whether a page that is public now shows the file."""
    return _is_shown(FileUse.objects.filter(file_id=file_id))


def _is_shown(uses: QuerySet) -> bool:
    pages = uses.filter(is_shown=True).values("page_id")
    return public(now=timezone.now()).filter(pk__in=pages).exists()


def _is_staff_file(
    request: HttpRequest, name: str, rendition: Rendition | None, document: NewsFile | None
) -> bool:
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return False
    if document is not None:
        policy = policy_registry.get_by_type(NewsFile)
        return bool(
            policy.user_has_any_permission_for_instance(
                request.user, ["add", "change", "choose"], document
            )
        )
    if name.startswith(AVATARS):
        return True
    image = rendition.image if rendition else NewsImage.objects.filter(file=name).first()
    return image is not None and may_see_picture(request.user, image)


def _file(
    request: HttpRequest, name: str, *, is_public: bool, document: NewsFile | None
) -> HttpResponseBase:
    try:
        stamp = default_storage.get_modified_time(name)
        etag = quote_etag(f"{stamp.timestamp():.6f}-{default_storage.size(name)}")
        headers: dict[str, Any] = {
            "ETag": etag,
            "Cache-Control": "no-cache" if is_public else "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        if etag in request.headers.get("If-None-Match", ""):
            return HttpResponseNotModified(headers=headers)
        file = default_storage.open(name)
        if document is None:
            kind = mimetypes.guess_type(name)[0] or UNKNOWN
            return FileResponse(file, content_type=kind, headers=headers)
        kind = TYPES.get(extension_of(name), UNKNOWN)
        return FileResponse(
            file,
            as_attachment=True,
            filename=document.filename,
            content_type=kind,
            headers=headers,
        )
    except (FileNotFoundError, IsADirectoryError, ValueError) as error:
        raise Http404 from error
