"""What a manifest means: typed views of its values, schedules (`cron`), and new manifests."""
