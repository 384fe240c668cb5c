import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { toast } from '../../kit/look/Toasts.tsx'
import { madeWith } from '../../kit/seal.ts'
import { router } from '../router.ts'
import { roomWords } from '../words/room.ts'

/** Files that were dropped somewhere on the room, until the place that opens them has taken them. */
export const dropped = signal<readonly File[]>([])

/** Files are held over the room, and over no part of it that takes files of its own. */
export const filesHeld = signal(false)

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

/** Phones' sealed files can be dropped anywhere on the room. What is dropped elsewhere by mistake does not replace the page. */
export function useDroppedFiles(): void {
  useEffect(() => {
    // What is held is over the last that it entered; leaving any other is only a way from one to the next.
    let entered: EventTarget | null = null
    // A picture of the page itself is told as a file, too.
    let isOurs = false
    const out = () => {
      entered = null
      filesHeld.value = false
    }
    const over = (event: DragEvent) => {
      if (!holdsFiles(event) || isOurs) return
      entered = event.target
      filesHeld.value = !(event.target instanceof Element && event.target.closest('[data-drops]'))
    }
    const heard: { [Name in keyof WindowEventMap]?: (event: WindowEventMap[Name]) => void } = {
      dragstart: () => { isOurs = true },
      dragend: () => {
        isOurs = false
        out()
      },
      dragenter: over,
      dragleave: (event) => {
        if (event.target === entered) out()
      },
      // Told again and again for as long as something is held: what ended the hold by mistake is mended.
      dragover: (event) => {
        if (holdsFiles(event)) event.preventDefault()
        over(event)
      },
      drop: (event) => {
        out()
        if (event.defaultPrevented || !holdsFiles(event)) return
        event.preventDefault()
        if (!isOurs) void take([...(event.dataTransfer?.files ?? [])])
      },
      keydown: ({ key }) => {
        if (key === 'Escape') out()
      },
      // While something is held no pointer moves: where a browser did not say that it was let go of, this does.
      pointermove: out,
    }
    const listening = Object.entries(heard) as [string, EventListener][]
    for (const [name, hear] of listening) addEventListener(name, hear)
    return () => {
      for (const [name, hear] of listening) removeEventListener(name, hear)
      out()
    }
  }, [])
}

/** What a file is stands in it: messengers give it other names. Whoever has dropped something else stays where they are. */
async function take(files: readonly File[]): Promise<void> {
  const isSealed = await Promise.all(files.map((file) => madeWith(file).then((made) => made !== null, () => false)))
  if (!isSealed.includes(true) && router.route.peek() !== 'file') return void toast(roomWords().notSealed(files.map(({ name }) => name)))
  dropped.value = [...dropped.peek(), ...files]
  router.go('file')
}
