"""Suggestions while a reader types: titles, members, places and words of closed vocabularies."""
