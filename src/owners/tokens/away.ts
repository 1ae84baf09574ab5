import { AsyncLocalStorage } from 'node:async_hooks'
import { ProviderAway, type VerifyToken } from '../../access/owner-tokens.ts'

type Handle = (request: Request) => Promise<Response>

/**
 * Sees to it that a request whose token can't be judged is answered 503, and not as if nobody had asked: Payload takes an error of a
 * strategy for a stranger. One a process, made where the application is put together.
 */
export class ProviderWatch {
  readonly #requests = new AsyncLocalStorage<{ away: boolean }>()

  /** The verifier, noting with the request at hand that the provider was away. */
  noting(verify: VerifyToken): VerifyToken {
    const noted = <Value>(work: Promise<Value>): Promise<Value> =>
      work.catch((error: unknown) => {
        const request = this.#requests.getStore()
        if (error instanceof ProviderAway && request) request.away = true
        throw error
      })
    return async (token) => {
      const spoken = await noted(verify(token))
      const facts = spoken?.facts
      return spoken && facts ? { ...spoken, facts: () => noted(facts()) } : spoken
    }
  }

  /** A handler that answers 503 where the provider was away. What it did for nobody meanwhile, nobody needed a token for. */
  answering(handle: Handle, refused: () => Response): Handle {
    return (request) =>
      this.#requests.run({ away: false }, async () => {
        const response = await handle(request)
        if (!this.#requests.getStore()?.away) return response
        await response.body?.cancel()
        return refused()
      })
  }
}
