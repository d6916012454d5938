"""Regular expressions as XPath writes them, in time that the text and the pattern bound."""
