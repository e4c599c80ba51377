from loa.documents.models.citations import Citation, CitingScan
from loa.documents.models.legal import LegalDocument
from loa.documents.models.register import Document, DocumentLink, Proposal, Reading, stored_name

__all__ = [
    "Citation",
    "CitingScan",
    "Document",
    "DocumentLink",
    "LegalDocument",
    "Proposal",
    "Reading",
    "stored_name",
]
