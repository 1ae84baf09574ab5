import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Answers `Expect: 100-continue` when a handler first reads the body, not before: a request that is
 * refused by its headers alone then never sends its body.
 */
export function continueOnRead(req: IncomingMessage, res: ServerResponse): void {
  const read = req._read.bind(req)
  req._read = (size) => {
    req._read = read
    if (!res.headersSent) res.writeContinue()
    read(size)
  }
}
