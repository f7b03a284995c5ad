"""The demonstration: made-up people live the acceptance stories through the public API, and each step is checked."""
