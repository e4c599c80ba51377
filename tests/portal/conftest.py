from print_scene import pdf, prints  # noqa: F401  fixtures are found by name
