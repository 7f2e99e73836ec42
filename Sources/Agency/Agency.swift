/// The reference receiver: what stands at the Agency's end of the monthly report, so that the whole way can be run,
/// tested and shown on one machine.
///
/// It decides whether a pushed report is taken: right type and size, the digest of the bytes, the fields of the
/// document, and whether it is new, the same again, or a contradiction. What it has taken it never changes, and the
/// receipt it gives is on the disk first. It refuses to know how the report was made or who pushes it; it shares no
/// code with `Delivery`, so that each side checks the other. `docs/agency-exchange.md` is what both keep to.
///
/// Start reading at ``AgencyReceiver``; `AgencyStore.swift` holds the rules of receipt, `ReportRules.swift` the table
/// of fields, `AgencyFault.swift` the faults that tests and demonstrations can order.
import Hummingbird

/// The context of a request to the receiver.
typealias AgencyContext = BasicRequestContext
