"""Growing the tree and signing it: keys, notes, the sequencer and its pace, cosignatures."""
