import type { Settings } from '../env.ts'
import { createCaptcha } from './adapters/siteverify.ts'
import type { Captcha } from './domain/captcha.ts'

/** The captcha in the settings; null if there is none. Its hosts are those of our own pages. */
export function createConfiguredCaptcha(settings: Settings): Captcha | null {
  const { CAPTCHA_PROVIDER: provider, CAPTCHA_SECRET: secret, CAPTCHA_URL: url } = settings
  if (!provider || !secret) return null
  const origins = [settings.publicOrigin, ...settings.CORS_ORIGINS]
  const hostnames = origins.map((origin) => new URL(origin).hostname)
  return createCaptcha({ provider, secret, url, hostnames })
}
