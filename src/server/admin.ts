import type { Server } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RequestHandler } from 'express'
import next from 'next'

const DIR = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../admin')

/** The panel as an Express handler, and how to stop it. */
export type Panel = { handle: RequestHandler; upgrade: (server: Server) => void; close: () => Promise<void> }

/** Makes Next ready to serve the panel under /admin, from its build or, in `dev`, from its sources with reload. */
export async function openPanel({ dev, hostname, port }: { dev: boolean; hostname: string; port: number }): Promise<Panel> {
  const app = next({ dev, dir: DIR, customServer: true, hostname, port })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle: (req, res) => {
      req.url = req.originalUrl
      return handle(req, res)
    },
    upgrade: (server) => {
      if (dev) server.on('upgrade', (req, socket, head) => void app.getUpgradeHandler()(req, socket, head))
    },
    close: () => app.close(),
  }
}
