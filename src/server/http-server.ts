import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { continueOnRead } from './expect-continue.ts'

/**
 * How long a socket may be silent while we wait for its client to send the rest of a body or to
 * read a response.
 */
const IDLE_TIMEOUT_MS = 30_000
/** How long responses carry `Connection: close` before a stop. */
const CLOSE_NOTICE_MS = 400
/**
 * A stop closes the port after QUIET_MS without a new connection or a finished response, but after
 * HOLD_MS at the latest.
 */
const QUIET_MS = 100
const HOLD_MS = 1_000
/** How long a connection may take to send a request once the port is closed. */
const LAST_REQUEST_MS = 250
/**
 * How many parts of the application may listen for the end of a response before Node warns of a
 * leak.
 */
const MAX_LISTENERS = 20

/** Options of an `HttpServer`. Times are in milliseconds. */
export type HttpServerOptions = {
  /** Node's own limits; see limits.ts. */
  limits: ServerOptions
  /** Connections beyond this number are closed as soon as they are accepted. */
  maxConnections: number
  /**
   * Called when the server begins to reject connections; not called again until half of them are
   * free.
   */
  onFull?: (open: number) => void
  /** How long a socket may be silent while we wait for its client. */
  idleTimeoutMs?: number
}

type Exchange = { req: Parameters<RequestListener>[0]; res: Parameters<RequestListener>[1] }

/**
 * An HTTP server that limits the number and duration of connections and stops without aborting
 * responses. It has no listener for `upgrade` or `connect`: Node treats a request with an Upgrade
 * header like any other request, and closes a CONNECT.
 */
export class HttpServer {
  readonly node: Server
  readonly #handler: RequestListener
  readonly #sockets = new Map<Socket, Set<Exchange>>()
  #full = false
  #leaving = false
  #held: (() => void)[] | null = null
  #lastNews = 0

  constructor(
    handler: RequestListener,
    { limits, maxConnections, onFull, idleTimeoutMs = IDLE_TIMEOUT_MS }: HttpServerOptions,
  ) {
    this.#handler = handler
    this.node = createServer(limits, (req, res) => this.#take({ req, res }))
    this.node.on('checkContinue', (req, res) => {
      continueOnRead(req, res)
      this.#take({ req, res })
    })
    this.node.maxConnections = maxConnections
    this.node.timeout = idleTimeoutMs
    this.node.on('connection', (socket) => this.#track(socket))
    this.node.on('timeout', (socket) => this.#onSilence(socket, idleTimeoutMs))
    this.node.on('drop', () => {
      if (!this.#full) onFull?.(this.#sockets.size)
      this.#full = true
    })
  }

  /** The number of open connections. */
  get connections(): number {
    return this.#sockets.size
  }

  /** Listens; rejects with the system's error if the port is not available. */
  listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.node.once('error', reject)
      this.node.listen(port, host, () => {
        this.node.off('error', reject)
        resolve()
      })
    })
  }

  /**
   * Stops accepting connections, waits up to `drainMs` for running responses, and then destroys the
   * remaining connections. To avoid aborted responses, the server first still accepts connections
   * and asks clients to close them, then holds new requests until no client connects, closes the
   * port, and responds to the held requests. Closing the port earlier would reset connections that
   * the kernel has accepted and the process has not.
   */
  async stop(drainMs: number): Promise<void> {
    this.#leaving = true
    for (const { res } of [...this.#sockets.values()].flatMap((exchanges) => [...exchanges]))
      closeAfterResponse(res)
    if (this.#sockets.size > 0 || Date.now() - this.#lastNews < CLOSE_NOTICE_MS)
      await sleep(CLOSE_NOTICE_MS)
    await this.#closePort()
    const drained = this.#drained()
    const inTime = new AbortController()
    await Promise.race([
      drained,
      sleep(drainMs, undefined, { signal: inTime.signal }).catch(() => undefined),
    ])
    inTime.abort()
    this.destroyAll()
  }

  /** Destroys every connection immediately. */
  destroyAll(): void {
    for (const socket of this.#sockets.keys()) socket.destroy()
  }

  #take(exchange: Exchange): void {
    const { req, res } = exchange
    const exchanges = this.#sockets.get(req.socket)
    exchanges?.add(exchange)
    res.setMaxListeners(MAX_LISTENERS)
    res.once('close', () => {
      exchanges?.delete(exchange)
      this.#lastNews = Date.now()
    })
    if (this.#leaving) closeAfterResponse(res)
    if (this.#held) this.#held.push(() => this.#handler(req, res))
    else this.#handler(req, res)
  }

  #track(socket: Socket): void {
    this.#lastNews = Date.now()
    this.#sockets.set(socket, new Set())
    socket.once('close', () => {
      this.#sockets.delete(socket)
      if (this.#sockets.size <= this.node.maxConnections / 2) this.#full = false
    })
  }

  /**
   * Handles a socket without traffic in either direction. It stays open while the server still owes
   * a response: the request is complete and all output was read, as with a slow report or an idle
   * live stream. Otherwise the client has gone or is not reading, and the socket is destroyed.
   */
  #onSilence(socket: Socket, silentMs: number): void {
    const exchanges = [...(this.#sockets.get(socket) ?? [])]
    const ours =
      exchanges.length > 0 &&
      socket.writableLength === 0 &&
      exchanges.every(({ req }) => req.complete)
    if (ours) socket.setTimeout(silentMs)
    else socket.destroy()
  }

  async #closePort(): Promise<void> {
    this.#held = []
    const latest = Date.now() + HOLD_MS
    while (Date.now() < latest && Date.now() - this.#lastNews < QUIET_MS) await sleep(QUIET_MS / 4)
    /*
     * Every connection that waits in the kernel is accepted in the turns of the event loop before
     * the one that closes the port.
     */
    for (let turn = 0; turn < 5; turn++) await nextTurn()
    this.node.close()
    const held = this.#held
    this.#held = null
    for (const answer of held) answer()
  }

  /**
   * Resolves when no connection has a running response. An idle connection may still send its
   * request for LAST_REQUEST_MS.
   */
  async #drained(): Promise<void> {
    if (this.#sockets.size > 0) await sleep(LAST_REQUEST_MS)
    for (; this.#sockets.size > 0; await sleep(QUIET_MS / 4))
      for (const [socket, exchanges] of this.#sockets)
        if (exchanges.size === 0 && socket.writableLength === 0) socket.destroy()
  }
}

/** Marks a response as the last one on its connection, unless its headers were already sent. */
function closeAfterResponse(res: Exchange['res']): void {
  if (!res.headersSent) res.setHeader('connection', 'close')
}
