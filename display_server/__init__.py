"""The server: authors, reviews, publishes, owns the queue, takes records in."""
