"""Papers: data become PDFs.  The only package that knows typst; its templates print what the views say, and know no service."""
