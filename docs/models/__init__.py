"""The models of setups and messages, as documents and types tell them."""
