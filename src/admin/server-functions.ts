import { type Caller, getIdentity } from '../access/identity.ts'

/**
 * The server functions that the panel's screens call, of those that Payload has: forms while they
 * are filled in, lists and joined rows, drawers with a list or a document, and forms of several
 * uploads. All others are for what Forecourt does not have (localization, drafts, folders, slugs,
 * rich text, widgets). None is called without a session: the sign-in page needs none.
 */
const SERVER_FUNCTIONS: readonly string[] = [
  'form-state',
  'table-state',
  'render-document',
  'render-document-slots',
  'render-list',
]

/** What a browser calls, exactly as it came, and who is signed in there. */
export type ServerFunctionCall = Caller & { name: unknown; args: unknown }

/** An answer of the panel that refuses, in the shape of Payload's own. */
export type ServerFunctionRefusal = { errors: { message: string }[] }

/**
 * Why a call is not handed on to Payload, which looks its name up among whatever a JavaScript
 * object has, `constructor` included; null for a call by active staff of a function that is in use.
 */
export function findServerFunctionRefusal({
  name,
  args,
  user,
}: ServerFunctionCall): ServerFunctionRefusal | null {
  if (getIdentity({ user }).kind !== 'staff') return buildRefusal('The panel is for active staff.')
  if (typeof name !== 'string' || !SERVER_FUNCTIONS.includes(name))
    return buildRefusal('The panel has no server function of this name.')
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    return buildRefusal('The arguments must be an object.')
  return null
}

const buildRefusal = (message: string): ServerFunctionRefusal => ({ errors: [{ message }] })
