"""The acceptance stories, each lived by its people through the API; a story returns where it left its people."""
