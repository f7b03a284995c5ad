"""What each audience is shown: one file per audience, its rows, and how they follow from the facts."""
