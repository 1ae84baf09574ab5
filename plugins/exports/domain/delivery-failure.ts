/**
 * Why a delivery failed. `unreachable`: no connection. `interrupted`: it broke or stalled in the
 * middle. `full`: no space at the receiver. `sign-in`: wrong user, password or key. `identity`: the
 * server is not the one that we know. `folder`: it does not exist. `refused`: the receiver refuses
 * what we do. `settings`: something is missing in ours.
 */
export type DeliveryFailureKind =
  | 'unreachable'
  | 'interrupted'
  | 'full'
  | 'sign-in'
  | 'identity'
  | 'folder'
  | 'refused'
  | 'settings'

const TEMPORARY: readonly DeliveryFailureKind[] = ['unreachable', 'interrupted', 'full']

/** A delivery that failed; the message is one sentence for people, without a secret. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure'
  readonly kind: DeliveryFailureKind
  constructor(kind: DeliveryFailureKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.kind = kind
  }

  /** Whether the same delivery may succeed later without a change by a person. */
  get isTemporary(): boolean {
    return TEMPORARY.includes(this.kind)
  }
}
