import type { RunsAnswer } from '../../../jobs/api-types.ts'

/**
 * Whether news come in: the line is being opened, it is open, or it has been broken for a while.
 */
export type StreamState = 'opening' | 'live' | 'broken'

type StreamListeners = { runs: (answer: RunsAnswer) => void; state: (state: StreamState) => void }

/**
 * A line that comes back within this time was never worth a word: the server ends each one after
 * some minutes.
 */
const BROKEN_AFTER_MS = 5_000
/** The browser opens a line that broke by itself, but not one that was refused. */
const RECONNECT_MS = 5_000

/**
 * Listens to the runs under way until it is told to stop; a line that breaks or is refused is
 * opened again for ever. While nobody looks at the page there is none: a browser has few
 * connections to one server, and several tabs would use them up. Answers how to stop.
 */
export function openRunStream(address: string, listeners: StreamListeners): () => void {
  let stop = isPageVisible() ? listenToRuns(address, listeners) : null
  const connectIfVisible = () => {
    if (isPageVisible()) stop ??= listenToRuns(address, listeners)
    else stop = (stop?.(), null)
  }
  document.addEventListener('visibilitychange', connectIfVisible)
  return () => {
    document.removeEventListener('visibilitychange', connectIfVisible)
    stop?.()
  }
}

const isPageVisible = () => document.visibilityState === 'visible'

function listenToRuns(address: string, listeners: StreamListeners): () => void {
  let brokenTimer: ReturnType<typeof setTimeout> | undefined
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined
  let source = open()
  return () => {
    source.close()
    clearTimeout(brokenTimer)
    clearTimeout(reconnectTimer)
  }

  function open(): EventSource {
    const opened = new EventSource(address)
    opened.addEventListener('open', handleOpen)
    opened.addEventListener('error', handleError)
    opened.addEventListener('runs', ({ data }: MessageEvent<string>) =>
      listeners.runs(JSON.parse(data) as RunsAnswer),
    )
    return opened
  }

  function handleOpen(): void {
    clearTimeout(brokenTimer)
    brokenTimer = undefined
    listeners.state('live')
  }

  function handleError(): void {
    brokenTimer ??= setTimeout(() => listeners.state('broken'), BROKEN_AFTER_MS)
    if (source.readyState !== EventSource.CLOSED) return
    clearTimeout(reconnectTimer)
    reconnectTimer = setTimeout(() => (source = open()), RECONNECT_MS)
  }
}
