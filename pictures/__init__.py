"""Every picture of the README and of docs/, taken anew in a real browser: `make pictures`."""
