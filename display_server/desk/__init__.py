"""Steps that cross subjects."""
