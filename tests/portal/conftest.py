from portal_scene import administrator, city, column, part, picture, tell  # noqa: F401  fixtures are found by name
