"""Names of persons and bodies: keys to find and to sort them by; names themselves stay as given.

`variants` knows kanji that are written in several ways, `sounds` brings kana and Roman letters to
one spelling, `keys` makes the keys out of both.
"""
