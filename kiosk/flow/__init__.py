"""Pure: state, actions, reducers, and what each screen shows as plain values."""
