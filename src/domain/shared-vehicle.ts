import { z } from 'zod'

/** What a guest may do: look at a vehicle and its rows, or also change them. */
export const SHARE_ROLES = ['viewer', 'editor'] as const
export type ShareRole = (typeof SHARE_ROLES)[number]

const SHARED_VEHICLE = z.object({
  vehicle: z.string(),
  owner: z.string(),
  role: z.enum(SHARE_ROLES),
})

/** A vehicle that its owner, a subject, shares with somebody, who is its guest. */
export type SharedVehicle = z.output<typeof SHARED_VEHICLE>

/** Parses the vehicles shared with an owner, as the database returns them with the profile. */
export const parseSharedVehicles = (loaded: unknown): SharedVehicle[] =>
  Array.isArray(loaded) && loaded.length === 0 ? [] : z.array(SHARED_VEHICLE).parse(loaded)
