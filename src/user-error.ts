/**
 * A failure that a person can fix. The message is complete: what failed, the value, and the way
 * out. It ends with one full stop and is printed as it is, without a stack.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError'
}

/**
 * A setting that cannot be used. The message names it, its value unless that is a secret, and what
 * is allowed.
 */
export class WrongSetting extends UserError {
  override readonly name = 'WrongSetting'
}
