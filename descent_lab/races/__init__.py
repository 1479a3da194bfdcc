"""Races on a surface or over points: run, outcomes, one step explained, tuning, scenes."""
