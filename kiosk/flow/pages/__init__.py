"""The pages a visitor may open, by what they are for. Each carries all it needs to be drawn (kiosk.flow.state)."""
