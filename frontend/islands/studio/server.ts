/** Asking the server: JSON there and back, with our token, and what it refuses as a value. */
import { csrfToken } from "../../attach";

export interface Answer<Body> {
  status: number;
  body: Body;
}

export async function ask<Body>(url: string, body: unknown, options: { method?: string; signal?: AbortSignal } = {}): Promise<Answer<Body>> {
  const headers = {
    "X-CSRFToken": csrfToken(),
    "Content-Type": "application/json",
    Accept: "application/json",
    "Idempotency-Key": crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
  };
  const method = options.method ?? "POST";
  const reply = await fetch(url, { method, headers, ...(method === "GET" ? {} : { body: JSON.stringify(body) }), ...(options.signal ? { signal: options.signal } : {}) });
  const isJson = reply.headers.get("Content-Type")?.includes("json");
  return { status: reply.status, body: (isJson ? await reply.json() : {}) as Body };
}

export interface Refused {
  code?: string;
  message?: string;
  error?: { message: string; findings?: { line: number | null; element: string | null; words: string }[] };
}
