import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'

/** An answer as it came over the wire, nothing decoded. */
export type WireAnswer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer }

/** Sends a request to a port of loopback with exactly these headers, and reads the answer. */
export function requestWire(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            bytes: Buffer.concat(parts),
          }),
        )
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
