"""Files become records and problems.  Strict at the door: every value is handled, or refused with a hint."""
