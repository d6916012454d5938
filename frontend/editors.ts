/** The script of pages on which expressions and decision tables are written. */
export {};
