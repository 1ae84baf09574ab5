import { headers } from 'next/headers'
import { createLocalReq, executeAuthStrategies, type Payload, type PayloadRequest } from 'payload'
import { cache } from 'react'

/** Who looks at the screen: found once for each page. */
const findUser = cache(async (payload: Payload) => {
  const { user } = await executeAuthStrategies({ headers: await headers(), payload })
  return user
})

/** A request of whoever looks at the screen, for what its cells read with their rights. */
export async function createViewerRequest(payload: Payload): Promise<PayloadRequest> {
  return createLocalReq(
    { req: { headers: await headers(), user: await findUser(payload) } },
    payload,
  )
}
