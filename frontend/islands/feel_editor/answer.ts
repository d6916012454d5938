/** What the server says of an expression. */
export interface Found {
  from: number;
  to: number;
  severity: "error" | "warning";
  message: string;
}

export interface Answer {
  errors: Found[];
  value?: string;
  notes?: string[];
  values_problem?: string;
  reads?: string[]; // the variables that it needs; "?" is the value that a test is held against
  words?: { try: string; tested: string };
}
