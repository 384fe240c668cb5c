/** What was answered, as it leaves; `hasMoment`: but for the moment at which it is told. */
export type Answer = { body: Buffer; hasMoment: boolean }

export type Answers = {
  /** The answer to a question at the journal's newest number: as it was made for whoever asked first, or made now. */
  of: (question: string, head: number, make: () => Promise<Answer>) => Promise<Answer>
}

const usualBytes = 32_000_000

/**
 * Answers that are the same for everybody at one number of the journal. Many desks that come at the same moment, or that look at the same, are answered with what was found once; the next fact ends it. Who asks while one
 * is being made waits for it: it was begun at the same number, so it tells nothing that was so before.
 */
export function openAnswers(mostBytes = usualBytes): Answers {
  let number = -1
  let bytes = 0
  const kept = new Map<string, { answer: Promise<Answer>; bytes: number }>()

  function drop(question: string): void {
    bytes -= kept.get(question)?.bytes ?? 0
    kept.delete(question)
  }

  function makeRoom(): void {
    for (const question of kept.keys()) {
      if (bytes <= mostBytes) return
      drop(question)
    }
  }

  return {
    of: (question, head, make) => {
      if (head !== number) {
        kept.clear()
        number = head
        bytes = 0
      }
      const before = kept.get(question)
      if (before) return before.answer
      const one = { answer: make(), bytes: 0 }
      kept.set(question, one)
      one.answer.then(({ body }) => {
        if (kept.get(question) !== one) return
        one.bytes = body.length
        bytes += body.length
        makeRoom()
      }, () => { if (kept.get(question) === one) kept.delete(question) })
      return one.answer
    },
  }
}
