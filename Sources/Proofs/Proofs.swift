/// One file that shows what was reported: an ASiC-E container (ETSI EN 319 162-1) with three proofs in it, which anybody can
/// check without a network, a database or this program.
///
/// It decides what such a file holds and in which bytes, and whether one that came is exactly such a file: who signed the
/// report, when, what the receiver confirmed under his own signature, and that the journal held the sending when he was told
/// its head. It refuses to know where any of it comes from; it reads no clock, no disk and no journal.
///
/// - `StoredArchive.swift` — the ZIP file around it: one spelling, anything else is refused.
/// - `ProofParts.swift` — what stands in it; `ProofManifest.swift` — the list that is signed.
/// - `ProofContainer.swift` — making one; `ProofCheck.swift` — checking one; `ProofRefusal.swift` — what is wrong with it.
