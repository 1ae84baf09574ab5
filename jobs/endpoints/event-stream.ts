import { setTimeout as sleep } from 'node:timers/promises'

/** Poll interval, keep-alive interval and maximum duration, in milliseconds. */
export type StreamTiming = {
  pollMs: number
  keepAliveMs: number
  maxMs: number
}

/** A snapshot to send: a new `fingerprint` marks it as changed, and `data` is sent on one line. */
export type Snapshot = { fingerprint: string; data: string }

/** The source and lifecycle of an event stream. */
export type EventStreamOptions = StreamTiming & {
  event: string
  /** The first snapshot, sent immediately. */
  first: Snapshot
  load: () => Promise<Snapshot>
  /** Signals that end the stream. */
  signals: readonly AbortSignal[]
  /** Called once when the stream ends, with the error if reading failed. */
  onEnd: (failure: unknown) => void
}

type Controller = ReadableStreamDefaultController<Uint8Array>

/**
 * A text/event-stream body that sends an event for each change. It ends after its maximum duration,
 * on a signal, when reading fails and when the client disconnects; browsers then reconnect. A
 * client that does not read is skipped and disconnected at the end.
 */
export function createEventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  return new ReadableStream<Uint8Array>({
    start: (controller) => void runStream(controller, options, ending),
    cancel: () => ending.abort(),
  })
}

async function runStream(
  controller: Controller,
  options: EventStreamOptions,
  ending: AbortController,
): Promise<void> {
  const { signals, maxMs, onEnd } = options
  const end = () => ending.abort()
  const timer = setTimeout(end, maxMs)
  for (const signal of signals)
    signal.addEventListener('abort', end, { once: true, signal: ending.signal })
  if (signals.some(({ aborted }) => aborted)) end()
  const failure: unknown = await sendSnapshots(controller, options, ending.signal).catch(
    (error: unknown) => error,
  )
  clearTimeout(timer)
  onEnd(ending.signal.aborted ? undefined : failure)
  end()
  if (isRead(controller)) controller.close()
  else controller.error(new Error('The client stopped reading the event stream.'))
}

/** Sends events until the stream ends or reading fails, both of which throw. */
async function sendSnapshots(
  controller: Controller,
  options: EventStreamOptions,
  ending: AbortSignal,
): Promise<never> {
  const { event, first, load, pollMs, keepAliveMs } = options
  const send = (text: string) => controller.enqueue(new TextEncoder().encode(`${text}\n\n`))
  const sendSnapshot = ({ data }: Snapshot) => send(`event: ${event}\ndata: ${data}`)
  let lastSent = first
  let lastSentAt = Date.now()
  sendSnapshot(first)
  for (;;) {
    await sleep(pollMs, undefined, { signal: ending })
    const snapshot = await load()
    ending.throwIfAborted()
    const changed = snapshot.fingerprint !== lastSent.fingerprint
    if (!isRead(controller) || (!changed && Date.now() - lastSentAt < keepAliveMs)) continue
    if (changed) sendSnapshot(snapshot)
    else send(': keep-alive')
    lastSent = snapshot
    lastSentAt = Date.now()
  }
}

/** Whether the client is still connected and has read everything sent so far. */
const isRead = ({ desiredSize }: Controller) => desiredSize !== null && desiredSize > 0
