"""The steps of the store `register`."""
