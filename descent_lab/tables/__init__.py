"""Tables as people have them: bytes to text, text to rows, rows to columns of numbers, words and dates."""
