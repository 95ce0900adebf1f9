"""Drafts: writing, importing, submitting for review."""
