import type { RunsAnswer } from '../../../jobs/api-types.ts'

/** Whether news come in: the line is being opened, it is open, or it has been broken for a while. */
export type LineState = 'opening' | 'live' | 'broken'

type Hear = { runs: (answer: RunsAnswer) => void; state: (state: LineState) => void }

/** A line that comes back within this time was never worth a word: the server ends each one after some minutes. */
const PATIENCE = 5_000
/** The browser opens a line that broke by itself, but not one that was refused. */
const ANEW = 5_000

/**
 * Listens to the runs under way until it is told to stop; a line that breaks or is refused is opened again for ever. While nobody looks
 * at the page there is none: a browser has few connections to one server, and several tabs would use them up. Answers how to stop.
 */
export function openLine(address: string, hear: Hear): () => void {
  let shut = isSeen() ? listen(address, hear) : null
  const look = () => {
    if (isSeen()) shut ??= listen(address, hear)
    else shut = (shut?.(), null)
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    shut?.()
  }
}

const isSeen = () => document.visibilityState === 'visible'

function listen(address: string, hear: Hear): () => void {
  let worry: ReturnType<typeof setTimeout> | undefined
  let reopen: ReturnType<typeof setTimeout> | undefined
  let source = open()
  return () => {
    source.close()
    clearTimeout(worry)
    clearTimeout(reopen)
  }

  function open(): EventSource {
    const opened = new EventSource(address)
    opened.addEventListener('open', isOpen)
    opened.addEventListener('error', isBroken)
    opened.addEventListener('runs', ({ data }: MessageEvent<string>) => hear.runs(JSON.parse(data) as RunsAnswer))
    return opened
  }

  function isOpen(): void {
    clearTimeout(worry)
    worry = undefined
    hear.state('live')
  }

  function isBroken(): void {
    worry ??= setTimeout(() => hear.state('broken'), PATIENCE)
    if (source.readyState !== EventSource.CLOSED) return
    clearTimeout(reopen)
    reopen = setTimeout(() => (source = open()), ANEW)
  }
}
