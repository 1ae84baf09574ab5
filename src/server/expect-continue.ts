import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Responds to `Expect: 100-continue` only when a handler reads the body: if a request is refused
 * because of its headers, its body is never sent.
 */
export function continueOnRead(req: IncomingMessage, res: ServerResponse): void {
  const read = req._read.bind(req)
  req._read = (size) => {
    req._read = read
    if (!res.headersSent) res.writeContinue()
    read(size)
  }
}
