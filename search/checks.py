"""System checks of search."""
