"""Ratings of finished tickets: kept apart from the people they are about."""
