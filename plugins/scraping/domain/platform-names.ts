import type { Platform } from './pages.ts'

/** A platform's name as people write it, in one spelling: letters and digits alone, in small letters. */
const spelled = (name: string) => name.toLowerCase().replaceAll(/[^a-z\d]/g, '')

/** The platform of a name, however it is written: `Dealer.com`, `dealer com`, `DEALERCOM`. Undefined for no name, or one that is none. */
export function platformOf(platforms: readonly Platform[], name: string | null | undefined): Platform | undefined {
  const said = spelled(name ?? '')
  return said === '' ? undefined : platforms.find((platform) => spelled(platform.name) === said)
}

/** Why a name is no platform's, in a sentence; null when it is one, or empty. */
export function platformProblem(platforms: readonly Platform[], name: string | null | undefined): string | null {
  if (spelled(name ?? '') === '' || platformOf(platforms, name)) return null
  return `"${name?.slice(0, 50)}" is no platform. The platforms are ${platforms.map((one) => one.name).join(', ')}; leave it empty when you do not know.`
}
