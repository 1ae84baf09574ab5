export interface Command {
  readonly description: string
  readonly entry?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly admin?: boolean
  readonly watch?: boolean
}

export declare const commands: Readonly<Record<string, Command>>
