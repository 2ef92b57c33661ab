"""Words become claims: mentions, links, rules, claims and observations."""
