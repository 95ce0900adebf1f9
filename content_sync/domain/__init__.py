"""Pure rules: standard library only; no clock, no chance, no I/O, no logging."""
