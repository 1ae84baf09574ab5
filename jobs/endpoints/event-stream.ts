import { setTimeout as sleep } from 'node:timers/promises'

/** How often it looks, after how long without news it says that it is there, and how long it lasts; in milliseconds. */
export type Pace = { pause: number; quiet: number; lasts: number }

/** What there is to tell: `news` decides whether it changed, `data` is what is sent, on one line. */
export type News = { news: string; data: string }

/** What a stream of events tells of. */
export type Telling = Pace & {
  event: string
  /** What was seen first, and is sent at once. */
  first: News
  look: () => Promise<News>
  /** Each of them ends it. */
  until: readonly AbortSignal[]
  /** Hears once of its end, and of what went wrong where a look failed. */
  ended: (failure: unknown) => void
}

type Controller = ReadableStreamDefaultController<Uint8Array>

/**
 * A body of text/event-stream: an event whenever there is news. It ends when its time is over, when a signal says so, when a look fails
 * and when its reader leaves; a browser then asks again. A reader that stays and does not read is skipped, and cut off at the end.
 */
export function eventStream(telling: Telling): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  return new ReadableStream<Uint8Array>({
    start: (controller) => void untilItEnds(controller, telling, ending),
    cancel: () => ending.abort(),
  })
}

async function untilItEnds(controller: Controller, telling: Telling, ending: AbortController): Promise<void> {
  const { until, lasts, ended } = telling
  const end = () => ending.abort()
  const late = setTimeout(end, lasts)
  for (const signal of until) signal.addEventListener('abort', end, { once: true, signal: ending.signal })
  if (until.some(({ aborted }) => aborted)) end()
  const failure: unknown = await keepTelling(controller, telling, ending.signal).catch((error: unknown) => error)
  clearTimeout(late)
  ended(ending.signal.aborted ? undefined : failure)
  end()
  if (isRead(controller)) controller.close()
  else controller.error(new Error('Nobody reads these events.'))
}

/** Tells until it is thrown out: by the end of the stream, or by a look that fails. */
async function keepTelling(controller: Controller, telling: Telling, ending: AbortSignal): Promise<never> {
  const { event, first, look, pause, quiet } = telling
  const send = (text: string) => controller.enqueue(new TextEncoder().encode(`${text}\n\n`))
  const tell = ({ data }: News) => send(`event: ${event}\ndata: ${data}`)
  let told = first
  let toldAt = Date.now()
  tell(first)
  for (;;) {
    await sleep(pause, undefined, { signal: ending })
    const seen = await look()
    ending.throwIfAborted()
    const changed = seen.news !== told.news
    if (!isRead(controller) || (!changed && Date.now() - toldAt < quiet)) continue
    if (changed) tell(seen)
    else send(': still here')
    told = seen
    toldAt = Date.now()
  }
}

/** Whether what was sent so far was read, by somebody who is still there. */
const isRead = ({ desiredSize }: Controller) => desiredSize !== null && desiredSize > 0
