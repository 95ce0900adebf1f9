"""What every picture must obey, looked at on the finished frame: asked by the tests and by `kiosk shots` alike."""
