import { type AfterErrorHook, APIError } from 'payload'
import { accountOf } from '../../src/access/identity.ts'

const MESSAGE = 'Agree to the terms first: GET /api/me says which, POST /api/auth/signup agrees.'
const DATA = { code: 'terms_required' } as const

/** Tells an owner who was refused for want of it that they have to agree to the terms: a program goes by the code. */
export const askForTerms: AfterErrorHook = ({ error, graphqlResult, req }) => {
  const cause: unknown = 'originalError' in error && error.originalError ? error.originalError : error
  const refused = cause instanceof APIError && (cause.status === 401 || cause.status === 403)
  if (!refused || !accountOf(req)?.awaitsTerms) return
  return {
    status: 403,
    response: { errors: [{ message: MESSAGE, data: DATA }] },
    ...(graphqlResult && {
      graphqlResult: {
        ...graphqlResult,
        message: MESSAGE,
        extensions: { ...graphqlResult.extensions, statusCode: 403, data: DATA },
      },
    }),
  }
}
