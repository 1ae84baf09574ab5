import { APIError, Forbidden, type PayloadRequest, UnauthorizedError } from 'payload'
import { type Account, findAccount, getIdentity } from '../access/identity.ts'
import { permissions } from '../access/permissions.ts'
import { countWrite } from '../auth/rate-limits/owner-limits.ts'
import { type LimitedRequest, limitRequests } from '../auth/rate-limits/request-limits.ts'
import type { Audience } from './openapi/operation.ts'

/** What every handler of an endpoint receives. */
export type EndpointContext = { req: PayloadRequest }

/** What the handler of an endpoint for owners receives. */
export type AccountContext = EndpointContext & { account: Account }

/**
 * Who may call an endpoint: the audience in its documentation, and the check, which throws for
 * other callers and returns what handlers need to know about the caller.
 */
export type Access<Context extends EndpointContext = EndpointContext> = {
  audience: readonly Audience[]
  check: (req: PayloadRequest) => Context | Promise<Context>
}

/** The error for callers of an owners' endpoint who are someone else. */
export const OWNERS_ONLY = 'This endpoint is for owners, who authenticate with an access token.'

const allowEveryone = (req: PayloadRequest): EndpointContext => ({ req })

/** Throws for callers who are not active staff members. */
function requireStaff(req: PayloadRequest, resource: string): EndpointContext {
  if (!req.user) throw new UnauthorizedError(req.t)
  if (!permissions.isStaff({ req }))
    throw new APIError(`Only active staff members can access ${resource}.`, 403)
  return { req }
}

/** Throws for callers without an active account. Requests that may change something are writes. */
async function requireAccount(req: PayloadRequest): Promise<AccountContext> {
  const account = findAccount(req)
  if (account && !account.garageAdmin && req.method !== 'GET')
    await countWrite(req, account.subject)
  if (account) return { req, account }
  if (!req.user) throw new UnauthorizedError(req.t)
  throw new APIError(OWNERS_ONLY, 403)
}

/** Who may call our endpoints. For the rights of a caller, see `permissions`. */
export const callers = {
  /** Everyone, signed in or not. */
  anybody: { audience: ['anybody'], check: allowEveryone },
  /** The callers whom the access rules of the collection allow: the handler applies these rules. */
  allowedByRules: { audience: ['owner', 'staff'], check: allowEveryone },
  /** Active staff members; `resource` names what they access, for the error. */
  staff: (resource: string): Access => ({
    audience: ['staff'],
    check: (req) => requireStaff(req, resource),
  }),
  /**
   * Active staff members, and owners who may have rows; owners as often as the limit of this kind
   * of request allows. `resource` names what they access, for the error.
   */
  ownerOrStaff: ({ kind, resource }: { kind: LimitedRequest; resource: string }): Access => ({
    audience: ['owner', 'staff'],
    check: async (req) => {
      const account = findAccount(req)
      if (!account) return requireStaff(req, resource)
      if (getIdentity(req).kind !== 'owner') throw new Forbidden(req.t)
      await limitRequests(req, kind, account)
      return { req }
    },
  }),
  /** Managers and admins. */
  managers: (resource: string): Access => ({
    audience: ['staff'],
    check: (req) => {
      const context = requireStaff(req, resource)
      if (permissions.canManageLot({ req })) return context
      throw new APIError('Only managers and admins can do this.', 403)
    },
  }),
  /** Staff admins; everyone else gets a 403 with this message. */
  staffAdmins: (message: string): Access => ({
    audience: ['staff'],
    check: (req) => {
      if (permissions.isStaffAdmin({ req })) return { req }
      throw new APIError(message, 403, undefined, true)
    },
  }),
  /** Staff admins and garage admins. */
  anyAdmin: {
    audience: ['owner', 'staff'],
    check: (req) => {
      if (permissions.isAnyAdmin({ req })) return { req }
      throw new Forbidden(req.t)
    },
  },
  /** Owners with an active account, whether or not they agreed to the terms. */
  account: { audience: ['owner'], check: requireAccount },
  /** The same, as often as the limit of this kind of request allows. */
  limitedAccount: (kind: LimitedRequest): Access<AccountContext> => ({
    audience: ['owner'],
    check: async (req) => {
      const context = await requireAccount(req)
      await limitRequests(req, kind, context.account)
      return context
    },
  }),
  /**
   * Owners who may have rows: those who have not agreed to the terms get an error that explains
   * how.
   */
  owner: {
    audience: ['owner'],
    check: async (req) => {
      const context = await requireAccount(req)
      if (getIdentity(req).kind === 'owner') return context
      throw new Forbidden(req.t)
    },
  },
} as const satisfies Record<string, Access | ((name: never) => Access)>
