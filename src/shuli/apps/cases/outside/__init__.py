"""What stands between cases and the outside: messages and signals, services and workers, webhooks in and out."""
