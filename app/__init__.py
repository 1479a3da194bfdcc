"""The application: pages, API and stream. No arithmetic."""
