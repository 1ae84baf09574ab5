import { connect } from 'node:net'
import { describeNetworkError } from '../../domain/system-error.ts'
import type { Settings } from '../../env.ts'
import { parseSmtpUrl } from '../../mail/smtp-url.ts'
import { findScannerProblem } from '../../uploads/scan/create-scanner.ts'

const ANSWER_MS = 3_000

const OWNERS_WAIT = 'Owners cannot sign in until it can be reached.'

/** Another server that a setting names: `without` describes the effect while it is unavailable. */
type NamedServer = {
  setting: string
  host: string
  port: number
  without: string
}

/**
 * A warning for each server in the settings that does not accept connections now. None of them
 * stops a start: the features that need them wait or report it, and the servers may come back.
 */
export async function findUnreachable(settings: Settings): Promise<string[]> {
  const found = await Promise.all(
    listNamedServers(settings).map(async ({ setting, host, port, without }) => {
      const problem = await tryConnecting(host, port)
      return problem === null
        ? []
        : [
            `${setting} points to ${host}:${port}, which does not accept connections: ` +
              `${problem}. ${without}`,
          ]
    }),
  )
  const scanner = await findScannerProblem(settings)
  return [...found.flat(), ...(scanner === null ? [] : [scanner])]
}

function listNamedServers(settings: Settings): NamedServer[] {
  const mail = settings.SMTP_URL === undefined ? null : parseSmtpUrl(settings.SMTP_URL)
  const web = (setting: string, url: string | undefined, without: string): NamedServer[] =>
    url ? [{ setting, ...parseHostAndPort(url), without }] : []
  return [
    ...(mail && !('problem' in mail)
      ? [
          {
            setting: 'SMTP_URL',
            host: mail.host,
            port: mail.port,
            without: 'E-mails wait in the outbox until the server can be reached.',
          },
        ]
      : []),
    ...web('OWNERS_ISSUER', settings.OWNERS_ISSUER, OWNERS_WAIT),
    ...web('OWNERS_JWKS_URL', settings.OWNERS_JWKS_URL, OWNERS_WAIT),
    ...web(
      'OWNERS_MANAGEMENT_URL',
      settings.OWNERS_MANAGEMENT_URL,
      'Verification e-mails cannot be resent until it can be reached.',
    ),
    ...settings.signInProviders.flatMap(({ id, label, issuer }) =>
      web(
        `OIDC_${id.toUpperCase()}_ISSUER`,
        issuer,
        `No one can sign in with ${label} until it can be reached.`,
      ),
    ),
    ...web(
      'AUTODEV_URL',
      settings.AUTODEV_API_KEY && settings.AUTODEV_URL,
      'Market research waits until it can be reached.',
    ),
    ...web('VPIC_URL', settings.VPIC_URL, 'VINs are decoded offline until it can be reached.'),
    ...web(
      'NHTSA_RECALLS_URL',
      settings.NHTSA_RECALLS_URL,
      'Recalls are unavailable until it can be reached.',
    ),
    ...web(
      'FUEL_ECONOMY_URL',
      settings.FUEL_ECONOMY_URL,
      'Doors and fuel economy are not filled in until it can be reached.',
    ),
    ...web(
      'PLACES_URL',
      settings.PLACES_API_KEY && settings.PLACES_URL,
      'Stations are not fetched from Google until it can be reached.',
    ),
    ...web('S3_ENDPOINT', settings.S3_ENDPOINT, describeWithoutS3(settings)),
  ]
}

const describeWithoutS3 = ({ STORAGE }: Settings) =>
  STORAGE === 's3'
    ? 'Photos and files are unavailable until it can be reached.'
    : 'Files that are still stored there are unavailable until it can be reached.'

function parseHostAndPort(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  }
}

/** Describes why a connection fails; null if it succeeds. */
function tryConnecting(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_MS })
    const end = (problem: string | null) => {
      socket.destroy()
      resolve(problem)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end(`no response within ${ANSWER_MS / 1000} s`))
    socket.once('error', (error) => end(describeNetworkError(error)))
  })
}
