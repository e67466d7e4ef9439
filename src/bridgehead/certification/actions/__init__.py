"""Every change of a case and of its certificate, one module for each part people play."""
