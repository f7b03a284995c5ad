"""What printed documents say, in each language we print in: one file for each kind of document, its texts above its form."""
