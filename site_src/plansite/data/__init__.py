"""How data is stored, read, and held to the contract."""
