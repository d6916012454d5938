"""Document types, attachments and numbering."""
