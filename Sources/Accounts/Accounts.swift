/// Who may do what, and how a person proves who he is.
///
/// Decides: roles and their permissions, passwords (scrypt), one-time codes (TOTP), sessions and their end, and when
/// too many wrong passwords close an account for a while. Refuses to know: HTTP, cookies, pages, and what the
/// permissions are about.
///
/// What happened to an account (created, roles changed, signed in, refused…) is an event of stream `user/<number>` in
/// the journal and stands in the projection `account`. Names, password hashes, second-factor secrets and sessions are
/// **not** in the journal but in a file of their own (`AccountVault`): the journal is kept, exported and shown for
/// ever, a name must be erasable, and a hash that leaks can be attacked for ever.
///
/// Start with `Role` and `Permission`, then `Accounts` (the service that the edges call) and `Authority` (what features
/// ask for a permission).
