from newsroom_scene import newsroom  # noqa: F401  fixtures are found by name
