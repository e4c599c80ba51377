from loa.desk.views.mine import mine, search_all

__all__ = ["mine", "search_all"]
