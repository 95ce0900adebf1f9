"""Editions and withdrawals: approved texts become a signed tree."""
