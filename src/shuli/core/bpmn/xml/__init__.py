"""BPMN 2.0 XML to typed model and back."""
