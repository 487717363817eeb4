"""The window: shows a project and lets people act on it. Reads and changes only through `annotator`."""
