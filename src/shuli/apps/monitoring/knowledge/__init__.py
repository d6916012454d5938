"""Problems as they come again and again, with their causes and what helps against them (H2-120 to H2-126)."""
