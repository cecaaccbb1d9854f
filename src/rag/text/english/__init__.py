"""The English that the rules know: each list of words and each table of patterns stands here once, with an example.

Data alone, by subject; `patterns` makes alternatives of a list. Every other module builds its regular expressions from
these tables. The lists are of British and American English as news is written in it.
"""
