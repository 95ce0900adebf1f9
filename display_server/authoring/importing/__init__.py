"""Pasted texts and files become draft items: bytes → lines → clean lines → title and blocks → drafts.

Nothing is silently lost: whatever is removed or changed stands in a finding with its line, and what blocks a submission
says so. Nothing here writes anything.
"""
