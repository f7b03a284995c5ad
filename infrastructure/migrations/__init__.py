"""How the tables that cannot be built again came to be: one folder of steps for each store."""
