/**
 * The messages of an API error, `{ errors: [{ message }] }`, in order; empty for any other body.
 */
export function findMessages(body: unknown): string[] {
  const errors = isObject(body) ? body['errors'] : undefined
  if (!Array.isArray(errors)) return []
  return errors.flatMap((error: unknown) => {
    const message = isObject(error) ? error['message'] : undefined
    return typeof message === 'string' && message !== '' ? [message] : []
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
