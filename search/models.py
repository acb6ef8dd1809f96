"""The read model of everything that can be found."""

from django.db import models
from django.db.models import F, Q


class SearchDocument(models.Model):
    """One language version of one item, as the public may find it.

    This table is the truth of search; Elasticsearch is its projection. A row stays after its item
    vanished (`is_deleted`, without text), so that its version can never be used again.
    """

    kind = models.CharField(max_length=40)
    item = models.CharField(max_length=64)
    language = models.CharField(max_length=20)

    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.TextField(blank=True)
    regions = models.JSONField(default=list)
    region_paths = models.JSONField(default=list)
    facets = models.JSONField(default=dict)
    labels = models.JSONField(default=list)
    names = models.JSONField(default=list)
    answers_for = models.JSONField(default=list)
    points = models.JSONField(default=list)  # [latitude, longitude] of each place
    published_at = models.DateTimeField(null=True)
    visible_from = models.DateTimeField(null=True)
    visible_until = models.DateTimeField(null=True)
    attested_until = models.DateTimeField(null=True)
    is_deleted = models.BooleanField(default=False)

    # Text as the database's own full text reads it (search.normalise).
    title_n = models.TextField(blank=True)
    summary_n = models.TextField(blank=True)
    body_n = models.TextField(blank=True)
    labels_n = models.TextField(blank=True)

    # `version` rises on every change. The row is dirty while `shipped_version` is behind: every
    # target of its language has acknowledged that one.
    version = models.BigIntegerField(default=0)
    shipped_version = models.BigIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField()

    # Shipping. The token fences: only the worker that holds it may report, and only about the
    # version it took.
    lease_token = models.CharField(max_length=32, blank=True)
    leased_version = models.BigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    is_parked = models.BooleanField(default=False)

    # The model whose vector of this version's text is there (search.meaning); empty: still to do.
    meaning_model = models.CharField(max_length=80, blank=True, default="")
    # The vector on its way to the index, attached while shipping; not a column.
    vector: bytes | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "item", "language"], name="search_document_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["changed_at"],
                name="search_document_dirty",
                condition=Q(version__gt=F("shipped_version")),
            ),
            models.Index(fields=["published_at", "id"], name="search_document_date"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The name of this version everywhere outside this table: kind/item/language."""
        return f"{self.kind}/{self.item}/{self.language}"


class SearchTerm(models.Model):
    """One value a document is filtered and counted by, where the database needs an index.

    `field` is "region" (tagged exactly), "region_path" (tagged there or below), "facet:<name>",
    "word" (of the title and the names, as search.suggestions.words has it) or
    "answers_for:<language of readers>"; the value of the last is the document's own language.
    """

    document = models.ForeignKey(
        SearchDocument, on_delete=models.CASCADE, related_name="terms", db_index=False
    )
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "field", "value"], name="search_term_once"),
        ]
        indexes = [
            models.Index(fields=["field", "value", "document"], name="search_term_value"),
        ]

    def __str__(self) -> str:
        return f"{self.field}={self.value}"


class SearchPoint(models.Model):
    """A place a document is at, on a globe of radius 1 (search.distance)."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="places")
    x = models.FloatField()
    y = models.FloatField()
    z = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["z", "x", "y"], name="search_point_cube")]

    def __str__(self) -> str:
        return f"{self.x:.4f}, {self.y:.4f}, {self.z:.4f}"


class Word(models.Model):
    """A normalised word that stands, or stood, in a public document (search.vocabulary).

    `start` and `end` are its first and last letters, `letters` which ones it has (search.typos).
    """

    word = models.CharField(max_length=64, primary_key=True)
    length = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=3)
    end = models.CharField(max_length=3)
    letters = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["start", "length"], name="search_word_start"),
            models.Index(fields=["end", "length"], name="search_word_end"),
        ]

    def __str__(self) -> str:
        return self.word


class UnreadDocument(models.Model):
    """A document whose words are still to be learned; one row for each change of it."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE)

    def __str__(self) -> str:
        return str(self.document_id)


class Meaning(models.Model):
    """The meaning of a text as a vector of signed bytes, by model; computed once.

    `digest` is the SHA-256 of the text, so it serves every document that says the same and stays
    valid across rebuilds.
    """

    model = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "model"], name="search_meaning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model}/{self.digest[:8]}"


class IndexBuild(models.Model):
    """An index that is being filled: the worker ships to it as well until it is swapped in.

    `index` is empty while it is being made. One builder per language holds the lease; when it is
    killed, the next one goes on where it stopped. All rows up to `filled_to` are in the index;
    the fill ends with `fill_until`, because what comes later is shipped.
    """

    language = models.CharField(max_length=20, unique=True)
    index = models.CharField(max_length=200, blank=True)
    lease_token = models.CharField(max_length=32)
    leased_until = models.DateTimeField()
    started_at = models.DateTimeField()
    filled_to = models.BigIntegerField(default=0)  # primary keys of SearchDocument
    fill_until = models.BigIntegerField(default=0)
    rows_done = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.index


class Comparison(models.Model):
    """When a language's index was last compared with the table, and what was different."""

    language = models.CharField(max_length=20, unique=True)
    compared_at = models.DateTimeField()
    differences = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.language}: {self.differences}"
