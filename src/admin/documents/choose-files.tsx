'use client'
import { useRef } from 'react'
import '../ui/jobs.css'
import './attached-files.css'

type Props = {
  /** The extensions that the browser offers. */
  accept: string
  disabled: boolean
  help: string
  label: string
  multiple?: boolean
  onFiles: (files: File[]) => void
}

/** A button that lets the user choose files. */
export function ChooseFiles({ accept, disabled, help, label, multiple = false, onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="attached-files__add">
      <button
        className="jobs__button"
        disabled={disabled}
        onClick={() => input.current?.click()}
        type="button"
      >
        {label}
      </button>
      <span className="attached-files__note">{help}</span>
      <input
        accept={accept}
        hidden
        multiple={multiple}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
        ref={input}
        type="file"
      />
    </div>
  )
}
