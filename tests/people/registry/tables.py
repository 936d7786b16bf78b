"""Files of persons as people make them."""

import io

import xlsxwriter

HEAD = (
    "record",
    "family_name",
    "given_name",
    "family_name_kana",
    "erad_number",
    "orcid",
    "organisation",
    "unit",
    "from_on",
)


def csv_of(*rows, encoding="utf-8-sig", head=HEAD):
    lines = [",".join(head), *(",".join(row) for row in rows)]
    return "\r\n".join([*lines, ""]).encode(encoding)


def row(
    family="見本",
    given="葵",
    *,
    record="",
    kana="",
    erad="",
    orcid="",
    body="",
    unit="",
    from_on="2027-04-01",
):
    return (record, family, given, kana, erad, orcid, body, unit, from_on)


def book_of(*rows, head=HEAD, change=lambda book, sheet: None):
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    sheet = book.add_worksheet("人")
    for number, cells in enumerate([head, *rows]):
        sheet.write_row(number, 0, cells)
    change(book, sheet)
    book.close()
    return whole.getvalue()
