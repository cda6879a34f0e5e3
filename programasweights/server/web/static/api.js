/* The JSON API, with the page's session. An answer that is not a success becomes a Failure. */

const csrf = document.querySelector('meta[name="csrf"]')?.content;

export class Failure extends Error {
  constructor(status, code, message, field = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** Send a request; `body` is JSON, or bytes when it is a Blob. Returns the JSON answer, null when empty. */
export async function call(method, path, body) {
  const headers = { Accept: "application/json" };
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = body instanceof Blob ? "application/octet-stream" : "application/json";
  const sent = body === undefined || body instanceof Blob ? body : JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, { method, headers, body: sent, credentials: "same-origin" });
  } catch {
    throw new Failure(0, "unreachable", "The server does not answer. Check that it is running, then try again.");
  }
  const text = await answer.text();
  const data = parse(text);
  if (answer.ok) return data;
  throw failure(answer, data);
}

function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}

function failure(answer, data) {
  const detail = data?.detail ?? {};
  const said = detail.message ?? `The server answered ${answer.status}.`;
  const request = detail.request_id ?? answer.headers.get("X-Request-Id");
  const more = answer.status >= 500 && request ? ` Request ${request}.` : "";
  const wait = answer.headers.get("Retry-After");
  const later = wait && (answer.status === 429 || answer.status === 503) ? ` Try again in ${wait} s.` : "";
  return new Failure(answer.status, detail.error ?? "unknown", said + later + more, detail.field ?? null);
}
