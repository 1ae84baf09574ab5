/**
 * Waits for a promise; rejects after `milliseconds`. A blocked event loop runs due timers before it
 * reads sockets, so the deadline is checked again after the sockets were read.
 */
export function waitAtMost<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const expire = () => reject(new Error(`There was no response within ${milliseconds} ms.`))
    const timer = setTimeout(() => setImmediate(() => setImmediate(expire)), milliseconds)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
