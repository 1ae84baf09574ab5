import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What the peer responds: a verdict, or a status without one. */
type CaptchaAnswer = Record<string, unknown> | number

/** The verification of Turnstile and reCAPTCHA as their pages describe it, on loopback. */
export type CaptchaPeer = {
  readonly url: string
  /** The fields of each request, with the path as `path`. */
  readonly requests: readonly Record<string, string>[]
  /** What it responds from now on. A token is good for one verification, whatever the verdict. */
  answer: CaptchaAnswer
  stop: () => Promise<void>
}

export async function startCaptchaPeer(): Promise<CaptchaPeer> {
  const requests: Record<string, string>[] = []
  const used = new Set<string>()
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const fields = Object.fromEntries(new URLSearchParams(body))
      requests.push({ ...fields, path: request.url ?? '' })
      if (typeof peer.answer === 'number') return void response.writeHead(peer.answer).end()
      const token = fields['response'] ?? ''
      const verdict = used.has(token) ? USED : peer.answer
      used.add(token)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(verdict))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const peer: CaptchaPeer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: { success: true },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return peer
}

const USED = { success: false, 'error-codes': ['timeout-or-duplicate'] }
