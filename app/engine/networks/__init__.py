"""Dense networks: their layers, their activations, and backpropagation through all racers at once."""
