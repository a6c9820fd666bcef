"""Rules about names of integrations, objects and destinations."""
