/// What happens during a call: the contact record, what was told, and what we could not answer.
///
/// Decides: what a contact record holds, when it is open or closed, what of it may be kept (never the caller's number).
/// Refuses to know: pages, telephony, how a card is found.
