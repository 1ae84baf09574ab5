/**
 * An error that a person can fix. The message is complete: it states what failed, the value, and
 * the way out. It ends with a period and is printed unchanged, without a stack.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError'
}

/**
 * An invalid setting. The message contains its name, its value unless that is secret, and what is
 * allowed.
 */
export class WrongSetting extends UserError {
  override readonly name = 'WrongSetting'
}
