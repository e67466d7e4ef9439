"""Pages of vouchers: the officer's desk, the directory of providers, the firm's phone, the provider's desk."""
