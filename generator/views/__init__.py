"""Results become what a reader or a program is shown: pages in words, charts, an index, tables."""
