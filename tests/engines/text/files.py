import io
import zipfile

import noto_cjk_sans_jp_regular
import pikepdf
import typst
from docx import Document

FONTS = [str(folder) for folder in noto_cjk_sans_jp_regular.__path__]
TYPESETTING = (
    '#set page(width: 105mm, height: 74mm)\n#set text(font: "Noto Sans CJK JP", hyphenate: true)\n'
)


def typeset(text):
    return typst.compile((TYPESETTING + text).encode(), font_paths=FONTS)


def pdf_of(pages, **saving):
    """Make a small PDF with one line of Helvetica a page."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for line in pages:
        document.add_blank_page(page_size=(400, 100))
        page = document.pages[-1]
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = document.make_stream(f"BT /F 12 Tf 20 50 Td ({line}) Tj ET".encode())
    return saved(document, **saving)


def scan_of(*, with_text_page=False):
    """Make a PDF whose page is a picture, and if asked one with text after it."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(100, 100))
    picture = pikepdf.Stream(
        document,
        bytes(100),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=10,
        Height=10,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray,
    )
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    page.Contents = document.make_stream(b"q 100 0 0 100 0 0 cm /I Do Q")
    if with_text_page:
        text = pikepdf.open(io.BytesIO(pdf_of(["A page of plain text"])))
        document.pages.extend(text.pages)
    return saved(document)


def saved(document, **saving):
    written = io.BytesIO()
    document.save(written, **saving)
    return written.getvalue()


def docx_of(*paragraphs):
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_part(content, name, replace):
    """Write an archive again, with one part replaced or added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        parts = {part: archive.read(part) for part in archive.namelist()}
        for part, old in ({name: b""} | parts).items():
            changed.writestr(part, replace(old) if part == name else old)
    return written.getvalue()
