import type * as z from 'zod/mini'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Problem, fieldProblems } from '../../shared/problem.ts'
import { beside, tell } from './problems.ts'

export type Form<Values> = {
  values: Values
  set: <Name extends keyof Values & string>(name: Name, value: Values[Name]) => void
  /** What is wrong with a field, until it is changed. */
  problem: (path: string) => string | undefined
  /** What is wrong beyond the fields that say so themselves. */
  trouble: string | undefined
  busy: boolean
  /** Does the work once; what it throws is shown, and the first field that is wrong takes the focus. */
  send: (work: (values: Values) => Promise<void>) => void
  start: (values: Values) => void
}

/** Where a form keeps what was typed in it until that is sent. */
export type Draft<Values> = { find: () => Values | null; keep: (values: Values | null) => void }

/** A form's values and problems. `fields`: the paths that have a place beside which their problem stands. */
export function useForm<Values extends Record<string, unknown>>(first: Values, fields: readonly string[], draft?: Draft<Values>): Form<Values> {
  const [values, setValues] = useState(() => draft?.find() ?? first)
  // What was typed is kept at once: a page that is closed draws nothing more.
  const typed = useRef(values)
  const [thrown, setThrown] = useState<unknown>(null)
  const [changed, setChanged] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const alive = useRef(true)
  useEffect(() => () => void (alive.current = false), [])
  useEffect(() => {
    if (thrown !== null) document.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [thrown])

  const problem = (path: string) => (changed.some((one) => path === one || path.startsWith(`${one}.`)) ? undefined : beside(thrown, path))
  return {
    values,
    set: (name, value) => {
      typed.current = { ...typed.current, [name]: value }
      setValues(typed.current)
      draft?.keep(typed.current)
      setChanged((before) => (before.includes(name) ? before : [...before, name]))
    },
    problem,
    trouble: thrown === null || fields.some((path) => beside(thrown, path)) ? undefined : tell(thrown),
    busy,
    send: (work) => {
      if (busy) return
      setBusy(true)
      setThrown(null)
      setChanged([])
      work(values)
        .then(() => draft?.keep(null))
        .catch((refused: unknown) => alive.current && setThrown(refused))
        .finally(() => alive.current && setBusy(false))
    },
    start: (next) => {
      typed.current = next
      setValues(next)
      setThrown(null)
      setChanged([])
    },
  }
}

/** Judges an input by the call's own schema before it is sent, so that what is wrong is said at once and in the same words. What is empty and wrong is missing. */
export function judged<Schema extends z.ZodMiniType<unknown, Record<string, unknown>>>(schema: Schema, input: z.input<Schema>): z.input<Schema> {
  const result = schema.safeParse(input, { reportInput: true })
  if (result.success) return input
  const fields = fieldProblems(result.error.issues).map((field) => (input[field.path] === '' ? { ...field, reason: 'required' as const } : field))
  throw new Problem('invalid_input', { fields })
}
