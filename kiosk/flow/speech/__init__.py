"""What a screen says aloud: its sentences in order, and each as people say it. Pure; the voice is kiosk.devices."""
