/**
 * How a staff member gets a new password, as shown on the sign-in page and the forgotten-password
 * page and returned by the API.
 */
export type PasswordReset = {
  /** The situation, in one sentence. */
  title: string
  /** The steps in order. A `command` is for a person with a terminal on the server. */
  steps: readonly { text: string; command?: string }[]
}

const COMMAND = 'npm run admin -- reset-password EMAIL'

/** `providers` contains the names of the identity providers that staff may sign in with. */
export function describePasswordReset(
  passwords: boolean,
  providers: readonly string[],
): PasswordReset {
  if (passwords)
    return {
      title: 'Passwords cannot be reset by e-mail.',
      steps: [
        { text: 'Ask an admin to set a new password for your account under People, Users.' },
        { text: 'If no admin can sign in, run this on the Forecourt server:', command: COMMAND },
      ],
    }
  const others =
    providers.length > 0
      ? `Sign in with ${providers.join(' or ')}.`
      : 'No other sign-in method is configured either.'
  return { title: 'Password sign-in is disabled.', steps: [{ text: others }] }
}

/** Formats it as one text, for the API. */
export const formatPasswordReset = ({ title, steps }: PasswordReset): string =>
  [title, ...steps.map(({ text, command }) => (command ? `${text} ${command}` : text))].join(' ')
