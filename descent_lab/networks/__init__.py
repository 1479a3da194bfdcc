"""Dense networks: layers, losses, mini-batches."""
