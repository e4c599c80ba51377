from loa.desk.views.mine import home, mine, search_all

__all__ = ["home", "mine", "search_all"]
