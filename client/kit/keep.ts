/** A choice that this browser remembers; null where there is none or storage is refused. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`veedor.${name}`)
  } catch {
    return null
  }
}

/** Where storage is refused, a choice holds until the page is left. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`veedor.${name}`, value)
  } catch {
    return
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`veedor.${name}`)
  } catch {
    return
  }
}
