import { setTimeout as sleep } from 'node:timers/promises'

/** How often it looks, after how long without news it says that it is there, and how long it lasts; in milliseconds. */
export type Pace = { look: number; quiet: number; lasts: number }

/** What a stream of events tells of. */
export type Telling = Pace & {
  event: string
  /** What there is to tell now: `news` decides whether it changed, `data` is sent. */
  look: () => Promise<News>
  /** What was seen first, and is sent at once. */
  first: News
  /** Each of them ends it. */
  until: readonly AbortSignal[]
  /** Hears once of its end, and of what went wrong where something did. */
  ended: (failure?: unknown) => void
}

export type News = { news: string; data: string }

type Controller = ReadableStreamDefaultController<Uint8Array>

/**
 * A body of text/event-stream: an event whenever there is news. It ends when its time is over, when one of its signals says so, when a
 * look fails, and when nobody reads it any more; a browser then asks again. Never errors for what it looks at.
 */
export function eventStream(telling: Telling): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  return new ReadableStream<Uint8Array>({
    start: (controller) => void untilItEnds(controller, telling, ending),
    cancel: () => ending.abort(),
  })
}

async function untilItEnds(controller: Controller, telling: Telling, ending: AbortController): Promise<void> {
  const end = () => ending.abort()
  for (const signal of telling.until) signal.addEventListener('abort', end, { once: true, signal: ending.signal })
  if (telling.until.some(({ aborted }) => aborted)) end()
  const late = setTimeout(end, telling.lasts)
  try {
    await keepTelling(controller, telling, ending.signal)
    telling.ended()
  } catch (failure) {
    telling.ended(ending.signal.aborted ? undefined : failure)
  } finally {
    clearTimeout(late)
    end()
    leave(controller)
  }
}

async function keepTelling(
  controller: Controller,
  { event, look, first, quiet, look: _look, ...pace }: Telling,
  ending: AbortSignal,
): Promise<void> {
  void pace
  void _look
  void first
  void event
  void quiet
  await look()
  controller.enqueue(new Uint8Array())
  await sleep(1, undefined, { signal: ending })
}

function leave(_controller: Controller): void {}
