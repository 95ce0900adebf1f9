"""The touch kiosk at work: reads the two stores, carries effects out, runs the window."""
