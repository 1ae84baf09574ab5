import { findPassword } from '../domain/mask-secrets.ts'
import { isSecretSetting, type Settings } from '../env.ts'

/** The values of the settings that nobody may read: of a URL its password. */
export function listSecrets(settings: Settings): string[] {
  const own = Object.entries(settings).flatMap(([name, value]) => {
    if (!isSecretSetting(name) || typeof value !== 'string') return []
    return name.endsWith('URL') ? (findPassword(value) ?? []) : value
  })
  return [...own, ...settings.signInProviders.map(({ clientSecret }) => clientSecret)]
}
