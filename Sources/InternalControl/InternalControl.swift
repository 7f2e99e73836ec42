/// What bodies report of their internal control, and where it disagrees with the centre's own numbers (797 §20).
///
/// Decides: whether a filing is taken or goes back, who owes which form by when, which numbers can be held against ours, and
/// what a discrepancy needs until it is explained to the Agency. Refuses to know: how a file is read (`Filings`), how our
/// numbers are counted (`Reporting`), how the explanation travels (`Delivery`).
///
/// Start with `InternalControlDesk`; `FilingNoticeDesk` asks bodies and reminds them. `ReconciliationRules.swift` is what `schedules/reconciliation/` may say; `Filing.swift`
/// and `Discrepancy.swift` are the two cases with their decisions; `Comparison.swift` is the arithmetic between them.
package enum InternalControl {}
