import { ProviderUnavailable } from '../owner-tokens.ts'

const MAX_BYTES = 64_000

export type ProviderFetchOptions = {
  /** The time limit for the provider, in milliseconds. */
  timeoutMs?: number
  /** How many milliseconds the provider is not called after it did not respond. */
  cooldownMs?: number
}

/**
 * Sends one request to the identity provider. Throws ProviderUnavailable if it does not respond, or
 * not properly.
 */
export type ProviderFetch = (
  url: string | URL,
  init?: { headers?: HeadersInit; method?: string; body?: string },
) => Promise<Response>

/**
 * The only way to call the identity provider: at most 5 seconds and 64 KB, no redirects. During an
 * outage it is called only once in a while, so that requests do not wait for it.
 */
export function createProviderFetch({
  timeoutMs = 5_000,
  cooldownMs = 3_000,
}: ProviderFetchOptions = {}): ProviderFetch {
  const state = { aloneUntil: 0 }
  return async (url, init = {}) => {
    if (Date.now() < state.aloneUntil)
      throw new ProviderUnavailable('The identity provider did not respond a moment ago.')
    try {
      const response = await fetch(url, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      const body = await readCapped(response)
      if (response.status >= 500 || response.status === 429)
        throw new Error(`it responded with status ${response.status}`)
      return new Response(body.length > 0 ? new Uint8Array(body) : null, {
        status: response.status,
        headers: { ...getContentType(response) },
      })
    } catch (cause) {
      state.aloneUntil = Date.now() + cooldownMs
      throw new ProviderUnavailable(
        `The identity provider could not be reached: ${(cause as Error).message}`,
        { cause },
      )
    }
  }
}

const getContentType = ({ headers }: Response) => ({
  'content-type': headers.get('content-type') ?? 'application/json',
})

async function readCapped({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ? (body as unknown as AsyncIterable<Uint8Array>) : []) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new Error(`its response is longer than ${MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
