"""Installing, testing and demonstrating."""
