"""Ways to a server and to a published tree, with bounds on bytes, time and rate."""
