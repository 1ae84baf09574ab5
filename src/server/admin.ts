import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Socket } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RequestHandler } from 'express'
import { shareModules } from './panel/share-modules.ts'

const DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../admin')

/** The path of Next's hot reload: the only one that is upgraded, and only in development. */
const HMR_PATH = /^\/_next\/hmr(?:[/?]|$)/
const NO_UPGRADE = 'HTTP/1.1 501 Not Implemented\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'

/** The panel as an Express handler, and how to stop it. */
export type Panel = {
  handle: RequestHandler
  upgrade: (server: Server) => void
  /** Loads and prepares Next, which otherwise happens on the first request. */
  prepare: () => Promise<void>
  close: () => Promise<void>
}

type PanelOptions = {
  dev: boolean
  hostname: string
  port: number
}

/**
 * Opens the panel under /admin, from Next's build or, in `dev`, from its sources with hot reload.
 * Next takes seconds and a hundred megabytes, so it is loaded on the first request. If that fails,
 * the next request tries again.
 *
 * On its first request Next adds an `upgrade` listener to the HTTP server, in production too, and
 * Node then leaves every socket whose request has an Upgrade header to that listener, which ignores
 * it: the socket would stay open forever. So Next gets a separate server that never listens.
 */
export function openPanel(options: PanelOptions): Panel {
  const httpServer = createServer()
  let loading: ReturnType<typeof loadNext> | undefined
  const load = () =>
    (loading ??= loadNext(options, httpServer).catch((error: unknown) => {
      loading = undefined
      throw error
    }))
  return {
    handle: async (req, res) => {
      const { handle } = await load()
      req.url = req.originalUrl
      return handle(req, res)
    },
    upgrade: (server) => {
      if (options.dev)
        server.on('upgrade', (req, socket, head) =>
          passUpgrade(httpServer, req, socket as Socket, head),
        )
    },
    prepare: async () => void (await load()),
    close: async () => (await loading?.catch(() => undefined))?.close(),
  }
}

async function loadNext(options: PanelOptions, httpServer: Server) {
  shareModules()
  const { default: next } = await import('next')
  const app = next({ ...options, dir: DIR, customServer: true, httpServer })
  await app.prepare()
  return { handle: app.getRequestHandler(), close: () => app.close() }
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
