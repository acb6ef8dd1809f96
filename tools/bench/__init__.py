"""Measurements of search: each beside the raw side of the same thing, in one run."""
