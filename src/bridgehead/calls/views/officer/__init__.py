"""The office's pages of the calls: writing one, its applications, its reviewers, its selection."""
