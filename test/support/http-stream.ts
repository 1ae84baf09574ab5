import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'

/**
 * An answer that goes on and on: its parts as they came so far, whether it has ended, and how to
 * leave it.
 */
export type OpenStream = {
  answer: IncomingMessage
  parts: string[]
  ended: () => boolean
  close: () => void
}

/** Opens a stream on a socket of its own, on loopback. */
export async function openStream(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<OpenStream> {
  const request = get({ host: '127.0.0.1', port, path, headers, agent: false })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  const parts: string[] = []
  answer.setEncoding('utf8').on('data', (part: string) => parts.push(part))
  answer.on('error', () => undefined) // it was cut
  return {
    answer,
    parts,
    ended: () => answer.complete || answer.destroyed,
    close: () => request.destroy(),
  }
}
