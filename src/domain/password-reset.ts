/**
 * How a member of staff gets a new password, as the sign-in page, the page about forgotten
 * passwords and the API answer it.
 */
export type PasswordReset = {
  /** The situation, in one sentence. */
  title: string
  /** What to do, in their order. A `command` is for whoever has a terminal where Forecourt runs. */
  steps: readonly { text: string; command?: string }[]
}

const COMMAND = 'npm run admin -- reset-password EMAIL'

/** `providers` are the names of the identity providers that staff may sign in with. */
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

/** The same as one text, for the API. */
export const formatPasswordReset = ({ title, steps }: PasswordReset): string =>
  [title, ...steps.map(({ text, command }) => (command ? `${text} ${command}` : text))].join(' ')
