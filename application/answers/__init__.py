"""What a person is told about itself: what is held, why, whence, who had it and who looked (GDPR Art. 15, 20)."""
