import { ButtonLink } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { router } from '../router.ts'
import { roomWords } from '../words/room.ts'

/** A place of the app with nothing to see, and the way back. */
export function PlainNote({ title }: { title: string }) {
  return <EmptyState title={title} action={<ButtonLink href={router.address('')}>{roomWords().toRoom}</ButtonLink>} />
}
