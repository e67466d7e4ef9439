"""Everything that changes a consultation, its ladder or a follow-up."""
