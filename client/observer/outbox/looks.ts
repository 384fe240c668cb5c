/**
 * Of several looks at the disk that overlap, which may still be shown when it comes back: none after a later one was shown, since it knows less. And none of what is being edited where
 * an edit was under way at any time since it began: it may have looked before that edit was on the disk.
 */
export function openLooks(): { begin: () => () => { isNewest: boolean; isUnedited: boolean }; edit: () => () => void } {
  let begun = 0
  let shown = 0
  let underWay = 0
  let edits = 0
  return {
    begin: () => {
      const mine = (begun += 1)
      const before = edits
      return () => {
        const isNewest = mine > shown
        if (isNewest) shown = mine
        return { isNewest, isUnedited: isNewest && underWay === 0 && edits === before }
      }
    },
    edit: () => {
      underWay += 1
      edits += 1
      return () => {
        underWay -= 1
        edits += 1
      }
    },
  }
}
