"""Reports by schedule with findings, outliers that people class, complaints by weight."""
