import type { Readable } from 'node:stream'

/**
 * Waits until a process has written a text, and goes on reading afterward: a process whose log
 * nobody reads stands still once the pipe is full, and does not even end. Throws with what the
 * process wrote if its output ends before.
 */
export function waitForOutput(output: Readable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let written = ''
    const collect = (chunk: unknown) => {
      written += String(chunk)
      if (!written.includes(text)) return
      output.off('data', collect)
      output.resume()
      resolve()
    }
    output.on('data', collect)
    output.once('end', () =>
      reject(new Error(`The process ended before it wrote "${text}": ${written || 'nothing'}`)),
    )
  })
}
