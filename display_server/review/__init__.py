"""Reviewing submitted texts: content, secrecy, legality."""
