"""What the replicas of one assistant share beside the database: whose turn it is, and who asked how often."""
