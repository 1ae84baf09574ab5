import './errors.css'

/** Validation errors: one message as a sentence, several as a list. */
export function ErrorList({ messages }: { messages: readonly string[] }) {
  if (messages.length < 2) return <div className="refusals">{messages[0]}</div>
  return (
    <div className="refusals">
      {messages.length} problems to fix:
      <ul>
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  )
}
