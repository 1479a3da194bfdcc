"""What is minimised when a model meets data: the model's columns, its losses, and the exact answer to compare with."""
