"""Where key-encryption keys come from: a key file for demonstration and development, an HSM in production."""
