import { headers } from 'next/headers'
import { createLocalReq, executeAuthStrategies, type Payload } from 'payload'
import { cache } from 'react'

/** What a list shows of an owner. */
export type ListedOwner = { id: string; email: string }

type Ask = (subject: string) => Promise<ListedOwner | undefined>

/**
 * Who has a subject, with the rights of whoever looks at the list. One question for all the cells of a request: what is asked in one
 * go is looked up in one go. Answers undefined for a subject that nobody has, or that the asker may not know.
 */
export const ownersAsked = cache((payload: Payload): Ask => {
  const found = new Map<string, Promise<Map<string, ListedOwner>>>()
  let together: { subjects: string[]; owners: Promise<Map<string, ListedOwner>> } | null = null
  return async (subject) => {
    const earlier = found.get(subject)
    if (earlier) return (await earlier).get(subject)
    together ??= batch()
    together.subjects.push(subject)
    found.set(subject, together.owners)
    return (await together.owners).get(subject)
  }

  function batch() {
    const subjects: string[] = []
    const owners = new Promise((resolve) => setImmediate(resolve)).then(() => {
      together = null
      return lookUp(payload, subjects)
    })
    return { subjects, owners }
  }
})

async function lookUp(payload: Payload, subjects: string[]): Promise<Map<string, ListedOwner>> {
  const asker = await headers()
  const { user } = await executeAuthStrategies({ headers: asker, payload })
  const req = await createLocalReq({ req: { headers: asker, user } }, payload)
  const { docs } = await payload.find({
    collection: 'user-profiles',
    where: { auth0Sub: { in: subjects } },
    select: { auth0Sub: true, email: true },
    limit: subjects.length,
    pagination: false,
    depth: 0,
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  return new Map(docs.map(({ id, auth0Sub, email }) => [auth0Sub, { id, email }]))
}
