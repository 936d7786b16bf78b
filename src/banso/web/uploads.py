"""Whether an uploaded PDF can be taken, in sentences: what is wrong with it and what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from banso.engines.files.inspecting import inspect_pdf
from banso.web.formats import active_language
from banso.web.scanning import ScannerSilent, scan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

LOG = logging.getLogger(__name__)
_SAVE_AS_PDF: Final = _("Save the document as PDF and choose it again.")
_PRINT_ANEW: Final = _("Print it to a new PDF, which leaves this out, and choose that one.")
_ALONE: Final = _("Choose the PDF itself.")

# What was found, and what to do about it.
FAULTS: Final[dict[str, tuple[StrOrPromise, StrOrPromise]]] = {
    "empty": (_("The file is empty."), _SAVE_AS_PDF),
    "too-large": (_("The file is larger than 100 MB."), _("Make its pictures smaller.")),
    "unknown": (_("The file is not a PDF."), _SAVE_AS_PDF),
    "disagreed": (_("The file begins as a PDF but is none."), _SAVE_AS_PDF),
    "something-before": (_("Something else stands before the PDF in this file."), _SAVE_AS_PDF),
    "web-page": (_("The file is a web page or an SVG drawing, not a PDF."), _SAVE_AS_PDF),
    "office": (_("The file is a document of an office program, not a PDF."), _SAVE_AS_PDF),
    "image": (_("The file is a picture, not a PDF."), _SAVE_AS_PDF),
    "media": (_("The file is sound or film, not a PDF."), _ALONE),
    "program": (_("The file is a program, not a PDF."), _ALONE),
    "archive": (_("The file is an archive, and archives are not taken."), _ALONE),
    "archive-behind": (_("An archive is hidden behind the PDF in this file."), _PRINT_ANEW),
    "something-behind": (_("Something else follows the PDF in this file."), _PRINT_ANEW),
    "named-otherwise": (
        _("The file is a PDF, but its name does not end in .pdf."),
        _("Rename it and choose it again."),
    ),
    "cut-off": (_("The end of the PDF is missing."), _("Save or download it once more.")),
    "broken": (_("The PDF cannot be opened."), _SAVE_AS_PDF),
    "readers-disagree": (_("Two readers see different pages in this PDF."), _PRINT_ANEW),
    "encrypted": (
        _("The PDF is protected by a password or against changes."),
        _("Save it without protection."),
    ),
    "no-pages": (_("The PDF has no page."), _SAVE_AS_PDF),
    "too-many-pages": (_("The PDF has more than 300 pages."), _("Shorten it.")),
    "too-many-objects": (_("The PDF is built of too many parts."), _PRINT_ANEW),
    "no-text": (
        _("The PDF has no text that can be read: it is blank or scanned."),
        _("Save it from the program in which it was written, or let the scan be read by OCR."),
    ),
    "javascript": (_("The PDF contains a script (JavaScript)."), _PRINT_ANEW),
    "launches-a-program": (_("The PDF starts another program."), _PRINT_ANEW),
    "sends-itself-away": (_("The PDF sends data to an address."), _PRINT_ANEW),
    "takes-data-in": (_("The PDF takes in data from elsewhere."), _PRINT_ANEW),
    "leads-to-another-file": (_("The PDF has links to files on a computer."), _PRINT_ANEW),
    "acts-by-itself": (_("The PDF does something by itself when opened or closed."), _PRINT_ANEW),
    "plays-media": (_("The PDF contains sound, film or a 3D model."), _PRINT_ANEW),
    "embedded-files": (_("Other files are attached inside the PDF."), _PRINT_ANEW),
    "xfa-form": (_("The PDF is an XFA form, which most programs cannot show."), _PRINT_ANEW),
    "malware": (
        _("A scanner knows this file as malicious."),
        _("Have the computer checked that it comes from, and choose another file."),
    ),
    "program-inside": (_("The file contains a program or a script."), _PRINT_ANEW),
    "takes-too-long": (_("Opening the PDF takes too long."), _PRINT_ANEW),
    "takes-too-much": (_("Opening the PDF takes too much memory."), _PRINT_ANEW),
    "damaged": (
        _("The file is damaged in our store."),
        _("Attach it once more; nothing else is lost."),
    ),
    "scanner-silent": (
        _("The file could not be scanned just now, so it was not taken."),
        _("Try again in a few minutes. If it stays so, tell us by the help page."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in a file, and by which scanner with the data of which day."""

    faults: tuple[str, ...] = ()
    scanned_with: str = ""


def check(file: IO[bytes], name: str) -> Checked:
    """List what stands against a PDF, as codes; the file is at its beginning after."""
    inspected = inspect_pdf(file, name)
    if not inspected.is_sound:
        return Checked(faults=inspected.faults)
    try:
        scanned = scan(file)
    except ScannerSilent:
        LOG.exception("the scanner does not answer")
        return Checked(faults=("scanner-silent",))
    if scanned is None:
        return Checked()
    return Checked(
        faults=("malware",) if scanned.found else (), scanned_with=scanned.data_of[:200]
    )


def scanned_with(file: object) -> str:
    """Tell with which scanner and data a form's file was checked; "" where there is none."""
    checked = getattr(file, "checked", None)
    return checked.scanned_with if isinstance(checked, Checked) else ""


def sentences_about(faults: Iterable[str]) -> list[str]:
    """Say of each fault what it is and what to do."""
    between = " " if active_language() == "en" else ""
    return [f"{what}{between}{do}" for what, do in (FAULTS[fault] for fault in faults)]
