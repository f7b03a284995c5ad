"""What the law asks, in its own words: subjects, compartments, requests and keys, never families or referrals."""
