import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Socket } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RequestHandler } from 'express'
import next from 'next'

const DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../admin')

/** The path of Next's hot reload: the only one that is upgraded, and only in development. */
const HMR_PATH = /^\/_next\/hmr(?:[/?]|$)/
const NO_UPGRADE = 'HTTP/1.1 501 Not Implemented\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'

/** The panel as an Express handler, and how to stop it. */
export type Panel = {
  handle: RequestHandler
  upgrade: (server: Server) => void
  close: () => Promise<void>
}

/**
 * Prepares Next to serve the panel under /admin, from its build or, in `dev`, from its sources with
 * hot reload.
 *
 * On its first request Next adds an `upgrade` listener to the HTTP server, in production too, and
 * Node then leaves every socket whose request has an Upgrade header to that listener, which ignores
 * it: the socket would stay open forever. So Next gets a separate server that never listens.
 */
export async function openPanel({
  dev,
  hostname,
  port,
}: {
  dev: boolean
  hostname: string
  port: number
}): Promise<Panel> {
  const httpServer = createServer()
  const app = next({ dev, dir: DIR, customServer: true, hostname, port, httpServer })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle: (req, res) => {
      req.url = req.originalUrl
      return handle(req, res)
    },
    upgrade: (server) => {
      if (dev)
        server.on('upgrade', (req, socket, head) =>
          passUpgrade(httpServer, req, socket as Socket, head),
        )
    },
    close: () => app.close(),
  }
}

/**
 * Passes an upgrade of Next's own path to Next; any other, and one before Next listens, is answered
 * with 501 and closed.
 */
function passUpgrade(next: Server, req: IncomingMessage, socket: Socket, head: Buffer): void {
  socket.on('error', () => socket.destroy())
  if (HMR_PATH.test(req.url ?? '') && next.emit('upgrade', req, socket, head)) return
  socket.end(NO_UPGRADE, () => socket.destroy())
}
