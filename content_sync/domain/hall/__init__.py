"""Services, tickets, the queue, windows and ratings of a service hall."""
