"""What each kind of person can send and is shown, and the wiring of the house."""
