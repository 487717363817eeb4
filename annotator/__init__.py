"""The whole product without a window: projects, codebooks, annotations, import and export."""

__version__ = "0.1.0"
