import CanonicalJSON

/// What a provider says of itself at `/.well-known/openid-configuration`.
struct ProviderMetadata: Hashable, Sendable {
    /// Where people sign in.
    let authorization: String
    /// Where a code becomes a token.
    let token: String
    /// Where its keys are.
    let keys: String
    /// Whether it takes our secret in the head of the request.
    let takesBasic: Bool

    /// Reads it.
    /// - Throws: `OpenIDFault` `metadata` where it is another's, names an address that must not be spoken to, or does not know
    ///   the way that we go.
    init(_ json: JSON, issuer: String) throws(OpenIDFault) {
        guard json["issuer"]?.string == issuer else { throw OpenIDFault(.metadata, "it says that it is another") }
        func address(_ name: String) throws(OpenIDFault) -> String {
            guard let text = json[name]?.string, ProviderSettings.isAddress(text) else {
                throw OpenIDFault(.metadata, "\(name) is no address over https")
            }
            return text
        }
        authorization = try address("authorization_endpoint")
        token = try address("token_endpoint")
        keys = try address("jwks_uri")
        func list(_ name: String) -> [String]? { json[name]?.array?.compactMap(\.string) }
        if let methods = list("code_challenge_methods_supported"), !methods.contains("S256") {
            throw OpenIDFault(.metadata, "it does not know PKCE with S256")
        }
        if let types = list("response_types_supported"), !types.contains("code") {
            throw OpenIDFault(.metadata, "it does not give codes")
        }
        takesBasic = list("token_endpoint_auth_methods_supported")?.contains("client_secret_basic") ?? true
    }
}
