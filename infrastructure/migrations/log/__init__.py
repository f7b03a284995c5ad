"""The steps of the store `log`."""
