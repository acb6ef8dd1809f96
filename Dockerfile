# The site and the worker in one image; compose.yaml says which of them a container runs.
FROM python:3.13-slim-bookworm AS build
WORKDIR /srv
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=cms.settings.production \
    STATIC_ROOT=/srv/static-collected
RUN useradd --system --uid 10001 --home-dir /srv site \
    && install --directory --owner=site /var/lib/gesamtschau/media
WORKDIR /srv
COPY --from=build /venv /venv
COPY . .
# Static files and catalogues need no secret and no database; the settings want to see some.
RUN python -m tools.catalogues cms/locale/*/LC_MESSAGES/django.po \
    && SECRET_KEY=only-for-the-build-of-static-files-000 ALLOWED_HOSTS=build BASE_URL=http://build \
       DATABASE_URL=sqlite:////tmp/none ELASTICSEARCH_URL=none MEDIA_ROOT=/tmp \
       python manage.py collectstatic --noinput --verbosity 0
USER site
EXPOSE 8000
CMD ["gunicorn", "cms.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8"]
