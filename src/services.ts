import type { Config } from 'payload'

/**
 * What is created once at start and shared by a process: services, and the settings that requests
 * and screens need. Each module declares its own by merging into this interface:
 *
 *     declare module '../../services.ts' {
 *       interface Services {
 *         rateLimiter: RateLimiter
 *       }
 *     }
 */
export interface Services {
  /** Whether owners can sign in: their identity provider is configured. */
  acceptsOwners: boolean
  /** Whether the panel shows the links in mails, which sign people in; never in production. */
  showsLinks: boolean
}

type Provider = { config: Pick<Config, 'custom'> }

/** Returns a service of a configuration. Throws an error that names it if it was not provided. */
export function getService<Name extends keyof Services>(
  { config }: Provider,
  name: Name,
): Services[Name] {
  const service = readServices(config)[name]
  if (service === undefined)
    throw new Error(`This configuration has no service named ${name}: see src/services.ts.`)
  return service
}

/** Adds services to a configuration; those of the same name are replaced. */
export function provideServices(config: Config, services: Partial<Services>): Config {
  const { custom } = config
  return { ...config, custom: { ...custom, services: { ...readServices(config), ...services } } }
}

/** The services that were provided so far. Payload passes `custom` through unchanged. */
export const readServices = ({ custom }: Pick<Config, 'custom'>): Partial<Services> =>
  (custom?.['services'] as Partial<Services> | undefined) ?? {}
