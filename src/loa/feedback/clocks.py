from loa.feedback.actions import purge_drafts, purge_identities

__all__ = ["purge_drafts", "purge_identities"]
