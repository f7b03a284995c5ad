"""How the register is kept: databases, keys, sealing, messages. No decision of any kind is made here."""
