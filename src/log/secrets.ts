import { findPassword } from '../domain/mask-secrets.ts'
import { isSecretSetting, type Settings } from '../env.ts'

/** The secret values of the settings; for a URL, its password. */
export function listSecrets(settings: Settings): string[] {
  const own = Object.entries(settings).flatMap(([name, value]) => {
    if (!isSecretSetting(name) || typeof value !== 'string') return []
    return name.endsWith('URL') ? (findPassword(value) ?? []) : value
  })
  return [...own, ...settings.signInProviders.map(({ clientSecret }) => clientSecret)]
}
