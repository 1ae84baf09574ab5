import { type Dispatcher, getGlobalDispatcher } from 'undici'

/**
 * Wraps undici's global dispatcher to call `sent` when a request is written to its connection. That
 * is after the DNS lookup and the connection setup, which take long only for the first request.
 */
export const callWhenSent = (sent: () => void): Dispatcher =>
  getGlobalDispatcher().compose(
    (dispatch) => (options, handler) => dispatch(options, withStart(handler, sent)),
  )

function withStart(
  handler: Dispatcher.DispatchHandler,
  sent: () => void,
): Dispatcher.DispatchHandler {
  return new Proxy(handler, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name !== 'onRequestStart') return value.bind(target) as unknown
      return (...args: unknown[]) => {
        sent()
        return value.apply(target, args) as unknown
      }
    },
  })
}
