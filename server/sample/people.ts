import type { Role } from '../../shared/roles.ts'

/** Who takes part in the exercise: invented names of three invented organisations. */
export type SamplePerson = { name: string; role: Role; organisation: string; language: 'es' | 'en'; /** Invited, and has not opened the link yet. */ awaited?: true }

export const organisations = ['Delegación A', 'Red B', 'Delegación C'] as const

const [a, b, c] = organisations
const people = (role: Role, organisation: string, language: 'es' | 'en', names: string): SamplePerson[] =>
  names.split(' ').map((name) => ({ name: `${name} ${language === 'es' ? 'Ejemplo' : 'Example'}`, role, organisation, language }))

/** The lead sets the mission up and is not invited. */
export const lead: SamplePerson = { name: 'Zoila Ejemplo', role: 'lead', organisation: a, language: 'es' }

/** In the order of their invitations. The first observer is of another organisation than the first two coordinators, so that these two can check what the observer files. */
export const invited: readonly SamplePerson[] = [
  ...people('observer', a, 'es', 'Ana Bruno Carla Diego Elena Félix'),
  ...people('observer', b, 'es', 'Gabriela Hugo Irene Jorge Karla Luis'),
  ...people('observer', c, 'en', 'Martha Nathan Olive Peter Rachel Simon'),
  ...people('coordinator', b, 'es', 'Ulises'),
  ...people('coordinator', c, 'en', 'Victoria'),
  ...people('coordinator', a, 'es', 'Teresa'),
  ...people('coordinator', b, 'es', 'Walter'),
  ...people('press', a, 'es', 'Ximena'),
  { name: 'Yolanda Example', role: 'press', organisation: c, language: 'en', awaited: true },
]

export const everyoneInSample: readonly SamplePerson[] = [...invited, lead]
export const coordinators = invited.filter((person) => person.role === 'coordinator')

/** By first name, which is theirs alone. */
export function personNamed(firstName: string): SamplePerson {
  const person = everyoneInSample.find((one) => one.name.startsWith(`${firstName} `))
  if (!person) throw new Error(`nobody is called ${firstName}`)
  return person
}
