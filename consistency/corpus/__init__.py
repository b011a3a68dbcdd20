"""Many articles: which tell one event, what they agree on, and how each fact went over time."""
