import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { sealedEnding } from '../../../shared/sealed.ts'
import { router } from '../router.ts'

/** A sealed file that was dropped somewhere on the room, until the place that opens it has taken it. */
export const dropped = signal<File | null>(null)

const sealedIn = (event: DragEvent): File | undefined => [...(event.dataTransfer?.files ?? [])].find(({ name }) => name.endsWith(sealedEnding))

/** A phone's sealed file can be dropped anywhere on the room. What is dropped elsewhere by mistake does not replace the page. */
export function useDroppedFiles(): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      const file = sealedIn(event)
      if (!file) return
      dropped.value = file
      router.go('file')
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [])
}
