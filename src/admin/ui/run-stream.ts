import type { RunsAnswer } from '../../../jobs/api-types.ts'

/** The state of the live connection: connecting, open, or broken for a while. */
export type StreamState = 'opening' | 'live' | 'broken'

type StreamListeners = { runs: (answer: RunsAnswer) => void; state: (state: StreamState) => void }

/**
 * A connection that is back within this time does not count as broken: the server closes each one
 * after a few minutes.
 */
const BROKEN_AFTER_MS = 5_000
/** The browser reconnects a broken stream, but not a rejected one. */
const RECONNECT_MS = 5_000

/**
 * Follows the active runs until it is stopped; reconnects after errors indefinitely. Disconnects
 * while the page is hidden: browsers limit the connections per server, and several tabs would use
 * them up. Returns a function that stops it.
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
