"""Reading the dictionary. Rooms above call these functions and never its tables:

from bridgehead.terminology.queries.recognising import marked, forbidden_in
from bridgehead.terminology.queries.searching import search
"""
