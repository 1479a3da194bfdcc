"""Searches for hyper-parameters: many trainings or regressions that differ in a few fields of their setup."""
