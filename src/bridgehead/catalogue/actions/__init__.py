"""What people do with products. One writer: nothing else changes a product, its pictures or its coverages."""
