"""The processes that serve: requests, event streams and the one that keeps both alive."""
