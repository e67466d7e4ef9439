"""Bridgehead: an overseas fair programme from open call to confirmed export."""
