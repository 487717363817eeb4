"""Files of other kinds, read into exchange records and written from them.

Everything here is bytes on one side and `annotator.model.records` on the other: no project, no database. One module
a format, named in `registry.FORMATS`. What could not be read, or was read only after a repair, goes into a
`report.Report` that the caller passes in; nothing is dropped or shifted without a line there.
"""
