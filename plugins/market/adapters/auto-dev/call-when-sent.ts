import { type Dispatcher, getGlobalDispatcher } from 'undici'

/**
 * The usual connections of undici, which call `sent` the moment a request is written to its
 * connection: after the name was looked up and the connection made, which takes long the first time
 * and nothing afterwards.
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
