"""Attaching files to texts: what may be attached, how it is cleaned, who may do it."""
