"""Projects, goals, measures, pilots, rollout and retrospectives."""
