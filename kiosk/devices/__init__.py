"""What hangs on the machine: printer, speaker, lamps. Each has a twin in memory or in files."""
