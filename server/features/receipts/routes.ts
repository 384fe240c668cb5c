import { checkReceiptCall } from '../../../shared/receipts.ts'
import { serveAnyone } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { checkReceipt } from './actions.ts'

export function receiptRoutes(doors: Doors): void {
  serveAnyone(doors, checkReceiptCall, checkReceipt)
}
