"""The form designer: the forms of a draft, drawn as they will stand, changed field by field."""
