"""Rules about subscriptions and writes."""
