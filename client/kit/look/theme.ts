import { signal } from '@preact/signals'
import { keep, kept } from '../keep.ts'

export type Theme = 'system' | 'light' | 'dark'
export const themes: readonly Theme[] = ['system', 'light', 'dark']

/** The chosen look; `system` follows the device. Importing this shows it. */
export const theme = signal<Theme>(themes.find((one) => one === kept('theme')) ?? 'system')
show(theme.value)

export function chooseTheme(next: Theme): void {
  theme.value = next
  keep('theme', next)
  show(next)
}

function show(one: Theme): void {
  if (one === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = one
}
