"""Turn syntax trees into closures."""
