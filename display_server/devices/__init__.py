"""Devices: enrolment codes, tokens, last contact, what was on a board when."""
