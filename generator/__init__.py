"""Clearly: promises of public services beside their results.

Files in ``sla_data/`` are read strictly (``intake``) into frozen records (``model``) and problems; the records are
measured against the promises in force (``stats``); figures become words, charts, tables and an index (``views``);
and mkdocs writes them as one site (``website``).  ``pipeline`` joins the stages, ``cli`` is the way in.
One agency is one unit of work: it is read, measured and shown by itself, in a worker process when there are many.
"""

__version__ = "0.1.0"
