"""A typed formula: text, tree, straight-line code, derivatives; LaTeX and MathML."""
