"""Form definitions: field types, rules, validation of answers."""
