import { expect } from 'vitest'

/** What every answer carries, whatever it is: exactly so. */
const ours: Record<string, string | null> = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
  'access-control-allow-origin': null,
  'x-powered-by': null,
}

export function expectOurHeaders(headers: Headers): void {
  expect(Object.fromEntries(Object.keys(ours).map((name) => [name, headers.get(name)]))).toEqual(ours)
}
