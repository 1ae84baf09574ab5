import { AsyncLocalStorage } from 'node:async_hooks'
import { ProviderUnavailable, type VerifyToken } from '../../access/owner-tokens.ts'

type Handle = (request: Request) => Promise<Response>

/**
 * Sees to it that a request whose token can't be judged is answered 503, and not as if nobody had
 * asked: Payload takes an error of a strategy for a stranger. One a process, made where the
 * application is put together.
 */
export class ProviderOutageTracker {
  readonly #requests = new AsyncLocalStorage<{ isUnavailable: boolean }>()

  /** The verifier, noting with the request at hand that the provider was away. */
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
   * A handler that answers 503 where the provider was away. What it did for nobody meanwhile,
   * nobody needed a token for.
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
