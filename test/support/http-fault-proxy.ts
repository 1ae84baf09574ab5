import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP proxy in front of a server, which can be taken away without touching the server. */
export type FaultProxy = {
  port: number
  /** Breaks every connection and takes no new one, as a server that was stopped. */
  cut: () => void
  /** Lets connections stand and carries nothing, as a server or a network that hangs. */
  freeze: () => void
  /**
   * Carries the next COMMIT to the server and breaks the connection instead of carrying its answer
   * back.
   */
  loseNextCommit: () => void
  /** Breaks the next connection that carries this text to the server, which does not get it. */
  breakAt: (text: string) => void
  /** Carries everything again, old bytes first. */
  resume: () => void
  close: () => Promise<void>
}

async function faultProxy(target: { host: string; port: number }): Promise<FaultProxy> {
  const pairs = new Set<{ near: Socket; far: Socket }>()
  let state: 'open' | 'cut' | 'frozen' = 'open'
  let losesCommit = false
  let breaksAt: string | null = null
  const server = createServer((near) => {
    if (state === 'cut') return near.destroy()
    const far = connect(target.port, target.host)
    const pair = { near, far }
    pairs.add(pair)
    const end = () => (pairs.delete(pair), near.destroy(), far.destroy())
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
    let losing = false
    near.on('data', (bytes): unknown => {
      if (losesCommit && bytes.includes('commit\0')) [losing, losesCommit] = [true, false]
      if (breaksAt !== null && bytes.includes(breaksAt)) {
        breaksAt = null
        return end()
      }
      return far.write(bytes)
    })
    far.on('data', (bytes) => (losing ? end() : near.write(bytes)))
    if (state === 'frozen') pauseSockets(pair)
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const drop = () => {
    for (const { near, far } of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut'
      drop()
    },
    freeze: () => {
      state = 'frozen'
      for (const pair of pairs) pauseSockets(pair)
    },
    loseNextCommit: () => (losesCommit = true),
    breakAt: (text) => (breaksAt = text),
    resume: () => {
      state = 'open'
      for (const { near, far } of pairs) {
        near.resume()
        far.resume()
      }
    },
    close: async () => {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function pauseSockets({ near, far }: { near: Socket; far: Socket }): void {
  near.pause()
  far.pause()
}

/** The URL of the same database, by way of a proxy. */
export function buildProxyUrl(url: string, { port }: FaultProxy): string {
  const by = new URL(url)
  by.hostname = '127.0.0.1'
  by.port = String(port)
  return by.href
}

/** A proxy in front of the server of a PostgreSQL URL. */
export function openProxy(url: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(url)
  return faultProxy({ host: hostname, port: Number(port || 5432) })
}

/** Makes every database that this spec file opens from now on one behind the proxy. */
export function openBehind(proxy: FaultProxy, server: string): void {
  process.env['FORECOURT_TEST_SERVER'] = buildProxyUrl(server, proxy)
}
