"""The visual parts that every view is composed of; none knows a project."""
