"""The project file: its schema, its one writer, its history, and how two files become one."""
