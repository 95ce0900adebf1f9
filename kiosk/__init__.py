"""The screens: touch kiosks, LCD boards and LED boards."""
