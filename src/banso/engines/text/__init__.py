"""Text in Japanese and English: normal forms, words, numbers, passages, and text out of files.

`normal` compares characters and maps back, `words` finds words and search tokens, `numbers` finds
quantities and part codes, `passages` finds languages and sentences, `extraction` reads PDF, DOCX,
LaTeX, Markdown and plain files in a limited child process. Nothing is imported here, so that this
child starts without the dictionary and the numeric packages; import from the module you need.
"""
