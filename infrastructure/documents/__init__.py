"""Documents printed with typst: one template, our own fonts, and nothing else read from disk or fetched."""

from infrastructure.documents.typst_documents import TypstDocuments

__all__ = ["TypstDocuments"]
