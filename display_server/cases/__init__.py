"""Cases: what must be answered, and closes with nothing else."""
