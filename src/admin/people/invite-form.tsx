'use client'
import { toast, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { formatAdminURL } from 'payload/shared'
import { type FormEvent, useState } from 'react'
import { sendCommand } from '../ui/api.ts'
import './invite.css'

/**
 * A form with e-mail, name, and role. The invited person gets an e-mail and signs in with their
 * identity provider.
 */
export function InviteForm({ by }: { by: string }) {
  const { config } = useConfig()
  const router = useRouter()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const invite = async (form: HTMLFormElement) => {
    const values = Object.fromEntries(new FormData(form)) as Record<string, string>
    setSending(true)
    const answer = await sendCommand(
      formatAdminURL({ apiRoute: config.routes.api, path: '/users' }),
      {
        ...values,
        isActive: true,
      },
    )
    setSending(false)
    setProblem('problem' in answer ? answer.problem : null)
    if ('problem' in answer) return
    form.reset()
    toast.success(`${values['email']} has been invited.`)
    router.refresh()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void invite(event.currentTarget)
  }
  return (
    <>
      <form onSubmit={submit}>
        <Fields />
        <button disabled={isSending} type="submit">
          {isSending ? 'Inviting…' : 'Send invitation'}
        </button>
      </form>
      {problem && <p role="alert">{problem}</p>}
      <p>
        The person you invite gets an e-mail and signs in with {by} using this address. No password
        is needed.
      </p>
    </>
  )
}

function Fields() {
  return (
    <>
      <label>
        E-mail address{' '}
        <input autoComplete="off" maxLength={255} name="email" required type="email" />
      </label>
      <label>
        Name <input autoComplete="off" maxLength={255} name="name" required />
      </label>
      <label>
        Role{' '}
        <select defaultValue="viewer" name="role">
          <option value="viewer">Viewer</option>
          <option value="manager">Manager</option>
          <option value="admin">Admin</option>
        </select>
      </label>
    </>
  )
}
