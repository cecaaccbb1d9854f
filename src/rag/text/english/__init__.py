"""The English that the rules know: each list of words and each table of patterns, once, with an example.

The modules hold data only, ordered by subject; `patterns` turns a list into a regular expression. All other modules
build their regular expressions from these tables. The lists cover British and American English as news uses it.
"""
