"""What a newsroom promises of single articles, beside the folders that ``consistency_pairs`` collects."""


def test_the_library_story_is_told_alike(assert_consistent):
    """One story, taken from the wire: not even a development."""
    assert_consistent("corpus/library/1-desk.txt", "corpus/library/2-wire.txt", forbid="updated")


def test_the_follow_up_keeps_the_cost_of_the_bridge(assert_consistent):
    """Of a follow-up only the figures are held."""
    assert_consistent("corpus/bridge/1-monday.txt", "corpus/bridge/2-friday.txt", kinds="quantity")
