"""The selection room: ranking and what-ifs, scenarios, decisions, letters, release, objections, paper, places."""
