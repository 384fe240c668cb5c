import { rows, lineOf } from '../store.ts'

/** Map and list: one view of the same reports. */
export function Room() {
  return <ul>{rows.value.map((id) => <li key={id}>{lineOf(id)?.value.number}</li>)}</ul>
}
