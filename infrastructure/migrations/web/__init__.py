"""The steps of the store `web`."""
