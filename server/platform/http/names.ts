/**
 * A file's name on its way out (RFC 6266): for old programs in ASCII, for all others as it is. A name is data: nothing of it is a folder, a header, or hidden.
 */
export function attachmentNamed(name: string): string {
  const plain = [...name].filter((sign) => !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff/\\]/u.test(sign)).slice(0, 120).join('').replace(/^[.\s]+/, '') || 'file'
  const ascii = plain.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^\w. ()-]/g, '_')
  const encoded = encodeURIComponent(plain).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
