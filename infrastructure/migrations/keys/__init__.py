"""The steps of the store `keys`."""
