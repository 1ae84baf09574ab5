import { findMessages } from '../refusals/messages.ts'
/**
 * What the server said: an answer, or why there is none, in words for whoever looks at the screen.
 */
export type ApiResult<Answer> = { answer: Answer } | { problem: string }

const NO_ANSWER = 'The server does not answer. Check the connection; this screen goes on trying.'
const STATUS_MESSAGES: Readonly<Record<number, string>> = {
  401: 'You are signed out. Sign in again, then open this screen anew.',
  429: 'That were too many questions in a short time. Wait a minute, then try again.',
  503:
    'The server can’t do this at the moment: it is starting, or its database is away. This ' +
    'screen goes on trying.',
}

/**
 * Asks the API as whoever is signed in. Never throws; an answer that was broken off by `signal` is
 * a problem like any other.
 */
export async function fetchAnswer<Answer>(
  address: string,
  signal?: AbortSignal,
): Promise<ApiResult<Answer>> {
  return requestApi(address, { ...(signal && { signal }) })
}

/** Sends a command, or with PATCH a change of a row, to the API as whoever is signed in. */
export async function sendCommand<Answer>(
  address: string,
  body: object = {},
  method: 'POST' | 'PATCH' = 'POST',
): Promise<ApiResult<Answer>> {
  return requestApi(address, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
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
  return findMessages(body)[0] ?? `The server refused this with status ${response.status}.`
}
