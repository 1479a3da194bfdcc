"""What draws and writes the documents that follow from the code."""
