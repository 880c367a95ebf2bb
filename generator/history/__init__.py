"""What was published is compared with what is published now, and every difference is written down for good.

``editions`` are an agency's part of a published site as plain values, whether it is read from the site's own files
(``previous``) or made from data (``made``); ``compare`` tells two of them apart, ``promises`` their promises;
``chain`` is the log itself.  ``git`` brings back earlier data, ``walk`` writes the same log from it, and ``gate`` makes
problems of changes without a reason.
"""
