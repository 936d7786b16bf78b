"""The process that opens what strangers send: limited, and without a way out."""
