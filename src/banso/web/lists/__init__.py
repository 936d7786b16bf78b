"""One kind of list: typed columns, filters, sorting, search, keyset pages, files, acts on many."""
