"""What a manual comes to for one reader: which questions matter, what is left of it, and what it costs.

Each engine has a twin in ``website/assets/case/``; vectors that both run (``tests/vectors``) keep the two equal.
"""
