from loa.core.doors import closed_without, hidden_without

__all__ = ["closed_without", "for_administrators", "hidden_without"]

for_administrators = hidden_without("directory.manage_directory")
