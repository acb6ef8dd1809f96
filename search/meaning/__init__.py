"""Meaning vectors: what finds a text that uses other words, also in another language."""
