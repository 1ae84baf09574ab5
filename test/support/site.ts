import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** A website on loopback. `routes` says what each path answers; other paths are 404. */
export type Site = {
  origin: string
  routes: Record<string, Handler>
  server: Server
  close: () => Promise<void>
}

export async function openSite(routes: Record<string, Handler> = {}): Promise<Site> {
  const server = createServer((req, res) => {
    const handle = routes[new URL(req.url ?? '', 'http://site').pathname]
    if (handle) handle(req, res)
    else res.writeHead(404).end('no such page')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    routes,
    server,
    close,
  }
}
