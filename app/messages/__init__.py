"""What is said on the stream: requests, events, and their frames."""
