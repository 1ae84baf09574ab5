/** An answer of the server's own that refuses, in the shape of Payload's: `{ errors: [{ message }] }`. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ errors: [{ message }] }, { status, headers: { 'cache-control': 'no-store', ...headers } })
}
