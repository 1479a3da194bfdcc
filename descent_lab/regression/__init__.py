"""Lines and curves through points: columns, losses, exact answers, validation."""
