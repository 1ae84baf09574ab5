import { findMessages } from '../errors/messages.ts'
/** The result of a request: the response, or a problem as text for the user. */
export type ApiResult<Answer> = { answer: Answer } | { problem: string }

const NO_ANSWER = 'The server is not responding. Check the connection; this screen keeps trying.'
const STATUS_MESSAGES: Readonly<Record<number, string>> = {
  401: 'You are signed out. Sign in again, then reload this screen.',
  429: 'Too many requests. Wait a minute, then try again.',
  503:
    'The server can’t do this right now: it is starting, or its database is ' +
    'unavailable. This screen keeps trying.',
}

/**
 * Requests the API with the viewer's session. Never throws; a request aborted by `signal` is also a
 * problem.
 */
export async function fetchAnswer<Answer>(
  address: string,
  signal?: AbortSignal,
): Promise<ApiResult<Answer>> {
  return requestApi(address, { ...(signal && { signal }) })
}

/** Sends a command, or with PATCH or PUT an update, to the API with the viewer's session. */
export async function sendCommand<Answer>(
  address: string,
  body: object = {},
  method: 'POST' | 'PATCH' | 'PUT' = 'POST',
): Promise<ApiResult<Answer>> {
  return requestApi(address, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
}

/**
 * The maximum size of a file. Checked in the browser, because the server closes the connection on
 * larger bodies before it can respond.
 */
const MAX_FILE_BYTES = 20_000_000

/** Uploads a file with the viewer's session. */
export async function sendFile<Answer>(
  address: string,
  file: File,
  method: 'POST' | 'PUT' = 'POST',
): Promise<ApiResult<Answer>> {
  if (file.size > MAX_FILE_BYTES)
    return { problem: `The file has ${Math.ceil(file.size / 1e6)} MB; the limit is 20 MB.` }
  const body = new FormData()
  body.append('file', file)
  return requestApi(address, { method, body })
}

/** Deletes what is at an address, with the viewer's session. */
export const deleteRow = async <Answer>(address: string): Promise<ApiResult<Answer>> =>
  requestApi(address, { method: 'DELETE' })

const UNREADABLE_FILE =
  'The file can’t be read. It may have been moved or changed: choose it again.'

/** Sends a CSV file as the body of a request, with the viewer’s session. */
export async function sendCsvFile<Answer>(address: string, file: File): Promise<ApiResult<Answer>> {
  const body = await file.arrayBuffer().catch(() => null)
  if (body === null) return { problem: UNREADABLE_FILE }
  return requestApi(address, { method: 'POST', body, headers: { 'content-type': 'text/csv' } })
}

async function requestApi<Answer>(address: string, init: RequestInit): Promise<ApiResult<Answer>> {
  try {
    const response = await fetch(address, {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { accept: 'application/json', ...init.headers },
    })
    return response.ok
      ? { answer: (await response.json()) as Answer }
      : { problem: await readProblem(response) }
  } catch {
    return { problem: NO_ANSWER }
  }
}

async function readProblem(response: Response): Promise<string> {
  const statusMessage = STATUS_MESSAGES[response.status]
  if (statusMessage) return statusMessage
  const body: unknown = await response.json().catch(() => null)
  return findMessages(body)[0] ?? `The server rejected the request with status ${response.status}.`
}
