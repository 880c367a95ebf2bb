"""Views become a site.  The only package that knows mkdocs and templates."""
