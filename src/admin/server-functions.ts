import { type Caller, getIdentity } from '../access/identity.ts'

/**
 * The Payload server functions that the panel uses: form state, lists and joined rows, drawers with
 * a list or a document, and bulk upload forms. The others are for features that Forecourt does not
 * have (localization, drafts, folders, slugs, rich text, widgets). All of them require a session;
 * the sign-in page needs none.
 */
const SERVER_FUNCTIONS: readonly string[] = [
  'form-state',
  'table-state',
  'render-document',
  'render-document-slots',
  'render-list',
]

/** The call exactly as the browser sent it, and the signed-in user. */
export type ServerFunctionCall = Caller & { name: unknown; args: unknown }

/** An error response in Payload's own shape. */
export type ServerFunctionRefusal = { errors: { message: string }[] }

/**
 * Why a call is rejected before Payload sees it; null for a call by active staff to a function in
 * use. Payload looks the name up among all properties of a JavaScript object, including
 * `constructor`.
 */
export function findServerFunctionRefusal({
  name,
  args,
  user,
}: ServerFunctionCall): ServerFunctionRefusal | null {
  if (getIdentity({ user }).kind !== 'staff')
    return buildRefusal('Only active staff can use the panel.')
  if (typeof name !== 'string' || !SERVER_FUNCTIONS.includes(name))
    return buildRefusal('The panel has no server function with this name.')
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    return buildRefusal('The arguments must be an object.')
  return null
}

const buildRefusal = (message: string): ServerFunctionRefusal => ({ errors: [{ message }] })
