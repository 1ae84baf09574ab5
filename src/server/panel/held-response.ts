import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** A response that is held back. */
export type HeldResponse = {
  /** Sends another response instead, immediately. Later writes to the held one are ignored. */
  replace: (send: () => void) => void
}

type Options = {
  /**
   * Called when the response is complete: returns a function that sends another one instead, or
   * null to send this one.
   */
  onEnd: () => (() => void) | null
}

/**
 * Buffers a response until it is complete, so that another one can still be sent instead. The
 * writer does not notice; headers that it set are discarded if the response is replaced. The
 * response is kept in memory: use this for screens, not for files or streams.
 */
export function holdResponse(res: ServerResponse, { onEnd }: Options): HeldResponse {
  const { write, end, writeHead, flushHeaders } = res
  const before = res.getHeaders()
  const chunks: Buffer[] = []
  let isOver = false
  const release = () => {
    isOver = true
    Object.assign(res, { write, end, writeHead, flushHeaders })
  }
  const replace = (send: () => void) => {
    if (isOver) return
    release()
    for (const name of res.getHeaderNames()) res.removeHeader(name)
    setAll(res, before)
    send()
    ignoreWrites(res)
  }
  const finish = () => {
    const send = onEnd()
    if (send) return replace(send)
    release()
    end.call(res, Buffer.concat(chunks), 'utf8')
  }
  Object.assign(res, holdingMethods(res, chunks, finish))
  return { replace }
}

/**
 * The methods that replace a response's own while it is held: everything written is added to
 * `chunks`.
 */
function holdingMethods(res: ServerResponse, chunks: Buffer[], finish: () => void): object {
  const hold = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, toEncoding(encoding)))
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  return {
    flushHeaders: () => undefined,
    writeHead: (status: number, ...rest: unknown[]) => {
      res.statusCode = status
      setAll(
        res,
        rest.find((one) => typeof one === 'object' && one !== null) as
          OutgoingHttpHeaders | undefined,
      )
      return res
    },
    write: (chunk: unknown, ...rest: unknown[]) => {
      hold(chunk, rest[0])
      callBack(rest)
      return true
    },
    end: (...args: unknown[]) => {
      hold(args[0], args[1])
      finish()
      callBack(args)
      return res
    },
  }
}

function setAll(res: ServerResponse, headers: OutgoingHttpHeaders = {}): void {
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) res.setHeader(name, value)
}

/** Lets the writer of a replaced response continue without any effect. */
function ignoreWrites(res: ServerResponse): void {
  const same = () => res
  const heads = {
    setHeader: same,
    setHeaders: same,
    appendHeader: same,
    writeHead: same,
    removeHeader: () => undefined,
  }
  const bodies = {
    write: (...args: unknown[]) => (callBack(args), true),
    end: (...args: unknown[]) => (callBack(args), res),
  }
  Object.assign(res, { ...heads, ...bodies, flushHeaders: () => undefined })
}

function callBack(args: readonly unknown[]): void {
  const done = args.find((one) => typeof one === 'function') as (() => void) | undefined
  if (done) process.nextTick(done)
}

const toEncoding = (encoding: unknown): BufferEncoding =>
  typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'
