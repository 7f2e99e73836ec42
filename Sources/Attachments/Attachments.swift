/// Files that people attach to events: kept once by their content, checked before they are kept.
///
/// Decides: how large a file may be, which types are taken (told by the content, never by the name), what a name may
/// look like, that a file that was answered for is on the disk, how much of the disk is left to others, and how long a
/// file is kept that no event names.
/// Refuses to know: which event a file belongs to, who may see it, how it travels (no server, no request).
///
/// - `AttachmentStore.swift` — start here. `IncomingFile.swift` — a file while it arrives; `ArrivedFile.swift` — whole.
/// - `AttachmentStore+Keep.swift` — in its place, with the mark of who brought it; `+Sweep.swift` — removed again.
/// - `AttachmentStore+Check.swift` — every file against its digest, a few at a time.
/// - `FreeSpace.swift` — the floor of the disk.
/// - `AttachmentType.swift`, `TextCheck.swift` — what the content says. `AttachmentName.swift` — names made harmless.
/// - `AttachmentReader.swift` — a kept file in pieces, checked against its digest.
/// - `SpooledFile.swift` — a body that is read once and not kept.
/// - `FileCalls.swift` — the few calls of the system, and the threads they block.
