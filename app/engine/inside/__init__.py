"""What can be seen inside a trained network: one sample's way, one weight's reach, mistakes, and what to take home."""
