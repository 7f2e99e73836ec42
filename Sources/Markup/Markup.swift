/// A small typed writer of HTML.
///
/// It decides how text becomes bytes of a page: what is escaped, which addresses a link may have, which element is void.
/// Pages are Swift functions that write into an `HTML`; there is no template language, so a misspelt field does not compile.
/// It escapes by Unicode scalar and never by grapheme cluster: a quote followed by a combining accent is still a quote,
/// to the browser and here. It knows nothing of requests, languages of the interface or our field.
///
/// Start with `HTML` (the writer) and `Attribute`; `Escaping.swift` is the part that security depends on,
/// `TrustedHTML` the only way around it.
