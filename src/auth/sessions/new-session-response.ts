import { NEW_SESSION_HEADER } from './new-session.ts'

/**
 * Moves the token of a session that replaced the caller's from the header into the body, as `token`
 * and `exp` (seconds), like the response to a sign-in.
 */
export async function addNewSession(response: Response): Promise<Response> {
  const header = response.headers.get(NEW_SESSION_HEADER)
  if (!header) return response
  response.headers.delete(NEW_SESSION_HEADER)
  const body = { ...((await response.json()) as object), ...(JSON.parse(header) as object) }
  return Response.json(body, { status: response.status, headers: response.headers })
}
