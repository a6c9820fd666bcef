"""Rules about schedules, backfill and delivery."""
