import type { Vehicle } from '../../generated/payload-types.ts'

const MAX_NAME = 60

/**
 * The Content-Disposition of an export: `camry-history.pdf`. A name in another script is in the
 * extended form (RFC 5987), and `vehicle` in the plain one.
 */
export function buildAttachment({ title }: Pick<Vehicle, 'title'>, extension: string): string {
  const words = (title ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-')
  const name = Array.from(words)
    .slice(0, MAX_NAME)
    .join('')
    .replaceAll(/^-+|-+$/g, '')
  const plain = /^[a-z0-9-]+$/.test(name) ? name : 'vehicle'
  const extended = encodeURIComponent(name === '' ? plain : name)
  const suffix = `-history.${extension}`
  return `attachment; filename="${plain}${suffix}"; filename*=UTF-8''${extended}${suffix}`
}
