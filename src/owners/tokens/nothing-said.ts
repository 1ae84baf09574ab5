import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { OwnerFacts } from '../../access/owner-tokens.ts'

/** For how many milliseconds it is remembered that the provider says nothing, and of how many tokens. */
export type Remembered = { kept: number; most: number }

type Ask = () => Promise<OwnerFacts>

/**
 * Asks the provider what it knows of the owner of a token: once where several ask at the same time, and for a while not again where it
 * named no address. What it did say is not kept, nor that it was away. A new token, from signing in anew, is asked about at once.
 */
export function rememberNothing({ kept, most }: Remembered): (token: string, ask: Ask) => Promise<OwnerFacts> {
  const asked = new LRUCache<string, Promise<OwnerFacts>>({ max: most, ttl: kept })
  return (token, ask) => {
    const key = createHash('sha256').update(token).digest('base64')
    const known = asked.get(key)
    if (known) return known
    const asking = ask()
    const forget = () => void (asked.peek(key) === asking && asked.delete(key))
    asked.set(key, asking)
    asking.then((facts) => facts && forget(), forget)
    return asking
  }
}
