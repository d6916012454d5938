"""BPMN 2.0 XML to a typed model, its checks, its picture and its ProcessGraph."""
