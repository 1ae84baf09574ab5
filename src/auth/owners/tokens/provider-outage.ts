import { AsyncLocalStorage } from 'node:async_hooks'
import { ProviderUnavailable, type VerifyToken } from '../owner-tokens.ts'

type Handle = (request: Request) => Promise<Response>

/**
 * Ensures that a request whose token cannot be verified gets a 503, and is not treated as
 * anonymous: Payload ignores errors of a strategy. One per process, created with the application.
 */
export class ProviderOutageTracker {
  readonly #requests = new AsyncLocalStorage<{ isUnavailable: boolean }>()

  /** Wraps the verifier and records in the current request that the provider was unavailable. */
  wrapVerifier(verify: VerifyToken): VerifyToken {
    const noteOutage = <Value>(work: Promise<Value>): Promise<Value> =>
      work.catch((error: unknown) => {
        const request = this.#requests.getStore()
        if (error instanceof ProviderUnavailable && request) request.isUnavailable = true
        throw error
      })
    return async (token) => {
      const verified = await noteOutage(verify(token))
      const facts = verified?.fetchFacts
      return verified && facts ? { ...verified, fetchFacts: () => noteOutage(facts()) } : verified
    }
  }

  /**
   * Wraps a handler so that it responds with 503 if the provider was unavailable. What the handler
   * did as an anonymous request in the meantime required no token.
   */
  wrapHandler(handle: Handle, refused: () => Response): Handle {
    return (request) =>
      this.#requests.run({ isUnavailable: false }, async () => {
        const response = await handle(request)
        if (!this.#requests.getStore()?.isUnavailable) return response
        await response.body?.cancel()
        return refused()
      })
  }
}
