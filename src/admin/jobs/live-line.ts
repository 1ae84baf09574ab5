import type { RunsAnswer } from '../../../jobs/api-types.ts'

/** Whether news come in: the line is being opened, it is open, or it has been broken for a while. */
export type LineState = 'opening' | 'live' | 'broken'

type Hear = { runs: (answer: RunsAnswer) => void; state: (state: LineState) => void }

/** A line that comes back within this time was never worth a word: the server ends each one after some minutes. */
const PATIENCE = 5_000
/** The browser opens a line that broke by itself, but not one that was refused. */
const ANEW = 5_000

/** Listens to the runs under way until it is told to stop; a line that breaks or is refused is opened again for ever. Answers how to stop. */
export function openLine(address: string, hear: Hear): () => void {
  let source = new EventSource(address)
  let worry: ReturnType<typeof setTimeout> | undefined
  let reopen: ReturnType<typeof setTimeout> | undefined
  const isOpen = () => {
    clearTimeout(worry)
    worry = undefined
    hear.state('live')
  }
  const isBroken = () => {
    worry ??= setTimeout(() => hear.state('broken'), PATIENCE)
    if (source.readyState !== EventSource.CLOSED) return
    clearTimeout(reopen)
    reopen = setTimeout(() => listen((source = new EventSource(address))), ANEW)
  }
  const listen = (to: EventSource) => {
    to.addEventListener('open', isOpen)
    to.addEventListener('error', isBroken)
    to.addEventListener('runs', ({ data }: MessageEvent<string>) => hear.runs(JSON.parse(data) as RunsAnswer))
  }
  listen(source)
  return () => {
    source.close()
    clearTimeout(worry)
    clearTimeout(reopen)
  }
}
