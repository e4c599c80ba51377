from loa.portal.states.publications import DISPATCH, PARCEL, PUBLICATION

__all__ = ["DISPATCH", "PARCEL", "PUBLICATION"]
