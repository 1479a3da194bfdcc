"""What draws the pictures of the documents."""
