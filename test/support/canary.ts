import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Listens on loopback, on one port of 127.0.0.1 and of ::1, and counts every connection: nobody may
 * come.
 */
export type Canary = { port: number; hits: () => number; close: () => Promise<void> }

export async function openCanary(): Promise<Canary> {
  let hits = 0
  const servers: Server[] = []
  const listen = async (host: string, port: number) => {
    const server = createServer((_, res) => res.end('the canary'))
    server.on('connection', () => (hits += 1))
    server.on('error', () => undefined)
    server.listen(port, host)
    servers.push(server)
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen('127.0.0.1', 0)
  await listen('::1', port)
  const close = async () => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
  return { port, hits: () => hits, close }
}

/**
 * Addresses that nobody outside may have fetched by us, as somebody would write them; `port` is
 * where the canary listens.
 */
export function hostileUrls(port: number): string[] {
  const hosts = [
    '127.0.0.1 localhost localhost. 0.0.0.0 [::] [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] ' +
      '[::127.0.0.1] 2130706433 0x7f000001',
    '017700000001 127.1 １２７.０.０.１ 127.0.0.1. 10.0.0.1 172.16.0.1 192.168.0.1 169.254.169.254 ' +
      '100.64.0.1 192.0.0.1 192.0.2.1',
    '198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 240.0.0.1 255.255.255.255 ' +
      '[fd00::1] [fe80::1] [64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:1::1] [100::1] [5f00::1] [ff02::1] ' +
      '[2001:db8::1] [3fff::1]',
  ].flatMap((line) => line.split(' '))
  return [
    ...hosts.map((host) => `http://${host}:${port}/`),
    `http://a@127.0.0.1:${port}/`,
    `http://user:word@example.com@127.0.0.1:${port}/`,
    `https://127.0.0.1:${port}/`,
    'http://127.0.0.1:5432/',
    'http://127.0.0.1:6379/',
    'http://127.0.0.1:9222/json',
    'http://127.0.0.1:25/',
    'file:///etc/passwd',
    `ftp://127.0.0.1:${port}/`,
    `gopher://127.0.0.1:${port}/`,
    'data:text/html,hello',
    'blob:null/1',
    `view-source:http://127.0.0.1:${port}/`,
    'chrome://version',
    `ws://127.0.0.1:${port}/`,
    'about:blank',
    'javascript:1',
  ]
}
