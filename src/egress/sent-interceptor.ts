import type { Dispatcher } from 'undici'

/**
 * Creates an interceptor that calls `onSent` when a request is written to its connection. That is
 * after the DNS lookup and the connection setup, which take long only for the first request.
 */
export const createSentInterceptor =
  (onSent: () => void): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, notifyOnStart(handler, onSent))

function notifyOnStart(
  handler: Dispatcher.DispatchHandler,
  onSent: () => void,
): Dispatcher.DispatchHandler {
  return new Proxy(handler, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name !== 'onRequestStart') return value.bind(target) as unknown
      return (...args: unknown[]) => {
        onSent()
        return value.apply(target, args) as unknown
      }
    },
  })
}
