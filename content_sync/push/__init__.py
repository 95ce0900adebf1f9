"""What a device sends: records, presses, and its questions about the queue."""
