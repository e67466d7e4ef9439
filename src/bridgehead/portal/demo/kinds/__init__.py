"""One call of every kind beside fairs, each by configuration alone: vouchers, training, research teams, incubation.

That the undertakings exist is sourced; their calls, rules and applicants are reconstructed.
"""
