"""A scanner that is named is asked about every file; one that is silent lets none in."""

import io
import socket
import struct
import threading
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from banso.rehearsal.sample_files import sample_pdf
from banso.web.fields import PdfField
from banso.web.scanning import Scanned, ScannerSilent, scan
from banso.web.uploads import sentences_about

SOUND = sample_pdf("scanned")
VERSION = b"ClamAV 1.4.2/27500/Sat Nov 28 09:00:00 2026\0"
DATA = "ClamAV 1.4.2, 27500, Sat Nov 28 09:00:00 2026"


class Clamd:
    """A scanner that speaks clamd's own words over a real socket, and keeps what it was sent."""

    def __init__(self, path, verdict):
        self.verdict, self.sent = verdict, []
        self.server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.server.bind(str(path))
        self.server.listen()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            with line:
                self.answer(line)

    def answer(self, line):
        asked = self.exactly(line, 9)
        if asked == b"zVERSION\0":
            line.sendall(VERSION)
            return
        assert asked + self.exactly(line, 1) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self.exactly(line, 4))[0]:
            content += self.exactly(line, size)
        self.sent.append(content)
        line.sendall(self.verdict)

    def exactly(self, line, size):
        read = b""
        while len(read) < size:
            read += line.recv(size - len(read))
        return read

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join(5)


@contextmanager
def clamd(settings, tmp_path, verdict):
    running = Clamd(tmp_path / "clamd", verdict)
    settings.CLAMD = f"unix:{tmp_path / 'clamd'}"
    try:
        yield running
    finally:
        running.close()


def upload():
    return SimpleUploadedFile("plan.pdf", SOUND)


def test_a_sound_file_is_sent_whole_and_the_day_of_the_data_is_known(settings, tmp_path):
    with clamd(settings, tmp_path, b"stream: OK\0") as scanner:
        found = scan(io.BytesIO(SOUND))

    assert (found, scanner.sent) == (Scanned(data_of=DATA), [SOUND])


def test_what_the_scanner_finds_is_not_taken(settings, tmp_path):
    with clamd(settings, tmp_path, b"stream: Pdf.Exploit-1 FOUND\0"), override("en"):
        found = scan(io.BytesIO(SOUND))
        with pytest.raises(ValidationError) as refused:
            PdfField().clean(upload())
        assert refused.value.messages == sentences_about(["malware"])

    assert found == Scanned(found="Pdf.Exploit-1", data_of=DATA)


@pytest.mark.parametrize("verdict", [b"stream: size limit exceeded. ERROR\0", b""])
def test_a_scanner_that_cannot_say_lets_no_file_in(settings, tmp_path, verdict):
    with clamd(settings, tmp_path, verdict):
        with pytest.raises(ScannerSilent):
            scan(io.BytesIO(SOUND))
        with pytest.raises(ValidationError):
            PdfField().clean(upload())


def test_a_scanner_that_is_not_there_lets_no_file_in(settings, tmp_path):
    settings.CLAMD = f"unix:{tmp_path / 'nobody'}"

    with override("en"):
        with pytest.raises(ValidationError) as refused:
            PdfField().clean(upload())
        assert refused.value.messages == sentences_about(["scanner-silent"])


def test_without_a_scanner_files_are_taken_by_what_we_see_ourselves(settings):
    settings.CLAMD = ""

    assert scan(io.BytesIO(SOUND)) is None
    assert PdfField().clean(upload()).read() == SOUND
