"""Files as strangers send them, made here and nowhere kept: sound ones, and each kind of trouble."""

import io
import zipfile

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, String

from banso.rehearsal.sample_files import sample_pdf

SOUND = sample_pdf("A page of plain text for the corpus")


def opened():
    return pikepdf.open(io.BytesIO(SOUND))


def written(document, **options):
    kept = io.BytesIO()
    document.save(kept, **options)
    return kept.getvalue()


def with_root(**entries):
    document = opened()
    for name, value in entries.items():
        document.Root[f"/{name}"] = value
    return written(document)


def script(code="app.alert(1)"):
    return Dictionary(S=Name.JavaScript, JS=String(code))


def with_action(action):
    return with_root(OpenAction=action)


def with_annotation(**entries):
    document = opened()
    annotation = document.make_indirect(
        Dictionary(Type=Name.Annot, Rect=Array([0, 0, 10, 10]), **entries)
    )
    document.pages[0].Annots = Array([annotation])
    return written(document)


def with_attachment(name="data.xlsx", content=b"PK\x03\x04 not shown"):
    document = opened()
    document.attachments[name] = content
    return written(document)


def with_names_script():
    document = opened()
    tree = Dictionary(Names=Array([String("start"), document.make_indirect(script())]))
    document.Root.Names = Dictionary(JavaScript=document.make_indirect(tree))
    return written(document)


def with_xfa():
    document = opened()
    form = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))
    document.Root.AcroForm = document.make_indirect(form)
    return written(document)


def with_field_script():
    document = opened()
    event = Dictionary(K=script())
    field = document.make_indirect(
        Dictionary(
            FT=Name.Tx, T=String("x"), Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]), AA=event
        )
    )
    document.Root.AcroForm = Dictionary(Fields=Array([field]))
    document.pages[0].Annots = Array([field])
    return written(document)


def with_page_script():
    document = opened()
    document.pages[0].AA = Dictionary(O=script())
    return written(document)


def with_next_script():
    follows = Dictionary(S=Name.GoTo, D=String("x"), Next=script())
    return with_annotation(Subtype=Name.Link, A=follows)


def encrypted(**options):
    return written(opened(), encryption=Encryption(**{"owner": "o", "user": "", **options}))


def many_pages(count):
    document = opened()
    page = document.pages[0]
    for _ in range(count - 1):
        document.pages.append(page)
    return written(document)


def without_pages():
    document = pikepdf.new()
    return written(document)


def blank(pages=1):
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    return written(document)


def scan():
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(100, 100))
    image = document.make_stream(
        b"\x80" * 64,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=8,
        Height=8,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )
    page.obj.Resources = Dictionary(XObject=Dictionary(I=image))
    page.obj.Contents = document.make_stream(b"q 100 0 0 100 0 0 cm /I Do Q")
    return written(document)


def compressed():
    return written(opened(), object_stream_mode=pikepdf.ObjectStreamMode.generate)


def hidden_script():
    """A script in a compressed object stream, where no search for words finds it."""
    document = opened()
    document.Root.OpenAction = document.make_indirect(script())
    return written(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def zipped(name="plan.pdf", content=SOUND):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return kept.getvalue()


def docx():
    return zipped("word/document.xml", b"<w:document/>")


def page_bomb():
    """A page tree that is its own child."""
    document = opened()
    document.Root.Pages.Kids.append(document.Root.Pages)
    return written(document)


def stream_bomb():
    """A page that unpacks to half a gigabyte."""
    import zlib  # noqa: PLC0415 - only here

    document = opened()
    packed = zlib.compress(b" " * 500_000_000, 9)
    content = document.make_stream(b"")
    content.write(packed, filter=Name.FlateDecode)
    document.pages[0].Contents = content
    return written(document, compress_streams=False)
