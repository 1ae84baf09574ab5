/** Under the sign-in form: the way back in. There is no reset by mail yet. */
export function SignInHelp() {
  return (
    <p style={{ color: 'var(--theme-elevation-500)', fontSize: '0.85rem', marginTop: '1.5rem' }}>
      Lost your password? Ask an admin, or run <code>npm run admin -- reset-password EMAIL</code> where Forecourt runs.
    </p>
  )
}
