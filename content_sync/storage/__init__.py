"""The device's SQLite: editions and search (`content`), presses, records and the display log (`desk`)."""
