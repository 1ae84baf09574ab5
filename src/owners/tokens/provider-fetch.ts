import { ProviderUnavailable } from '../../access/owner-tokens.ts'

const MAX_BYTES = 64_000

export type ProviderFetchOptions = {
  /** The longest that the provider may take, in milliseconds. */
  timeoutMs?: number
  /** For how many milliseconds it is left alone after it did not answer. */
  cooldownMs?: number
}

/**
 * Asks the identity provider one question. Throws ProviderAway when it does not answer, or not
 * properly.
 */
export type ProviderFetch = (
  url: string | URL,
  init?: { headers?: HeadersInit; method?: string; body?: string },
) => Promise<Response>

/**
 * The one way that the identity provider is asked: 5 seconds and 64 KB at most, no redirects. While
 * it is away it is asked once in a while only, so that nobody waits for it with every request.
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
        throw new Error(`it answered with status ${response.status}`)
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
    if (bytes > MAX_BYTES) throw new Error(`its answer is longer than ${MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
