"""The pages: what each audience sees and does in a browser, on the same questions and commands as the API."""
