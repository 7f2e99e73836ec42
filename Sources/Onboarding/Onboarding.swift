/// The way of a service into consultation: 797 §3-12, 19 and 21.
///
/// Decides: which step of a request may follow which, what a step must bring with it, when a refusal is the second of a
/// month, and when a service may be consulted on. The days of each term are the rulebook's.
/// Refuses to know: what stands in a card, how a letter looks, who is signed in.
///
/// - `InformationRequest.swift` — one request to one body under one line of the plan-schedule: state and decisions.
/// - `InformationRequestEvent.swift` — what can happen to it, in the names of docs/rulebooks.md; what each step brings
///   stands in `PlanLineEvents.swift`, `RequestEvents.swift`, `AcceptanceEvents.swift`.
/// - `Duty.swift` — the short cases beside it: changes (§6), responsible persons (§7), additional requests (§10), the notice
///   to the Agency (§12), training of the Agency (§19); `DutyEvent.swift` — what can happen to them and be asked of them,
///   `DutyDecision.swift` — the decision; `RefusalHistory.swift` — which refusals the Agency has still to learn of.
/// - `OnboardingDesk.swift` — the door for pages, API and command line; `PlanSchedule.swift`, `PlanImport.swift`,
///   `PlanBoard.swift` — the plan-schedule: draft, approval, lines, forecast.
/// - `OnboardingDesk+Correction.swift` — a wrong moment put right; `OnboardingDesk+Amendments.swift` — short cases
///   corrected and annulled; `OnboardingDesk+Refusals.swift` — notices follow the refusals (§12);
///   `OnboardingDesk+Sending.swift` — a line to many bodies.
/// - `OnboardingStatus.swift` — whether a service may be consulted on; `BodyRecord.swift` — how a body keeps its terms (§21).
/// - `OnboardingProjection.swift`, `OnboardingRecord.swift` — tables and lists.
