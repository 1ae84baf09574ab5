'use client'
import { useState } from 'react'
import type { DeliveryStatusAnswer } from './delivery-types.ts'

type Secrets = { password?: string; privateKey?: string }

type Props = {
  status: Pick<DeliveryStatusAnswer, 'hasPassword' | 'hasPrivateKey'>
  /** Whether the server also takes a private key. */
  takesKey: boolean
  onSave: (secrets: Secrets) => void
}

/** Stores what a feed signs in with. What is stored is never shown. */
export function Credentials({ status, takesKey, onSave }: Props) {
  const [password, setPassword] = useState('')
  const [privateKey, setPrivateKey] = useState('')
  const save = () => {
    onSave({ ...(password && { password }), ...(privateKey && { privateKey }) })
    setPassword('')
    setPrivateKey('')
  }
  return (
    <div className="feed-delivery__credentials">
      <label>
        {describe('Password', status.hasPassword)}
        <input
          autoComplete="new-password"
          onChange={(event) => setPassword(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault() // it would save the form around it
            if (password !== '') save()
          }}
          type="password"
          value={password}
        />
      </label>
      {takesKey && (
        <label>
          {describe('Private key', status.hasPrivateKey)}
          <textarea
            onChange={(event) => setPrivateKey(event.target.value)}
            rows={3}
            spellCheck={false}
            value={privateKey}
          />
        </label>
      )}
      <button
        className="jobs__button"
        disabled={password === '' && privateKey === ''}
        onClick={save}
        type="button"
      >
        {takesKey ? 'Store the credentials' : 'Store the password'}
      </button>
    </div>
  )
}

const describe = (name: string, isStored: boolean): string =>
  isStored ? `${name} (stored; enter another one to replace it)` : `${name} (none stored)`
