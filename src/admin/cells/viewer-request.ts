import { headers } from 'next/headers'
import { createLocalReq, executeAuthStrategies, type Payload, type PayloadRequest } from 'payload'
import { cache } from 'react'

/** The viewer of the screen, found once per page. */
const findUser = cache(async (payload: Payload) => {
  const { user } = await executeAuthStrategies({ headers: await headers(), payload })
  return user
})

/** A request with the viewer's access, for the data of cells. */
export async function createViewerRequest(payload: Payload): Promise<PayloadRequest> {
  return createLocalReq(
    { req: { headers: await headers(), user: await findUser(payload) } },
    payload,
  )
}
