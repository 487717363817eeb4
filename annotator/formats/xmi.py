"""UIMA CAS XMI, which INCEpTION, WebAnno and every UIMA program read and write."""

from annotator.formats import xmi_reading, xmi_writing
from annotator.formats.format import Format
from annotator.formats.loss import Loss
from annotator.formats.uima_layers import CANNOT_HOLD, SETTINGS

XMI = Format(
    name="xmi",
    label="UIMA CAS XMI",
    patterns=("*.xmi",),
    description="For UIMA programs, a folder for each coder, with the type system; with attributes and relations.",
    verified_by=("dkpro-cassis",),
    detect=xmi_reading.detect,
    reads=xmi_reading.read,
    writes=xmi_writing.write,
    folder=True,
    shown_first="*.xmi",
    loses=xmi_writing.loses,
    may_lose=(Loss.CHARACTERS,),
    cannot_hold=CANNOT_HOLD,
    read_settings=SETTINGS,
)
