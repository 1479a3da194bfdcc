"""Training of networks: run, planes, folds, sweeps."""
