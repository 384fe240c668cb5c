import { auditCall, auditFileCall, chainHeadCall, exportAuditCall } from '../../../shared/audit.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { chainHead, listFacts, openExports } from './actions.ts'
import type { Anchoring } from './actions.ts'

export function auditRoutes(doors: Doors, anchoring: Anchoring): void {
  const exports = openExports()
  serve(doors, auditCall, listFacts)
  serve(doors, chainHeadCall, chainHead(anchoring))
  serve(doors, exportAuditCall, exports.start)
  serveFile(doors, auditFileCall, exports.find, (file) => Promise.resolve(file))
}
