import { importRegisterCall, previewRegisterCall } from '../../shared/stations.ts'
import type { Caller } from './house.ts'

/** Previews and imports a register through the front door, as a lead does; every line must be right. */
export async function readRegister(lead: Caller, csv: string): Promise<void> {
  const { reply: preview } = await lead.call(previewRegisterCall, {}, { file: { bytes: Buffer.from(csv, 'utf8'), name: 'register.csv' } })
  const { status, reply } = await lead.call(importRegisterCall, { upload: preview.upload, right: preview.right, wrong: preview.wrong })
  if (status !== 200 || preview.wrong > 0) throw new Error(`Not imported: ${JSON.stringify({ preview, reply })}`)
}
