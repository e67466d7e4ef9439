"""Verifiable credentials: W3C data model 2.0, Data Integrity proofs with Ed25519, Bitstring Status Lists.

Pure library: no Django, no database, no network unless a fetcher is handed in. Start with `verify.verify` and
`proofs.sign`; what can be wrong with a credential is the list in `reasons.py`.
"""
