/** Sends one file and tells how far it is; fetch cannot, so this is XMLHttpRequest. */
import { csrfToken } from "../../attach";

export interface Sent {
  id: string;
  name: string;
}

interface Refused {
  error?: { message?: string };
}

export function send(url: string, file: File, onProgress: (share: number) => void): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    // an empty message lets the page say it in its own words
    request.addEventListener("error", () => reject(new Error("")));
    request.addEventListener("load", () => {
      const answer = request.response as (Sent & Refused) | null;
      if (request.status < 300 && answer?.id) resolve({ id: String(answer.id), name: answer.name });
      else reject(new Error(answer?.error?.message ?? ""));
    });
    request.send(body);
  });
}
