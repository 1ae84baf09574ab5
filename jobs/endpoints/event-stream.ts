import { setTimeout as sleep } from 'node:timers/promises'

/**
 * How often it looks, after how long without news it says that it is there, and how long it lasts;
 * in milliseconds.
 */
export type StreamTiming = { pollMs: number; keepAliveMs: number; maxMs: number }

/**
 * What there is to tell: `news` decides whether it changed, `data` is what is sent, on one line.
 */
export type Snapshot = { fingerprint: string; data: string }

/** What a stream of events tells of. */
export type EventStreamOptions = StreamTiming & {
  event: string
  /** What was seen first, and is sent at once. */
  first: Snapshot
  load: () => Promise<Snapshot>
  /** Each of them ends it. */
  signals: readonly AbortSignal[]
  /** Hears once of its end, and of what went wrong where a look failed. */
  onEnd: (failure: unknown) => void
}

type Controller = ReadableStreamDefaultController<Uint8Array>

/**
 * A body of text/event-stream: an event whenever there is news. It ends when its time is over, when
 * a signal says so, when a look fails and when its reader leaves; a browser then asks again. A
 * reader that stays and does not read is skipped, and cut off at the end.
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

/** Tells until it is thrown out: by the end of the stream, or by a look that fails. */
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
    else send(': still here')
    lastSent = snapshot
    lastSentAt = Date.now()
  }
}

/** Whether what was sent so far was read, by somebody who is still there. */
const isRead = ({ desiredSize }: Controller) => desiredSize !== null && desiredSize > 0
