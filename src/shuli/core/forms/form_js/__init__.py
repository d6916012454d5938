"""Forms as the JSON of bpmn-io's form-js, out and in.

What form-js has no word for travels as a custom property of its component, so that a form that nobody touched outside
comes back as it went; what was changed outside counts.
"""

from shuli.core.forms.form_js.notes import Note, NoteCode
from shuli.core.forms.form_js.reading import Imported, import_form_js
from shuli.core.forms.form_js.writing import Exported, export_form_js

__all__ = ["Exported", "Imported", "Note", "NoteCode", "export_form_js", "import_form_js"]
